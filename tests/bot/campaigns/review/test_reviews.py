"""All findings of each kind of review, and their order."""

from datetime import time

from bot.campaigns.hours import CallingHours, Weekday
from bot.campaigns.review import Facts
from bot.campaigns.review.findings import Severity
from bot.campaigns.review.form import (
    DncListNotSeen,
    DncListUnchecked,
    HoursOutsideRule,
    InvalidCallerId,
    NameTaken,
    NameUnchecked,
    NoDncList,
    TooManyAttempts,
)
from bot.campaigns.review.lists import ListEmpty, ListFactsUnknown, ListNotFound, ListsUnchecked
from bot.campaigns.review.neighbors import NeighborsUnchecked, NeighborsUnknown, SameDay
from bot.campaigns.review.runs import (
    NoEffectiveRun,
    RunsAtNight,
    RunsMovedByClocks,
    RunsOnExcludedDays,
    RunsOnOtherDays,
    RunsOutsideHours,
    StartPassed,
)
from bot.campaigns.review.target import (
    AlreadyRunning,
    CampaignUnchecked,
    DncListNotShown,
    HoursUnknown,
    NamesakesUnchecked,
    NameShared,
    PresentUnknown,
    ScheduledWhileRunning,
    ScheduleReplaced,
    StartsByItself,
)
from bot.campaigns.values import Kind
from tests.bot.campaigns.review.samples import (
    ALWAYS,
    FRI,
    NEW_YORK,
    NEWS,
    SAT,
    THU,
    classes,
    every_day,
    facts,
    local,
    of_campaign,
    of_schedule,
    of_start,
    plan,
    sms,
    snapshot,
    utc,
    voice,
)

# A contact list that is empty and whose status is unknown.
EMPTY = (NEWS.model_copy(update={"contacts": 0, "status": None}),)
NEIGHBORS = (("Same", plan(days=tuple(Weekday))), ("Unknown", None))


def test_nothing_is_found_if_nothing_is_wrong() -> None:
    assert of_campaign(sms()) == []
    assert of_campaign(voice()) == []
    assert of_schedule(plan()) == []
    assert of_start(facts()) == []


def test_facts_that_could_not_be_looked_up_are_unchecked() -> None:
    nothing = Facts()
    unread = [NameUnchecked, DncListUnchecked, ListsUnchecked]
    assert classes(of_campaign(sms(), nothing)) == unread
    unchecked = [CampaignUnchecked, ListsUnchecked, NeighborsUnchecked]
    assert classes(of_schedule(plan(), nothing)) == unchecked
    assert classes(of_start(nothing)) == unchecked
    assert {each.severity for each in of_start(nothing)} == {Severity.UNCHECKED}


def test_findings_about_a_new_campaign_are_in_the_order_of_severity() -> None:
    hours = every_day(start=time(7))
    known = facts(same_name=(snapshot(),), contact_lists=EMPTY)
    names, caller = ("News", "Nwes"), "+11234567890"
    calls = voice(hours=hours, contact_lists=names, max_attempts=50, retry_period=1)
    odd = {"caller_id": caller, "dnc_list": "Do not cal"}
    assert classes(of_campaign(calls.model_copy(update=odd), known)) == [
        *(NameTaken, DncListNotSeen, HoursOutsideRule, ListNotFound, ListEmpty, TooManyAttempts),
        *(InvalidCallerId, ListFactsUnknown),
    ]
    unread = facts(same_name=None, contact_lists=None)
    texts = sms(hours=hours, dnc_list=None, caller_id=caller)
    assert classes(of_campaign(texts, unread)) == [
        *(NoDncList, HoursOutsideRule, InvalidCallerId, NameUnchecked, ListsUnchecked),
    ]


def test_findings_about_a_schedule_are_in_the_order_of_severity() -> None:
    target = snapshot(
        kind=Kind.SMS,
        status="Active",
        scheduled=True,
        hours=CallingHours.same_every_day(NEW_YORK, (SAT,), time(0), time(23, 59)),
    )
    late = plan(
        start=local("2027-01-14 23:30"), end=local("2027-04-01 18:00"), days=(THU, FRI, SAT)
    )
    known = facts(
        same_name=(snapshot(id="cd-2"),), target=target, contact_lists=EMPTY, neighbors=NEIGHBORS
    )
    assert classes(of_schedule(late, known)) == [
        *(NameShared, StartPassed),
        *(ScheduleReplaced, ScheduledWhileRunning, DncListNotShown, HoursOutsideRule),
        *(RunsOnExcludedDays, RunsAtNight, RunsOutsideHours, RunsMovedByClocks, RunsOnOtherDays),
        *(SameDay, ListEmpty, ListFactsUnknown, NeighborsUnknown),
    ]


def test_unchecked_findings_about_a_schedule_come_after_blockers() -> None:
    target = snapshot(scheduled=None, hours=None)
    unread = facts(target=target, same_name=None, neighbors=None, contact_lists=None)
    past = plan(start=local("2027-01-15 07:00"), end=local("2027-01-16 07:00"))
    assert classes(of_schedule(past, unread)) == [
        *(StartPassed, NoEffectiveRun),
        *(NamesakesUnchecked, HoursUnknown, PresentUnknown, ListsUnchecked, NeighborsUnchecked),
    ]


def test_findings_about_a_start_are_in_the_order_of_severity() -> None:
    target = snapshot(kind=Kind.SMS, status="Active", scheduled=True, hours=ALWAYS)
    known = facts(contact_lists=EMPTY, target=target, neighbors=NEIGHBORS)
    assert classes(of_start(known, utc("2027-02-06 12:00"))) == [
        *(StartsByItself, AlreadyRunning),
        *(DncListNotShown, HoursOutsideRule, RunsOnExcludedDays, RunsAtNight, SameDay, ListEmpty),
        *(ListFactsUnknown, NeighborsUnknown),
    ]
