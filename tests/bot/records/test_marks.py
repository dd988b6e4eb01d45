"""A mark compares the state that it changes, because two processes may carry out a submission."""

import asyncio
from datetime import UTC, datetime
from math import inf

import pytest
from sqlalchemy import update

from bot.campaigns.actions import Action
from bot.campaigns.reasons import Failure, Reason
from bot.records import Done, Overtaken, Records, State, Submission
from bot.records.tables import submissions
from tests.asked import command_for, submission

FAILED = Failure(reason=Reason.REFUSED, certain=True)
DONE = Done(campaign="cd-1")


async def accepted(records: Records) -> Submission:
    asked = submission(command_for(Action.START), accepted_at=datetime(2026, 5, 4, tzinfo=UTC))
    await records.accept(asked)
    begun = await records.take_up(asked.key)
    assert begun
    return begun


async def test_only_one_process_can_mark_a_submission_as_being_sent(records: Records) -> None:
    asked = await accepted(records)
    await records.mark(asked, State.SENDING)
    with pytest.raises(Overtaken):
        await records.mark(asked, State.SENDING)


async def test_what_kore_did_counts_more_than_a_failure_and_is_finished_later(
    records: Records,
) -> None:
    asked = await accepted(records)
    await records.mark(asked, State.SENDING)
    await records.mark(asked, State.FAILED, FAILED)
    await records.finish(asked)
    assert await records.unfinished(before=datetime.now(UTC)) == []

    await records.mark(asked, State.DONE, DONE)
    assert await records.unfinished(before=datetime.now(UTC)) == [asked.key]
    found = await records.submission(asked.key)
    assert found
    assert (found.state, found.outcome) == (State.DONE, DONE)
    with pytest.raises(Overtaken):
        await records.mark(asked, State.FAILED, FAILED)


async def test_it_is_known_how_long_ago_a_submission_was_marked(records: Records) -> None:
    asked = await accepted(records)
    assert await records.seconds_since_mark(asked.key) == inf
    await records.mark(asked, State.SENDING)
    await asyncio.sleep(0.1)
    assert 0.1 <= await records.seconds_since_mark(asked.key) < 60
    with records.engine.begin() as db:
        db.execute(update(submissions).values(marked_at=None))  # by an older version
    assert await records.seconds_since_mark(asked.key) == inf
