"""One table says which action fits which status."""

import pytest

from bot.campaigns.actions import Action
from bot.campaigns.reasons import Reason
from bot.campaigns.statuses import FITS, possible
from bot.campaigns.values import Kind, Status


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status.PREPARING, set()),
        (Status.READY, {Action.START, Action.EDIT, Action.DELETE}),
        (Status.ACTIVE, {Action.STOP}),
        (Status.PAUSED, {Action.STOP, Action.EDIT}),
        (Status.STOPPED, {Action.START, Action.EDIT, Action.DELETE}),
        (Status.COMPLETED, {Action.START, Action.EDIT, Action.DELETE}),
        ("Rerun", set()),
    ],
)
def test_each_status_has_its_actions(status: str, offered: set[Action]) -> None:
    assert set(possible(status, Kind.SMS, scheduled=False)) == {Action.SCHEDULE, *offered}


def test_a_scheduled_campaign_is_not_started_and_can_be_unscheduled() -> None:
    offered = set(possible(Status.SCHEDULED, Kind.SMS, scheduled=True))
    assert offered == {Action.SCHEDULE, Action.UNSCHEDULE, Action.EDIT, Action.DELETE}
    assert FITS[Action.START].refusal("Ready", scheduled=True) is Reason.STARTS_BY_ITSELF


def test_a_campaign_in_a_status_that_nobody_knows_can_be_stopped() -> None:
    assert FITS[Action.STOP].refusal("Run as Emergency", scheduled=None) is None


def test_a_deleted_campaign_has_no_action() -> None:
    assert possible(Status.DELETED, Kind.SMS, scheduled=False) == []


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.PAUSED, Status.STOPPED, Status.COMPLETED])
def test_only_voice_campaigns_that_ran_have_results(status: Status) -> None:
    kinds = (Kind.VOICE, Kind.SMS, None)
    offered = [Action.RESULTS in possible(status, each, scheduled=False) for each in kinds]
    assert offered == [True, False, False]
