"""The recurrence of a line, and its weekdays."""

import re
from collections.abc import Sequence

from bot.campaigns.hours import WORKDAYS, Weekday
from bot.campaigns.one_line.days import number_of, weekday_of
from bot.campaigns.one_line.words import SEPARATORS, Line
from bot.campaigns.schedule import Recurrence

Days = tuple[Weekday, ...]
_ADVERBS = {
    "daily": (Recurrence.DAILY, 1),
    "weekly": (Recurrence.WEEKLY, 1),
    "fortnightly": (Recurrence.WEEKLY, 2),
}
_UNITS = {"day": Recurrence.DAILY, "week": Recurrence.WEEKLY}
_ORDINALS = {"other": 2, "second": 2, "third": 3, "fourth": 4}
_GROUPS = {"weekday": WORKDAYS, "workday": WORKDAYS, "weekend": tuple(Weekday)[5:]}
_TO = {"-", "to", "through", "thru"}
# As in `bot.campaigns.values.Repeat`.
_EVERY = range(1, 100)


def recurrence_at(line: Line, at: int) -> tuple[Recurrence, int, Days, int] | None:
    """Read a recurrence, such as "every 2 weeks" or "every Tuesday".

    Return it, after how many days or weeks it repeats, its weekdays, and the place of the next
    word.
    """
    (word,) = line.keys(at, at + 1)
    if word in _ADVERBS:
        return *_ADVERBS[word], (), at + 1
    if word not in {"every", "each"}:
        return None
    count, unit = line.keys(at + 1, at + 3)
    if count in _UNITS:
        return _UNITS[count], 1, (), at + 2
    if (every := _every(count)) and (recurrence := _UNITS.get(unit.removesuffix("s"))):
        return recurrence, every, (), at + 3
    # "Every second Tuesday" is one of the month to some people.
    every, first = (2, at + 2) if count == "other" else (1, at + 1)
    found = days_at(line, first)
    return (Recurrence.WEEKLY, every, found[0], found[2]) if found else None


def days_at(line: Line, at: int) -> tuple[Days, bool, int] | None:
    """Read weekdays, such as "Mon, Wed and Fri" or "Mondays".

    Return them, whether they can only mean a recurrence, as one in the singular may be a date, and
    the place of the next word.
    """
    days: list[Weekday] = []
    are_many, last, first = False, at, at
    while found := _day_or_range(line, first):
        days += found[0]
        are_many, last = are_many or found[1] or len(days) > 1, found[2]
        first = last
        while SEPARATORS.issuperset(line.keys(first, first + 1)):
            first += 1
    return (tuple(dict.fromkeys(days)), are_many, last) if days else None


def _day_or_range(line: Line, at: int) -> tuple[Sequence[Weekday], bool, int] | None:
    """Read "Mon", "Mon-Fri", "Mon/Wed" or "Mon to Fri"."""
    word, to, end = line.keys(at, at + 3)
    first, last = _weekday(word), _weekday(end)
    if first is not None and to in _TO and last is not None:
        return _range(first, last), True, at + 3
    parts = [_in_word(part) for part in word.split("/")]
    if not all(parts):
        return None
    days = [day for part in parts for day in part]
    return days, weekday_of(word) is None, at + 1


def _in_word(word: str) -> Sequence[Weekday]:
    """Return the days that a word means: a day, a range of days or a group of them; else none."""
    if group := _GROUPS.get(word.removesuffix("s")):
        return group
    from_, _, to = word.partition("-")
    first, last = _weekday(from_), _weekday(to or from_)
    return () if first is None or last is None else _range(first, last)


def _weekday(word: str) -> Weekday | None:
    day = weekday_of(word)
    return weekday_of(word.removesuffix("s")) if day is None else day


def _range(first: Weekday, last: Weekday) -> Days:
    return tuple(first.shifted(step) for step in range((last - first) % 7 + 1))


def _every(word: str) -> int | None:
    """Return the number in "every 2 weeks", "every 2nd week" or "every other week"."""
    counted = re.sub(r"(?<=\d)(st|nd|rd|th)$", "", word)
    number = _ORDINALS.get(word) or number_of(counted)
    return number if number in _EVERY else None
