"""A review names each other unfinished change of the campaign in words."""

import pytest

from blocks import times
from bot.campaigns.actions import Action
from bot.campaigns.review import OpenChange, changes
from tests.blocks.samples import NOW
from tests.blocks.test_findings import line

SOON = times.readers_time(NOW)
STOP = OpenChange(action=Action.STOP, by="U1", waits=False)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (STOP, "wants to stop this campaign. That is being done now."),
        (
            STOP.model_copy(update={"release_at": NOW}),
            f"That request is approved, and goes ahead {SOON} unless it is canceled.",
        ),
    ],
)
def test_an_unfinished_change_says_how_far_it_is(change: OpenChange, words: str) -> None:
    said = line(changes.UnfinishedChange, change=change)
    assert said.startswith("<@U1> wants to stop this campaign. ")
    assert said.endswith(words)


def test_of_two_schedules_that_wait_only_one_will_be_carried_out() -> None:
    assert line(changes.UnfinishedChange, competes=True).endswith(
        "That request waits for approval. Only the request that is approved first will be carried "
        "out. The other one ends, and its author is told."
    )


def test_a_schedule_without_a_coming_run_says_so() -> None:
    said = line(changes.UnfinishedChange, first_run=None)
    assert "this schedule: Every week on Mon, Wed, no more runs (America/New_York). That" in said
