"""The outbox: one message per key, one process at a time, and nothing crossed off by mistake."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.notifications import Card, CardUpdate, FailureNotice, RetiredCard
from bot.campaigns.reasons import Failure, Reason
from bot.records import NOT_YET, Entry, Overtaken, Post, Records, State, Told, tables
from tests.asked import command_for, submission

CARD = Card(campaign="cd-1")
NOTICE = FailureNotice(failure=Failure(reason=Reason.REFUSED))
CREATED = Post(campaign_id="cd-1", channel="C1", ts="1.1", news="Created")
STARTED = Post(campaign_id="cd-1", channel="C1", ts="2.2", news="Started")
SECOND = timedelta(seconds=1)


async def claimed(records: Records, key: str = "V1 card") -> Entry:
    entry = await records.outbox.claim(key)
    assert entry
    return entry


def let_claims_run_out(records: Records) -> None:
    """Move the end of every claim into the past, as if its process had died long ago."""
    past = update(tables.outbox).where(tables.outbox.c.claimed_until.is_not(None))
    with records.engine.begin() as db:
        db.execute(past.values(claimed_until=tables.outbox.c.asked_at))


async def test_a_message_is_added_once_and_claimed_by_one_process(records: Records) -> None:
    for _ in range(2):
        await records.outbox.add("V1", CARD)
    assert await records.outbox.due(10) == ["V1 card"]
    assert (await claimed(records)).content == CARD
    assert await records.outbox.claim("V1 card") is None
    assert await records.outbox.due(10) == []


async def test_a_delivered_message_is_not_due_again(records: Records) -> None:
    await records.outbox.add("V1", CARD, NOTICE)
    await records.outbox.delivered(await claimed(records), ("C1", "1.1"))
    assert await records.outbox.due(10) == ["V1 notice"]
    assert await records.outbox.pending() == 1


async def test_a_claim_that_ran_out_may_have_posted_the_message(records: Records) -> None:
    await records.outbox.add("V1", CARD)
    first = await claimed(records)
    let_claims_run_out(records)
    second = await claimed(records)
    assert (first.unsure, second.unsure) == (False, True)
    assert second.claims == first.claims + 1


async def test_only_the_latest_claim_can_cross_a_message_off(records: Records) -> None:
    await records.outbox.add("V1", CARD)
    first = await claimed(records)
    let_claims_run_out(records)
    second = await claimed(records)
    await records.outbox.delivered(first, ("C1", "1.1"))
    await records.outbox.postpone(first, SECOND, "late", unsure=False)
    assert await records.outbox.pending() == 1
    await records.outbox.delivered(second, ("C1", "1.2"))
    assert await records.outbox.pending() == 0


async def test_a_postponed_message_waits_unless_slack_is_back(records: Records) -> None:
    await records.outbox.add("V1", CARD)
    await records.outbox.postpone(await claimed(records), 60 * SECOND, "away", unsure=True)
    assert await records.outbox.due(10) == []
    await records.outbox.hasten()
    again = await claimed(records)
    assert (again.failures, again.unsure) == (1, True)


async def test_what_waits_for_a_message_is_due_once_that_is_delivered(records: Records) -> None:
    await records.outbox.add("V1", CARD, NOTICE)
    await records.outbox.add("V2", CARD)
    for key in ("V1 notice", "V2 card"):
        waiting = await claimed(records, key)
        await records.outbox.postpone(waiting, 60 * SECOND, NOT_YET, unsure=False)
    await records.outbox.delivered(await claimed(records, "V1 card"), ("C1", "1.1"))
    assert await records.outbox.due(10) == ["V1 notice"]


async def test_a_message_that_may_be_on_its_way_is_left_alone(records: Records) -> None:
    await records.outbox.add("V1", CARD)
    entry = await claimed(records)
    await records.outbox.postpone(entry, 60 * SECOND, "NoAnswer", unsure=True, on_its_way=True)
    await records.outbox.hasten()
    assert await records.outbox.due(10) == []
    assert await records.outbox.claim("V1 card") is None


async def test_a_card_changed_while_it_is_posted_is_due_again_as_an_update(
    records: Records,
) -> None:
    await records.outbox.add("V1", CARD)
    posting = await claimed(records)
    await records.cards.update("cd-1")
    await records.outbox.delivered(posting, ("C1", "1.1"), CREATED)
    again = await claimed(records)
    assert (again.channel, again.ts, again.unsure) == ("C1", "1.1", False)


async def test_updates_of_one_card_become_one_message(records: Records) -> None:
    await records.campaigns.remember(Snapshot(id="cd-1", name="Spring sale", status="Ready"))
    await records.cards.keep(Post(campaign_id="cd-1", channel="C1", ts="1.1"))
    for _ in range(5):
        await records.cards.update("cd-1")
    assert await records.outbox.due(10) == ["C1 cd-1"]
    first = await claimed(records, "C1 cd-1")
    assert first.content == CardUpdate(campaign="cd-1", channel="C1")
    await records.outbox.delivered(first)
    assert await records.outbox.pending() == 0


async def test_the_earlier_card_in_a_channel_is_retired(records: Records) -> None:
    await records.outbox.add("V1", CARD)
    await records.outbox.delivered(await claimed(records), ("C1", "1.1"), CREATED)
    await records.outbox.add("V2", CARD)
    await records.outbox.delivered(await claimed(records, "V2 card"), ("C1", "2.2"), STARTED)
    retired = await claimed(records, "C1 1.1")
    assert retired.content == RetiredCard(campaign="cd-1", channel="C1", ts="1.1", news="Created")
    assert await records.cards.of("cd-1") == [STARTED]


async def test_after_a_reply_below_it_the_card_is_drawn_again_with_its_news(
    records: Records,
) -> None:
    await records.cards.keep(CREATED)
    await records.outbox.add("V2", CARD)
    replying = await claimed(records, "V2 card")
    await records.cards.update("cd-1")
    scheduled = CREATED.model_copy(update={"news": "Scheduled"})
    await records.outbox.delivered(replying, ("C1", "3.3"), scheduled)
    assert await records.cards.of("cd-1") == [scheduled]
    assert await records.outbox.due(10) == ["C1 cd-1"]


async def test_a_reply_does_not_bring_an_earlier_card_back(records: Records) -> None:
    await records.cards.keep(CREATED)
    await records.outbox.add("V2", CARD)
    replying = await claimed(records, "V2 card")
    await records.cards.keep(STARTED)
    await records.outbox.delivered(replying, ("C1", "3.3"), CREATED)
    assert await records.cards.of("cd-1") == [STARTED]
    assert await records.outbox.due(10) == []


async def test_a_state_and_its_message_are_stored_together_or_not_at_all(
    records: Records,
) -> None:
    asked = submission(command_for(Action.START))
    await records.accept(asked)
    begun = await records.take_up(asked.key)
    assert begun
    with pytest.raises(Overtaken):
        await records.mark(asked, State.FAILED, NOTICE.failure, tell=(NOTICE,))
    assert await records.outbox.pending() == 0
    await records.mark(begun, State.FAILED, NOTICE.failure, tell=(NOTICE,))
    assert await records.outbox.due(10) == [f"{asked.key} notice"]


async def test_a_message_that_fails_for_a_minute_is_shown_to_its_author(
    records: Records,
) -> None:
    asked = submission(command_for(Action.START), author="U_ANA")
    await records.accept(asked)
    await records.outbox.add(asked.key, CARD)
    entry = await claimed(records, f"{asked.key} card")
    await records.outbox.postpone(entry, SECOND, "fatal_error", unsure=False)
    assert await records.outbox.late("U_ANA", 10) == []
    with records.engine.begin() as db:
        db.execute(update(tables.outbox).values(asked_at=entry.asked_at - 90 * SECOND))
    (late,) = await records.outbox.late("U_ANA", 10)
    assert (late.name, late.fault) == (asked.command.label, "fatal_error")
    assert await records.outbox.late("U_RAVI", 10) == []


async def test_the_file_of_an_attempt_is_known_to_the_next_one(records: Records) -> None:
    await records.outbox.add("V1", CARD)
    first = await claimed(records)
    assert first.file is None
    await records.outbox.keep_file(first, "F1")
    await records.outbox.postpone(first, timedelta(), "timed_out", unsure=True)
    second = await claimed(records)
    assert (second.file, second.unsure) == ("F1", True)
    await records.outbox.keep_file(first, "F2")
    await records.outbox.postpone(second, timedelta(), "timed_out", unsure=True)
    assert (await claimed(records)).file == "F1"


async def test_what_became_of_a_message(records: Records) -> None:
    assert await records.outbox.told("V1", "card") is None
    await records.outbox.add("V1", CARD)
    waits = Told(is_delivered=False, channel=None, ts=None)
    assert await records.outbox.told("V1", "card") == waits
    await records.outbox.delivered(await claimed(records), ("C1", "1.1"), CREATED)
    told = Told(is_delivered=True, channel="C1", ts="1.1")
    assert await records.outbox.told("V1", "card") == told
