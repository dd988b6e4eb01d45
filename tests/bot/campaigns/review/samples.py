"""Sample campaigns, schedules and facts for the tests of reviews, without any faults."""

from datetime import UTC, datetime, time
from typing import Any

from bot.campaigns.campaign import SmsCampaign, Snapshot, VoiceCampaign
from bot.campaigns.contacts import ContactList
from bot.campaigns.hours import WORKDAYS, CallingHours, Weekday
from bot.campaigns.review import (
    Facts,
    Rules,
    review_campaign,
    review_schedule,
    review_start,
    review_stop,
    review_unschedule,
)
from bot.campaigns.review.findings import Finding
from bot.campaigns.schedule import Recurrence, Schedule
from bot.campaigns.values import DialingMode, Format, Kind

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday
NEW_YORK = "America/New_York"
NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)  # a Friday, 7:00 AM in New York
MORNING = datetime(2027, 1, 15, 15, tzinfo=UTC)  # 10:00 AM in New York
RULES = Rules()
HOURS = CallingHours.same_every_day(NEW_YORK, WORKDAYS, time(9), time(18))
ALWAYS = CallingHours.same_every_day(NEW_YORK, Weekday, time(0), time(23, 59))
NEWS = ContactList(id="cl-1", name="News", status="Ready", contacts=3, has_time_zones=True)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return local(text).replace(tzinfo=UTC)


def every_day(**fields: object) -> CallingHours:
    """Return calling hours from `start` to `end` on every day."""
    times: dict[str, Any] = {"start": time(9), "end": time(18)} | fields
    return CallingHours.same_every_day(NEW_YORK, Weekday, **times)


def sms(**fields: object) -> SmsCampaign:
    known: dict[str, Any] = {
        "name": "Sale",
        "description": "Spring sale",
        "contact_lists": ("News",),
        "dnc_list": "Do not call",
        "caller_id": "+12025550100",
        "hours": HOURS,
        "format": Format.MESSAGE,
        "message": "Hello",
    }
    return SmsCampaign(**known | fields)


def voice(**fields: object) -> VoiceCampaign:
    known: dict[str, Any] = {
        "name": "Sale",
        "description": "Spring sale",
        "contact_lists": ("News",),
        "caller_id": "+12025550100",
        "hours": HOURS,
        "dialing_mode": DialingMode.PROGRESSIVE,
        "queue": "Sales",
    }
    return VoiceCampaign(**known | fields)


def snapshot(**fields: object) -> Snapshot:
    known: dict[str, Any] = {
        "id": "cd-1",
        "name": "Sale",
        "kind": Kind.VOICE,
        "status": "Ready",
        "contact_lists": ("News",),
        "hours": HOURS,
        "scheduled": False,
    }
    return Snapshot(**known | fields)


def facts(**fields: object) -> Facts:
    """Return all facts that a review can use, with these fields changed."""
    known: dict[str, Any] = {
        "same_name": (),
        "contact_lists": (NEWS,),
        "dnc_lists": frozenset({"Do not call"}),
        "target": snapshot(),
        "neighbors": (),
    }
    return Facts(**known | fields)


def about(**fields: object) -> Facts:
    """Return all facts, with these fields of the campaign changed."""
    return facts(target=snapshot(**fields))


def plan(**fields: object) -> Schedule:
    """Return a schedule: Mondays at 10:00 AM in New York, for three weeks from February 1."""
    known: dict[str, Any] = {
        "recurrence": Recurrence.WEEKLY,
        "days": (MON,),
        "zone": NEW_YORK,
        "start": local("2027-02-01 10:00"),
        "end": local("2027-02-20 18:00"),
    }
    return Schedule(**known | fields)


def of_campaign(campaign: SmsCampaign | VoiceCampaign, known: Facts | None = None) -> list[Finding]:
    return list(review_campaign(campaign, known or facts(), RULES))


def of_schedule(schedule: Schedule, known: Facts | None = None) -> list[Finding]:
    return list(review_schedule(schedule, known or facts(), RULES, NOW))


def of_start(known: Facts, now: datetime = MORNING) -> list[Finding]:
    return list(review_start(known, RULES, now))


def of_stop(known: Facts) -> list[Finding]:
    return list(review_stop(known, NOW))


def of_unschedule(known: Facts) -> list[Finding]:
    return list(review_unschedule(known, NOW))


def classes(findings: list[Finding]) -> list[type[Finding]]:
    return [type(finding) for finding in findings]
