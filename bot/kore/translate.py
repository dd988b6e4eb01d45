"""Between the domain's values and Kore.ai's words: days, hours, moments, texts.

Source: the create and schedule pages of docs.kore.ai/ai-for-service/apis/contact-center.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, datetime, time
from urllib.parse import quote

from bot.campaigns.hours import CallingHours, Weekday, Window
from bot.campaigns.schedule import Recurrence, Schedule

# Calling hours write MO, schedules write Mon.
_HOURS_CODES = {day: day.name[:2] for day in Weekday}
_DAYS_BY_CODE = {code: day for day, code in _HOURS_CODES.items()} | {
    day.short.upper(): day for day in Weekday
}
_CLOCK = re.compile(r"\s*(1[0-2]|0?[1-9]):([0-5]\d)\s*([AP])M\s*", re.IGNORECASE)
_HALF_DAY = 12


def hours_code(day: Weekday) -> str:
    """A weekday as calling hours write it: `MO`."""
    return _HOURS_CODES[day]


def schedule_code(day: Weekday) -> str:
    """A weekday as schedules write it: `Mon`."""
    return day.short


def weekday(code: str) -> Weekday:
    """The weekday of either code.

    Raises:
        ValueError: it is neither.
    """
    try:
        return _DAYS_BY_CODE[code.strip().upper()]
    except KeyError:
        raise ValueError("not a weekday") from None


def clock_text(moment: time) -> str:
    """A time of day as calling hours write it: `9:00 AM`."""
    half = "AM" if moment.hour < _HALF_DAY else "PM"
    return f"{moment.hour % _HALF_DAY or _HALF_DAY}:{moment.minute:02} {half}"


def clock_time(text: str) -> time:
    """The time of day of `9:00 AM`.

    Raises:
        ValueError: the text is written otherwise.
    """
    found = _CLOCK.fullmatch(text)
    if not found:
        raise ValueError("not a time of day")
    hour, minute, half = found.groups()
    afternoon = _HALF_DAY if half.upper() == "P" else 0
    return time(int(hour) % _HALF_DAY + afternoon, int(minute))


def calling_hours(zone: str, days: Iterable[tuple[str, str, str]]) -> CallingHours:
    """Calling hours from (day, start, end) as Kore.ai writes them.

    Raises:
        ValueError: a part cannot be read, or makes no sense; pydantic.ValidationError is one.
    """
    return CallingHours(
        zone=zone,
        windows=tuple(
            Window(day=weekday(day), start=clock_time(start), end=clock_time(end))
            for day, start, end in days
        ),
    )


def utc_text(moment: datetime) -> str:
    """A moment as schedules write it: `2026-01-27 18:29:00`, in UTC (release note 11.21.0)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def schedule_body(schedule: Schedule) -> dict[str, object]:
    """The body that enables a schedule."""
    return {
        "startDateTime": utc_text(schedule.utc_start),
        "endDateTime": utc_text(schedule.utc_end),
        "recurrenceObject": {"recurType": schedule.recurrence.value, **_details(schedule)},
    }


def _details(schedule: Schedule) -> dict[str, object]:
    match schedule.recurrence:
        case Recurrence.DAILY:
            return {"dailyDetails": {"onceEveryNdays": schedule.every}}
        case Recurrence.WEEKLY:
            days = [schedule_code(day) for day in schedule.utc_days]
            return {"weeklyDetails": {"onceEveryNweeks": schedule.every, "whichDays": days}}


def encoded_text(text: str) -> str:
    """An SMS text as version 2 takes it: Base64 of UTF-8, percent-encoded.

    The pages say Base64; their samples end in `%`, as padding does when it is percent-encoded.
    """
    return quote(b64encode(text.encode()), safe="")
