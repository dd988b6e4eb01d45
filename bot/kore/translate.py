"""Converts between domain values and Kore.ai's formats: days, hours, times, texts.

Source: the create and schedule pages of docs.kore.ai/ai-for-service/apis/contact-center.
"""

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import UTC, datetime, time
from urllib.parse import quote, unquote

from bot.campaigns.hours import CallingHours, Weekday, Window
from bot.campaigns.schedule import Recurrence, Schedule

# Calling hours use MO, schedules use Mon.
_HOURS_CODES = {day: day.name[:2] for day in Weekday}
_DAYS_BY_CODE = {code: day for day, code in _HOURS_CODES.items()} | {
    day.short.upper(): day for day in Weekday
}
_CLOCK = re.compile(r"\s*(1[0-2]|0?[1-9]):([0-5]\d)\s*([AP])M\s*", re.IGNORECASE)
_HALF_DAY = 12


def hours_code(day: Weekday) -> str:
    """Return a weekday in the format of calling hours: `MO`."""
    return _HOURS_CODES[day]


def schedule_code(day: Weekday) -> str:
    """Return a weekday in the format of schedules: `Mon`."""
    return day.short


def weekday(code: str) -> Weekday:
    """Parse a weekday in either format.

    Raises:
        ValueError: it has neither format.
    """
    try:
        return _DAYS_BY_CODE[code.strip().upper()]
    except KeyError:
        raise ValueError("not a weekday") from None


def clock_text(moment: time) -> str:
    """Return a time of day in the format of calling hours: `9:00 AM`."""
    half = "AM" if moment.hour < _HALF_DAY else "PM"
    return f"{moment.hour % _HALF_DAY or _HALF_DAY}:{moment.minute:02} {half}"


def clock_time(text: str) -> time:
    """Parse a time of day such as `9:00 AM`.

    Raises:
        ValueError: the text has another format.
    """
    found = _CLOCK.fullmatch(text)
    if not found:
        raise ValueError("not a time of day")
    hour, minute, half = found.groups()
    afternoon = _HALF_DAY if half.upper() == "P" else 0
    return time(int(hour) % _HALF_DAY + afternoon, int(minute))


def calling_hours(zone: str, days: Iterable[tuple[str, str, str]]) -> CallingHours:
    """Build calling hours from Kore.ai's (day, start, end) texts.

    Raises:
        ValueError: a part cannot be parsed or is invalid; includes pydantic.ValidationError.
    """
    return CallingHours(
        zone=zone,
        windows=tuple(
            Window(day=weekday(day), start=clock_time(start), end=clock_time(end))
            for day, start, end in days
        ),
    )


def utc_text(moment: datetime) -> str:
    """Format a time for schedules: `2026-01-27 18:29:00`, in UTC (release note 11.21.0)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def schedule_body(schedule: Schedule) -> dict[str, object]:
    """Return the body that enables a schedule."""
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
    """Encode an SMS text for version 2: Base64 of UTF-8, percent-encoded.

    The pages say Base64; their samples end in `%`, like percent-encoded padding.
    """
    return quote(b64encode(text.encode()), safe="")


def decoded_text(encoded: str) -> str:
    """Return an SMS text from a response: as `encoded_text` writes it, or plain as in version 1."""
    try:
        text = b64decode(unquote(encoded), validate=True).decode()
    except (binascii.Error, UnicodeError):
        return encoded
    # A plain text can look like Base64, but hardly of the same text in UTF-8.
    return text if unquote(encoded_text(text)) == unquote(encoded) else encoded
