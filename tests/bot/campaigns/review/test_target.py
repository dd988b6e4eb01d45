"""The findings about the campaign to schedule or start."""

import pytest

from bot.campaigns.actions import Action
from bot.campaigns.reasons import ListProgress, Namesake
from bot.campaigns.review import no_single_campaign
from bot.campaigns.review.findings import Finding
from bot.campaigns.review.target import (
    AlreadyRunning,
    CampaignGone,
    CampaignMissing,
    CampaignUnchecked,
    DncListNotShown,
    HoursUnknown,
    NamesakesUnchecked,
    NameShared,
    NotKnownToStart,
    NotRunning,
    NotScheduled,
    PresentUnknown,
    RunUnchecked,
    ScheduledWhileRunning,
    ScheduleOver,
    ScheduleReplaced,
    ScheduleUnchecked,
    SeveralCampaigns,
    StartedAgain,
    StartsByItself,
)
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Kind, Status
from tests.bot.campaigns.review.samples import (
    RULES,
    TUE,
    about,
    facts,
    local,
    of_schedule,
    of_start,
    of_stop,
    of_unschedule,
    plan,
    snapshot,
)

SHARED = NameShared(
    name="Sale",
    namesakes=(
        Namesake(id="cd-1", kind=Kind.VOICE),
        Namesake(id="cd-2", kind=Kind.VOICE),
        Namesake(id="cd-3", kind=Kind.SMS),
    ),
)
READ = ListProgress(kind=Kind.SMS, read=100, total=300)


def test_a_shared_name_blocks_a_schedule_and_lists_all_ids() -> None:
    others = (snapshot(id="cd-2", name="SALE"), snapshot(id="cd-3", kind=Kind.SMS))
    assert of_schedule(plan(), facts(same_name=(snapshot(), *others))) == [SHARED]
    # The finding names the campaign itself even if it is not among those with the same name.
    assert of_schedule(plan(), facts(same_name=others)) == [SHARED]
    assert of_schedule(plan(), facts(same_name=(snapshot(),))) == []
    assert of_start(facts(same_name=(snapshot(), *others))) == []


def test_a_shared_name_blocks_the_removal_of_a_schedule_but_not_a_stop() -> None:
    others = (snapshot(id="cd-2", name="SALE"), snapshot(id="cd-3", kind=Kind.SMS))
    there = snapshot(scheduled=True, status="Active")
    assert of_unschedule(facts(target=there, same_name=(there, *others))) == [SHARED]
    assert of_unschedule(facts(target=there, same_name=None)) == [NamesakesUnchecked()]
    assert of_stop(facts(target=there, same_name=(there, *others))) == []


@pytest.mark.parametrize("action", Action)
def test_a_shared_name_asks_for_an_id_unless_kore_goes_by_the_name(action: Action) -> None:
    found = (snapshot(), snapshot(id="cd-2"), snapshot(id="cd-3", kind=Kind.SMS))
    several = SeveralCampaigns(name="Sale", ids=("cd-1", "cd-2", "cd-3"))
    expected = SHARED if action in {Action.SCHEDULE, Action.UNSCHEDULE} else several
    assert no_single_campaign(action, "Sale", found, was_known=False) == expected
    missing = no_single_campaign(action, "Sale", (), was_known=False)
    assert missing == CampaignMissing(name="Sale")
    gone = no_single_campaign(action, "Sale", (), was_known=True)
    assert gone == CampaignGone(name="Sale")


@pytest.mark.parametrize("read", [None, READ])
def test_names_that_could_not_all_be_read_are_unchecked(read: ListProgress | None) -> None:
    unread = facts(same_name=None, names_read=read)
    assert of_schedule(plan(), unread) == [NamesakesUnchecked(progress=read)]
    assert of_start(unread) == []


@pytest.mark.parametrize("read", [None, READ])
def test_a_campaign_that_could_not_be_looked_up_is_unchecked(read: ListProgress | None) -> None:
    unknown = facts(same_name=None, names_read=read, target=None)
    assert CampaignUnchecked(progress=read) in of_schedule(plan(), unknown)
    assert CampaignUnchecked(progress=read) in of_start(unknown)


def test_unknown_calling_hours_are_unchecked() -> None:
    assert of_schedule(plan(), about(hours=None)) == [HoursUnknown()]
    assert of_start(about(hours=None)) == [HoursUnknown()]


def test_a_dnc_list_that_kore_does_not_show_is_a_warning_with_sms() -> None:
    warned = [DncListNotShown(rule=RULES.sms_dnc_list)]
    for unshown in (about(kind=Kind.SMS), about(kind=Kind.SMS, dnc_list="")):
        assert of_schedule(plan(), unshown) == warned
        assert of_start(unshown) == warned
    shown = about(kind=Kind.SMS, dnc_list="Do not call")
    assert of_schedule(plan(), shown) == of_start(shown) == of_schedule(plan(), facts()) == []


KNOWN = plan(days=(TUE,))
REPLACED = [ScheduleReplaced(old=KNOWN, new=plan())]
REPLACED_UNKNOWN = [ScheduleReplaced(old=None, new=plan())]


@pytest.mark.parametrize(
    ("target", "known", "expected"),
    [
        ({"scheduled": True}, True, REPLACED),
        ({"scheduled": True}, False, REPLACED_UNKNOWN),
        ({"scheduled": False}, True, []),
        ({"scheduled": False}, False, []),
        ({"scheduled": None}, True, REPLACED),
        ({"scheduled": None}, False, [PresentUnknown()]),
        ({"scheduled": None, "status": "Rescheduled"}, False, REPLACED_UNKNOWN),
    ],
)
def test_replacing_a_schedule_is_a_warning(
    target: dict[str, object], expected: list[Finding], *, known: bool
) -> None:
    present = KNOWN if known else None
    found = of_schedule(plan(), facts(target=snapshot(**target), present=present))
    assert found == expected


OVER = plan(start=local("2026-12-07 10:00"), end=local("2026-12-28 18:00"))


@pytest.mark.parametrize(
    ("status", "present", "counts"),
    [
        ("Completed", OVER, False),
        ("Completed", None, None),
        ("Completed", KNOWN, True),
        ("Stopped", OVER, False),
        ("Stopped", None, True),
        ("Ready", OVER, False),
        ("Scheduled", OVER, True),
    ],
)
def test_a_schedule_that_is_over_does_not_count(
    status: str, present: Schedule | None, *, counts: bool | None
) -> None:
    """Kore.ai may report a schedule whose end has passed."""
    known = facts(target=snapshot(status=status, scheduled=True), present=present)
    replaced = [ScheduleReplaced(old=present, new=plan())]
    expected = {True: replaced, False: [], None: [PresentUnknown()]}[counts]
    assert of_schedule(plan(), known) == expected
    assert (StartsByItself() in of_start(known)) is bool(counts)


@pytest.mark.parametrize("status", ["Active", "Paused", "Ready", "Stopped"])
def test_scheduling_a_running_campaign_is_a_warning(status: str) -> None:
    running = status in {"Active", "Paused"}
    expected = [ScheduledWhileRunning(status=status)] if running else []
    assert of_schedule(plan(), about(status=status)) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"status": "Ready"}, []),
        ({"status": "Active"}, [AlreadyRunning()]),
        ({"status": "Paused"}, [NotKnownToStart(status="Paused")]),
        ({"status": "Preparing"}, [NotKnownToStart(status="Preparing")]),
        ({"status": "Stopped"}, [StartedAgain(status="Stopped")]),
        ({"status": "Completed"}, [StartedAgain(status="Completed")]),
        ({"status": "Scheduled", "scheduled": True}, [StartsByItself()]),
        ({"status": "Scheduled", "scheduled": None}, [StartsByItself()]),
    ],
)
def test_starting_in_another_status_than_ready_is_a_finding(
    target: dict[str, object], expected: list[Finding]
) -> None:
    assert of_start(about(**target)) == expected


@pytest.mark.parametrize("status", [*Status, "Run as Emergency"])
def test_only_a_campaign_that_may_run_can_be_stopped(status: str) -> None:
    runs = status in {"Active", "Paused", "Scheduled", "Rescheduled", "Run as Emergency"}
    assert of_stop(about(status=status)) == ([] if runs else [NotRunning(status=status)])


@pytest.mark.parametrize(
    ("target", "present", "expected"),
    [
        ({"scheduled": True}, KNOWN, []),
        ({"scheduled": True}, None, []),
        ({"scheduled": False}, None, [NotScheduled()]),
        ({"scheduled": False, "status": "Completed"}, OVER, [NotScheduled()]),
        ({"scheduled": True, "status": "Completed"}, OVER, [ScheduleOver()]),
        ({"scheduled": True, "status": "Completed"}, KNOWN, []),
        ({"scheduled": True, "status": "Completed"}, None, []),
        ({"scheduled": True, "status": "Ready"}, OVER, []),
        ({"scheduled": None}, None, [ScheduleUnchecked()]),
    ],
)
def test_a_schedule_can_be_removed_unless_there_is_certainly_none(
    target: dict[str, object], present: Schedule | None, expected: list[Finding]
) -> None:
    assert of_unschedule(facts(target=snapshot(**target), present=present)) == expected


@pytest.mark.parametrize("read", [None, READ])
def test_a_campaign_that_could_not_be_looked_up_can_be_stopped_and_unscheduled(
    read: ListProgress | None,
) -> None:
    unknown = facts(target=None, same_name=None, names_read=read)
    assert of_stop(unknown) == [RunUnchecked(progress=read)]
    assert of_unschedule(unknown) == [ScheduleUnchecked(progress=read)]
