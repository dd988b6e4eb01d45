"""A submission is accepted once, and the records say whether it was."""

from datetime import UTC, datetime

from bot.campaigns.actions import Action
from bot.records import Records, Submission
from tests.asked import command_for


async def test_only_the_first_submission_with_a_key_is_accepted(records: Records) -> None:
    first = Submission(
        key="V1",
        author="U0ANA",
        channel="C0HERE",
        asked_in="C0HERE",
        environment="production",
        command=command_for(Action.CREATE),
        accepted_at=datetime(2027, 2, 1, 9, tzinfo=UTC),
    )
    assert await records.accept(first)
    assert not await records.accept(first.model_copy(update={"author": "U0RAVI"}))
    assert await records.submission("V1") == first
