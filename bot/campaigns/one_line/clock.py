"""The times of day of a line, and its time zone."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import time
from functools import cache

from dateutil.parser import ParserError, parse

from bot.campaigns.one_line.words import Line
from bot.campaigns.values import zones

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:(?P<sign>[:.])(?P<minute>\d\d))?(?P<half>am|pm)?", re.ASCII
)
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_HALVES = {
    ("am",): "am",
    ("pm",): "pm",
    ("in", "the", "morning"): "am",
    ("in", "the", "afternoon"): "pm",
    ("in", "the", "evening"): "pm",
}
# Without "am" or "pm", people say these hours of the morning and of the afternoon alike.
_UNCLEAR = range(1, 8)
_OF_HALF_A_DAY = range(1, 13)
_ZONE_WORDS_MAX = 3


def clock_of(text: str) -> time | None:
    """Return the time of day that a whole text says; None if it says none."""
    line = Line.of(text)
    found = clock_at(line, 0)
    return found[0] if found and found[1] == len(line.words) else None


def clock_at(line: Line, at: int) -> tuple[time, int] | None:
    """Read a time of day; return it and the place of the next word.

    A number alone is a time only after "at". "at 5" is not read: it may be in the morning or in the
    afternoon; "5 pm", "05:00" and "17:00" are.
    """
    after_at = line.keys(at, at + 1) in {("at",), ("@",)}
    first = at + after_at
    (key,) = line.keys(first, first + 1)
    if key in _NAMED:
        return _NAMED[key], first + 1
    found = _CLOCK.fullmatch(_undotted(key))
    if not found:
        return None
    half, last = _half(line, found["half"], first + 1)
    says_time = after_at or half or found["sign"] == ":"
    read = _time(found["hour"], found["minute"] or "00", half) if says_time else None
    return None if read is None else (read, last)


def zone_at(line: Line, at: int) -> tuple[str, int] | None:
    """Read an IANA time zone, such as "Europe/Berlin" or "Berlin time".

    Abbreviations such as IST are not read, as most have several meanings. Return the zone and the
    place of the next word.
    """
    first = at + (line.keys(at, at + 1) == ("in",))
    for last in range(min(first + _ZONE_WORDS_MAX, len(line.words)), first, -1):
        name = "_".join(line.keys(first, last))
        says_time = line.keys(last, last + 1) == ("time",)
        by_city = _cities() if says_time or first > at else {}
        if zone := _zones().get(name) or by_city.get(name):
            return zone, last + says_time
    return None


def _half(line: Line, said: str | None, at: int) -> tuple[str, int]:
    """Return "am", "pm" or an empty text, and the place of the next word."""
    if said:
        return said, at
    at += line.keys(at, at + 1) == ("o'clock",)
    for words, half in _HALVES.items():
        if tuple(map(_undotted, line.keys(at, at + len(words)))) == words:
            return half, at + len(words)
    return "", at


def _undotted(key: str) -> str:
    return re.sub(r"([ap])\.?m$", r"\1m", key)


def _time(hour: str, minute: str, half: str) -> time | None:
    is_unclear = not half and not hour.startswith("0") and int(hour) in _UNCLEAR
    if is_unclear or (half and int(hour) not in _OF_HALF_A_DAY):
        return None
    try:
        return parse(f"{hour}:{minute} {half}").time()
    except ParserError:
        return None


@cache
def _zones() -> Mapping[str, str]:
    """Return the zones of a place by name, and UTC; others, such as EST, are not what they seem."""
    named = {zone.casefold(): zone for zone in zones() if "/" in zone}
    return named | {"utc": "UTC", "gmt": "UTC"}


@cache
def _cities() -> Mapping[str, str]:
    """Return the zones by their last part, if only one ends so."""
    found = defaultdict(list)
    for zone in zones():
        found[zone.rpartition("/")[2].casefold()].append(zone)
    return {city: named[0] for city, named in found.items() if len(named) == 1}
