"""The simple values of a campaign, each with Kore.ai's limits.

Limits are defined only here: forms display them and models check them. Sources:
docs.kore.ai/ai-for-service/apis/contact-center, the create and update pages of voice and SMS
campaigns; the ten contact lists are the console's limit (contact-center/campaigns).
"""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

CONTACT_LISTS_MAX = 10
NAME_MAX = 48
# Outside these years, a date in one zone may be invalid in another.
YEARS = range(2000, 2101)


class Frozen(BaseModel):
    """The base class of domain values: immutable, compared by content, without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Kind(StrEnum):
    """The channel of a campaign, in Kore.ai's `campaignType` terms."""

    SMS = "sms"
    VOICE = "voice"


class Format(StrEnum):
    """What an SMS campaign sends: a text, a registered template, or an experience flow's link."""

    MESSAGE = "message"
    TEMPLATE = "template"
    FLOW = "flow"


class DialingMode(StrEnum):
    """Who speaks first on a voice campaign's calls, in Kore.ai's terms."""

    AGENTLESS = "Agentless"
    PROGRESSIVE = "Progressive"
    PREVIEW = "Preview"


class DialingOrder(StrEnum):
    """The order in which a voice campaign dials its contacts."""

    FIFO = "FIFO"
    LIFO = "LIFO"


class MachineDetection(StrEnum):
    """How an Agentless campaign handles answering machines, in version 2's terms."""

    NO = "no"
    DETECT = "detect"
    DISCONNECT = "disconnect"


class Status(StrEnum):
    """The status of a campaign. Kore.ai may report others.

    `DELETED` is the bot's own word for a campaign that Kore.ai no longer has.
    """

    PREPARING = "Preparing"
    READY = "Ready"
    SCHEDULED = "Scheduled"
    RESCHEDULED = "Rescheduled"
    ACTIVE = "Active"
    PAUSED = "Paused"
    STOPPED = "Stopped"
    COMPLETED = "Completed"
    DELETED = "Deleted"


def status_word(answered: str) -> str:
    """Return the status in this product's spelling; an unknown status stays unchanged."""
    known = {status.lower(): status.value for status in Status}
    return known.get(answered.strip().lower(), answered.strip())


def same_name(one: str, other: str) -> bool:
    """Return whether Kore.ai may take two names of campaigns for the same, ignoring case.

    Kore.ai stores each name in lowercase as well, and schedules by name.
    """
    return one.strip().casefold() == other.strip().casefold()


@cache
def zones() -> frozenset[str]:
    """Return every IANA time zone. Cached, because reading the zone database takes milliseconds."""
    return frozenset(available_timezones())


def _known_zone(zone: str) -> str:
    if zone not in zones():
        raise ValueError("not an IANA time zone")
    return zone


def _within_years(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError("outside the years 2000 to 2100")
    return day


Name = Annotated[str, Field(min_length=1, max_length=NAME_MAX)]
Description = Annotated[str, Field(min_length=1, max_length=256)]
Priority = Annotated[int, Field(ge=1, le=5)]
Attempts = Annotated[int, Field(ge=1, le=100)]
RetryMinutes = Annotated[int, Field(ge=1, le=1440)]
RingSeconds = Annotated[int, Field(ge=5, le=120)]
Skips = Annotated[int, Field(ge=0, le=100)]
Repeat = Annotated[int, Field(ge=1, le=99)]
Zone = Annotated[str, AfterValidator(_known_zone)]
Day = Annotated[date, AfterValidator(_within_years)]
# Kore.ai documents no limit for these; a Slack option's value holds 150 characters.
ExternalName = Annotated[str, Field(min_length=1, max_length=150)]
Message = Annotated[str, Field(min_length=1, max_length=1600)]
CallerId = Annotated[str, Field(min_length=1, max_length=64)]
ContactLists = Annotated[
    tuple[ExternalName, ...], Field(min_length=1, max_length=CONTACT_LISTS_MAX)
]
