"""Formats Slack's date tokens in the reader's time zone.

https://docs.slack.dev/messaging/formatting-message-text#date-formatting
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

TOKEN = re.compile(r"\{(\w+)\}")
RELATIVE = {-1: "yesterday", 0: "today", 1: "tomorrow"}
NOON = 12


def date_text(moment: datetime, template: str, now: datetime) -> str:
    """Fill a template such as "{date_short} {time}" with an aware time, in that time's zone.

    Tokens that Slack does not know are left unchanged.
    """

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        nearby = RELATIVE.get((moment.date() - now.astimezone(moment.tzinfo).date()).days)
        if name.endswith("_pretty") and nearby:
            return nearby
        form = FORMS.get(name.removesuffix("_pretty"))
        return form(moment) if form else match[0]

    return TOKEN.sub(fill, template)


def clock_time(moment: datetime) -> str:
    """Return a time such as `6:39 AM`."""
    half = "AM" if moment.hour < NOON else "PM"
    return f"{moment.hour % NOON or NOON}:{moment:%M} {half}"


def _with_seconds(moment: datetime) -> str:
    time, half = clock_time(moment).split()
    return f"{time}:{moment:%S} {half}"


def _ordinal(day: int) -> str:
    teens = range(11, 14)
    suffix = "th" if day in teens else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"


def _date(moment: datetime) -> str:
    return f"{moment:%B} {_ordinal(moment.day)}, {moment.year}"


FORMS: Mapping[str, Callable[[datetime], str]] = {
    "date_num": lambda moment: f"{moment:%Y-%m-%d}",
    "date": _date,
    "date_short": lambda moment: f"{moment:%b} {moment.day}, {moment.year}",
    "date_long": lambda moment: f"{moment:%A}, {_date(moment)}",
    "time": clock_time,
    "time_secs": _with_seconds,
}
