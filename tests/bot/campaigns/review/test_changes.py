"""The findings about other unfinished changes of the campaign."""

import pytest

from bot.campaigns.actions import Action
from bot.campaigns.policy import ApprovalReason
from bot.campaigns.review import OpenChange, Review, needing_approval
from bot.campaigns.review.changes import UnfinishedChange
from bot.campaigns.review.target import PresentUnknown
from tests.bot.campaigns.review.samples import (
    facts,
    local,
    of_schedule,
    of_start,
    of_stop,
    of_unschedule,
    plan,
    snapshot,
    utc,
)

STOP = OpenChange(action=Action.STOP, by="U1", waits=False)
WAITING = OpenChange(action=Action.SCHEDULE, by="U1", waits=True, schedule=plan())
HELD = WAITING.model_copy(update={"waits": False, "release_at": utc("2027-01-15 13:00")})


def test_an_unfinished_change_of_the_campaign_is_a_warning_in_every_review() -> None:
    running = snapshot(status="Paused", scheduled=True)
    warned = UnfinishedChange(change=STOP)
    assert of_schedule(plan(), facts(open_changes=(STOP,))) == [warned]
    assert of_start(facts(open_changes=(STOP,))) == [warned]
    assert of_stop(facts(target=running, open_changes=(STOP,))) == [warned]
    assert of_unschedule(facts(target=running, open_changes=(STOP,))) == [warned]


@pytest.mark.parametrize(
    ("begins", "first"), [("2027-02-01 10:00", "2027-02-01 10:00"), ("2026-12-07 10:00", None)]
)
def test_the_next_run_of_its_schedule_is_found(begins: str, first: str | None) -> None:
    ends = local(begins).replace(day=20)
    schedule = plan(start=local(begins), end=ends)
    change = WAITING.model_copy(update={"schedule": schedule})
    (found,) = of_schedule(plan(), facts(open_changes=(change,)))
    assert found == UnfinishedChange(change=change, first_run=first and local(first))


@pytest.mark.parametrize(
    ("action", "reason", "change", "competes"),
    [
        (Action.SCHEDULE, ApprovalReason.LOAD, WAITING, True),
        (Action.SCHEDULE, None, WAITING, False),
        (Action.START, ApprovalReason.LOAD, WAITING, False),
        (Action.SCHEDULE, ApprovalReason.LOAD, HELD, False),
        (Action.SCHEDULE, ApprovalReason.LOAD, STOP, False),
    ],
)
def test_two_schedules_compete_if_both_wait_for_approval(
    action: Action, reason: ApprovalReason | None, change: OpenChange, *, competes: bool
) -> None:
    made = Review(action=action, findings=(UnfinishedChange(change=change), PresentUnknown()))
    reviewed = needing_approval(made, reason)
    assert reviewed.approval_reason is reason
    assert reviewed.findings == (
        UnfinishedChange(change=change, competes=competes),
        PresentUnknown(),
    )
