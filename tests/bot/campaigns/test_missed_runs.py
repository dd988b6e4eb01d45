"""A run is missed if it was due for a while and Kore.ai shows no sign of it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.campaigns.missed_runs import GRACE, missed_run
from bot.campaigns.schedule import Recurrence, Schedule
from tests.blocks.samples import snapshot

DUE = datetime(2027, 3, 3, 9, tzinfo=UTC)
PLAN = Schedule(
    recurrence=Recurrence.DAILY,
    zone="UTC",
    start=datetime(2027, 3, 1, 9),  # noqa: DTZ001 # local, in the schedule's zone
    end=datetime(2027, 3, 31, 9),  # noqa: DTZ001 # as above
)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def missed(
    *,
    status: str = "Scheduled",
    updated: datetime | None = DUE - DAY,
    seen: datetime = DUE + GRACE,
    turned: datetime | None = None,
) -> datetime | None:
    campaign = snapshot("Spring sale", status=status, updated_at=updated)
    run = missed_run(campaign.model_copy(update={"hours": None}), PLAN, seen, turned)
    return run.at if run else None


def test_a_run_without_a_sign_is_missed() -> None:
    assert missed() == DUE
    assert missed(turned=DUE - MINUTE) == DUE
    assert missed(status="Rescheduled", seen=DUE + DAY - MINUTE) == DUE


@pytest.mark.parametrize(
    "sign",
    [
        {"seen": DUE + GRACE - MINUTE, "updated": DUE - MINUTE},
        {"updated": DUE},
        {"updated": None},
        {"turned": DUE + MINUTE},
        {"status": "Active"},
        {"status": "Completed"},
    ],
    ids=["too early to tell", "changed", "no time known", "turned", "runs", "over"],
)
def test_a_run_with_a_sign_is_not_missed(sign: dict[str, object]) -> None:
    assert missed(**sign) is None  # type: ignore[arg-type] # each has the right type
