"""The `dialingStrategy` of a campaign: its caller ID, calling hours and attempts.

https://docs.kore.ai/ai-for-service/apis/contact-center/create-voice-campaign-progressive-v2
"""

import functools
import zoneinfo
from datetime import datetime, timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from sandbox.kore.fields import Strict

TIME = "%I:%M %p"
MIDNIGHT = "12:00 AM"


@functools.cache
def since_midnight(text: str) -> timedelta:
    """Return a time such as 9:00 AM as the time since midnight."""
    return datetime.strptime(text, TIME) - datetime.strptime(MIDNIGHT, TIME)  # noqa: DTZ007 # their difference has no zone


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _known_zone(name: str) -> str:
    if name not in _zones():
        raise ValueError(f"{name} is not an IANA time zone")
    return name


ClockTime = Annotated[str, Field(pattern=r"^(1[0-2]|[1-9]):[0-5][0-9] (AM|PM)$")]
Zone = Annotated[str, AfterValidator(_known_zone)]


class Window(Strict):
    """A time span on one weekday, such as 9:00 AM to 6:00 PM."""

    day: Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    start: ClockTime
    end: ClockTime

    @model_validator(mode="after")
    def ends_after_start(self) -> Self:
        """Refuse a window over midnight, because it may be a mistake."""
        if since_midnight(self.end) <= since_midnight(self.start):
            raise ValueError("end must be after start")
        return self


class CallingHours(Strict):
    """The hours in which contacts may be reached, in the campaign's own time zone."""

    frequency: Literal["WEEKLY", "DAILY", "CUSTOM"]
    timezone: Zone
    days: Annotated[list[Window], Field(min_length=1)]


class CallerId(Strict):
    """The number that calls or texts; SIP numbers are also allowed."""

    phone_number: Annotated[str, Field(min_length=1)]


class SmsDialing(Strict):
    """The dialing strategy of an SMS campaign."""

    caller_id: CallerId
    calling_hours: CallingHours


class VoiceDialing(SmsDialing):
    """The dialing strategy of a voice campaign; retries are in minutes, ring time in seconds."""

    dialing_order: Literal["FIFO", "LIFO"]
    max_attempts_per_record: Annotated[int, Field(ge=1, le=100)]
    default_retry_period: Annotated[int, Field(ge=1, le=1440)]
    max_ring_time: Annotated[int, Field(ge=5, le=120)]
