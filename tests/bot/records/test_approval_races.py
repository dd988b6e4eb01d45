"""If two processes change an approval at once, one is first and the other learns of its change."""

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.campaigns.approval import Approval, ApprovalState, Decision, Outcome
from bot.records import Entry, Records, open_database
from tests.bot.records.approving import (
    HOUR,
    LATER,
    NO_HOLD,
    NOON,
    OVER,
    approve,
    asked,
    decline,
    entries,
    state_of,
)


@pytest.fixture
async def two(url: str) -> AsyncIterator[tuple[Records, Records]]:
    """The records of two processes, on one new database."""
    both = Records(open_database(url)), Records(open_database(url))
    yield both
    for each in both:
        await each.close()


def winner(decisions: list[Decision]) -> Approval:
    """Return the approval after the first decision, which all the others must have received too."""
    first = [each.approval for each in decisions if each.outcome is Outcome.DONE]
    assert len(first) == 1
    assert [each.approval for each in decisions] == first * len(decisions)
    assert first[0]
    return first[0]


async def test_only_one_of_many_simultaneous_approvals_counts(two: tuple[Records, Records]) -> None:
    await two[0].approvals.ask(asked())
    presses = [approve(two[number % 2], by=f"U{number}") for number in range(24)]
    approved = winner(await asyncio.gather(*presses))
    assert approved.state is ApprovalState.APPROVED
    assert await two[1].approvals.get("V1") == approved
    assert [each.actor for each in await entries(two[0])] == ["U_ASKER", approved.decided_by]


async def test_only_one_click_of_a_double_click_counts(two: tuple[Records, Records]) -> None:
    await two[0].approvals.ask(asked())
    assert winner(await asyncio.gather(*map(approve, two))).decided_by == "U_BOSS"


@pytest.mark.parametrize("turn", range(4))
async def test_of_simultaneous_answers_exactly_one_counts(
    two: tuple[Records, Records], turn: int
) -> None:
    await two[0].approvals.ask(asked())
    presses: list[Callable[[Records], Awaitable[Decision]]] = [
        lambda records: approve(records, by="U_YES"),
        lambda records: decline(records, by="U_NO"),
        lambda records: records.approvals.withdraw("V1", by="U_ASKER", now=LATER),
        lambda records: approve(records, by="U_HOLD", hold=HOUR),
    ]
    in_turn = presses[turn:] + presses[:turn]
    pairs = zip(in_turn * 3, itertools.cycle(two), strict=False)
    first = winner(list(await asyncio.gather(*(press(records) for press, records in pairs))))
    states = {"U_YES": "approved", "U_NO": "declined", "U_ASKER": "withdrawn", "U_HOLD": "held"}
    assert first.state == states[first.by or ""]
    assert len(await entries(two[0])) == 2


async def test_a_hold_is_either_canceled_or_released_never_both(
    two: tuple[Records, Records],
) -> None:
    canceled, released = set(), Counter[str]()
    keys = [f"V{number}" for number in range(12)]
    for key in keys:
        await two[0].approvals.ask(asked(key))
        await two[0].approvals.approve(key, "d1", by="U_BOSS", now=NOON, hold=HOUR)

    async def cancel(key: str, records: Records) -> None:
        decision = await records.approvals.cancel(key, by="U_TEAM", now=LATER)
        if decision.outcome is Outcome.DONE:
            canceled.add(key)

    async def release(records: Records) -> None:
        released.update(await records.approvals.release(LATER))

    # The sweeps are in the middle of the presses.
    presses = [cancel(key, two[number % 2]) for number, key in enumerate(keys)]
    await asyncio.gather(*presses[:4], release(two[0]), release(two[1]), *presses[4:])
    assert canceled | set(released) == set(keys)
    assert canceled.isdisjoint(released)
    assert set(released.values()) <= {1}
    for key in keys:
        assert await state_of(two[0], key) == ("canceled" if key in canceled else "released")


async def test_each_due_approval_is_returned_by_one_sweep_only(
    two: tuple[Records, Records],
) -> None:
    keys = {f"V{number}" for number in range(10)}
    for key in keys:
        await two[0].approvals.ask(asked(key))
    reminded = await asyncio.gather(*(each.approvals.remind(NOON + 5 * HOUR) for each in two * 3))
    assert Counter(itertools.chain(*reminded)) == Counter(keys)
    expired = await asyncio.gather(*(each.approvals.expire(OVER) for each in two * 3))
    assert Counter(itertools.chain(*expired)) == Counter(keys)


async def test_simultaneous_requests_make_one_approval(two: tuple[Records, Records]) -> None:
    decisions = await asyncio.gather(*(each.approvals.ask(asked()) for each in two * 4))
    assert winner(list(decisions)) == asked()
    assert len(await entries(two[0])) == 1


@pytest.mark.parametrize("edit_first", [True, False])
async def test_an_approval_never_covers_an_edit_that_was_made_at_the_same_time(
    two: tuple[Records, Records],
    edit_first: bool,  # noqa: FBT001 # a table's column
) -> None:
    await two[0].approvals.ask(asked())
    edit = two[0].approvals.ask(asked(digest="d2", at=LATER))
    if edit_first:
        edited, approved = await asyncio.gather(edit, approve(two[1]))
    else:
        approved, edited = await asyncio.gather(approve(two[1]), edit)
    found = await two[0].approvals.get("V1")
    assert found
    assert (found.digest, found.state, edited.outcome, approved.outcome) in {
        ("d2", ApprovalState.WAITING, Outcome.DONE, Outcome.EDITED),
        ("d1", ApprovalState.APPROVED, Outcome.OVERTAKEN, Outcome.DONE),
    }


async def test_a_simultaneous_change_does_not_lose_the_card(
    two: tuple[Records, Records],
) -> None:
    keys = [f"V{number}" for number in range(12)]
    for key in keys:
        await two[0].approvals.ask(asked(key))
    answers = [
        two[0].approvals.approve(key, "d1", by="U_BOSS", now=LATER, hold=NO_HOLD) for key in keys
    ]
    posting = [await claimed(two[1], key) for key in keys]
    cards = [
        two[1].outbox.delivered(each, ("C1", f"1.{key}"))
        for each, key in zip(posting, keys, strict=True)
    ]
    await asyncio.gather(*itertools.chain(*zip(answers, cards, strict=True)))
    for key in keys:
        found = await two[0].approvals.get(key)
        assert found
        assert (found.state, found.card_channel, found.card_ts) == ("approved", "C1", f"1.{key}")


async def claimed(records: Records, key: str) -> Entry:
    """Claim the request for approval, as before it is posted."""
    entry = await records.outbox.claim(f"{key} approval")
    assert entry
    return entry
