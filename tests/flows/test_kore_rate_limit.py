"""All processes share Kore.ai's 60 calls a minute; people go first and are told of any wait."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from blocks.ids import Button
from bot.records import Records, open_database
from bot.work.rate_limiter import RateLimiter, on_wait
from sandbox.kore import Operation
from sandbox.slack import OutcomeKind, Person
from tests.filling import fill_in
from tests.process import installation
from tests.reviewing import confirm_review
from tests.test_process import ANSWERS, submit_sms
from tests.warm import bot_of_quick_reviews

WAITING = "takes no more requests this minute"
# Less than a minute, so that no further call is allowed meanwhile.
PATIENCE = 20.0


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[Records]:
    kept = Records(open_database(f"sqlite:///{tmp_path / 'bot.sqlite'}"))
    yield kept
    await kept.close()


async def test_two_processes_share_one_limit(tmp_path: Path, records: Records) -> None:
    other = Records(open_database(f"sqlite:///{tmp_path / 'bot.sqlite'}"))
    began = monotonic()
    waits = await asyncio.gather(*(each.take_call("acc-1", 10) for each in [records, other] * 10))
    took = monotonic() - began
    await other.close()
    assert sum(wait == 0 for wait in waits) == 10
    # The others wait a minute from the first call, give or take the time this machine took.
    assert all(abs(wait - 60) <= took for wait in waits if wait)


async def test_background_calls_leave_room_for_people(records: Records) -> None:
    for _ in range(30):
        assert await records.take_call("acc-1", 30) == 0
    assert await records.take_call("acc-1", 30) > 0
    assert await records.take_call("acc-1", 50) == 0


async def test_a_person_who_waits_gets_one_message_with_the_time(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[datetime] = []
    slept: list[float] = []

    async def tell(until: datetime) -> None:
        told.append(until)

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise TimeoutError

    monkeypatch.setattr("bot.work.rate_limiter.sleep", sleep)
    on_wait.set(tell)
    budget = RateLimiter(records, "acc-1", 5)
    for _ in range(5):
        await budget.turn(True)
    with pytest.raises(TimeoutError):
        await budget.turn(True)
    assert len(told) == 1
    assert timedelta(seconds=55) < told[0] - datetime.now(UTC) <= timedelta(seconds=60)


async def test_background_calls_wait_without_a_message(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[datetime] = []

    async def tell(until: datetime) -> None:
        told.append(until)

    async def sleep(_seconds: float) -> None:
        raise TimeoutError

    monkeypatch.setattr("bot.work.rate_limiter.sleep", sleep)
    on_wait.set(tell)
    budget = RateLimiter(records, "acc-1", 1)
    await budget.turn(True)
    with pytest.raises(TimeoutError):
        await budget.turn(False)
    assert told == []
    with pytest.raises(TimeoutError):
        await budget.turn(True)
    assert len(told) == 1


async def submit_by_shortcut(person: Person, name: str) -> None:
    """Submit as `submit_sms` does, but by a shortcut, which gives no command to answer."""
    await person.shortcut(Button.OPEN_SMS)
    form = await person.wait_modal("New SMS campaign")
    await fill_in(form, ANSWERS | {"Campaign name": name, "Post in channel": "#campaigns"})
    assert (await form.submit()).kind is OutcomeKind.PUSHED
    await confirm_review(person)


async def test_the_whole_bot_stays_under_its_share(tmp_path: Path) -> None:
    async with (
        installation(tmp_path, bot=bot_of_quick_reviews) as installed,
        installed.running(KORE_CALLS_PER_MINUTE="8"),
    ):
        ana, ravi = map(installed.slack.person, ("Ana Lopez", "Ravi Iyer"))
        for number in range(2):
            await submit_sms(ana, f"Many {number}")
        notice = await ana.wait_message(containing=WAITING, within=PATIENCE)
        assert notice.is_ephemeral
        assert "Nothing is lost" in notice.words
        await submit_by_shortcut(ana, "Many 2")
        told = await ana.wait_message("@campaign-bot", containing=WAITING, within=PATIENCE)
        assert not told.is_ephemeral
        await ravi.command("/campaign status Many 0")
        await ravi.wait_message(containing=WAITING, within=PATIENCE)
    asked = [each.operation for each in installed.kore.requests]
    # A review may give up before it makes a call that was allowed.
    assert 4 < len(asked) <= 8
    assert asked.count(Operation.CREATE) < 3
