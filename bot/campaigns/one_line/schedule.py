"""Reads a line such as "Spring sale every Tuesday 10 am until Dec 31"."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import chain
from typing import Self

from bot.campaigns.hours import Weekday
from bot.campaigns.names import folded, trimmed
from bot.campaigns.one_line.phrases import Phrase, Said, phrase_at, together
from bot.campaigns.one_line.words import LINE_MAX, SEPARATORS, Line
from bot.campaigns.refs import TEXT_MAX
from bot.campaigns.schedule import Recurrence, to_local
from bot.campaigns.values import Frozen

# Between two phrases these say nothing.
_JOINTS = SEPARATORS | {"-"}
# After these, what follows is not meant.
_REVERSING = {"not", "no", "never", "except", "excluding", "without", "but", "skip", "skipping"}
# A line that is not understood as a whole, or has no name, is read only if it says this much.
_PHRASES_MIN = 2


class ScheduleValues(Frozen):
    """What a line says of a schedule, in the local time of its zone; None is what it does not say.

    `not_understood` are the pieces of the line that say nothing to the bot.
    """

    recurrence: Recurrence | None = None
    every: int | None = None
    days: tuple[Weekday, ...] | None = None
    zone: str | None = None
    start_date: date | None = None
    start_time: time | None = None
    end_date: date | None = None
    end_time: time | None = None
    not_understood: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """A line about a schedule: the campaign as typed, and what is said of the schedule.

    `unread` are the places of the words that belong to neither.
    """

    campaign: str
    line: Line
    phrases: tuple[Phrase, ...] = ()
    unread: frozenset[int] = frozenset()
    beyond: str = ""

    def values(self, now: datetime, zone: str) -> ScheduleValues:
        """Return what is said, as of an aware time; the times are in `zone` if no other is said.

        If no start date is said, it is the first day from now on that fits the days and the time,
        provided that the whole line is understood.
        """
        said, left_out = together(self.phrases)
        local = to_local(now, said.zone or zone)
        whole = not (self.not_understood or left_out)
        fitting = None if said.start_day or not whole else said.next_start(local)
        start = said.start(local.date()) or fitting
        end = said.end(local.date(), start)
        if wrong := _impossible(self.phrases, said, start, end):
            return self._without(wrong).values(now, zone)
        return ScheduleValues(
            recurrence=said.recurrence,
            every=said.every or (said.recurrence and 1),
            days=said.days or _day_of(said, start),
            zone=said.zone,
            start_date=start,
            start_time=said.start_time,
            end_date=end,
            end_time=said.end_time,
            not_understood=self._without(left_out).not_understood,
        )

    @property
    def not_understood(self) -> tuple[str, ...]:
        """The pieces of the line that say nothing."""
        return (*self.line.pieces(self.unread), *filter(None, [self.beyond]))

    def _without(self, left_out: Sequence[Phrase]) -> Self:
        kept = tuple(each for each in self.phrases if each not in left_out)
        places = frozenset(place for each in left_out for place in each.places)
        return replace(self, phrases=kept, unread=self.unread | places)


def possible_campaigns(text: str) -> frozenset[str]:
    """Return the folded names with which a line may begin, to look up which of them exist."""
    line = Line.of(text[:LINE_MAX])
    return frozenset(folded(line.piece(0, last)) for last in _ends_of_names(line))


def read_schedule(text: str, known: Container[str]) -> ScheduleLine:
    """Read a line about a schedule; `known` has the folded names of campaigns that exist.

    The name is what stands in quotes, or is known, or leaves a rest that is understood as a whole.
    Otherwise the whole line is a name.
    """
    line, beyond = Line.of(text[:LINE_MAX]), trimmed(text[LINE_MAX:])
    end = _end_of_name(line, known)
    if end is None:
        return ScheduleLine(campaign=trimmed(text), line=line)
    phrases, unread = _read(line, end)
    return ScheduleLine(line.piece(0, end), line, phrases, unread, beyond)


def _ends_of_names(line: Line) -> list[int]:
    """Return how many words a name at the beginning may have; the longest is the first."""
    return [at + 1 for at, word in enumerate(line.words) if word.end <= TEXT_MAX][::-1]


def _end_of_name(line: Line, known: Container[str]) -> int | None:
    """Return how many words are the campaign's name; None if all are."""
    if line.words and line.words[0].inner:
        return 1 if _read(line, 1)[0] else None
    ends = _ends_of_names(line)
    for end in ends:
        if folded(line.piece(0, end)) in known and _goes_on(line, end):
            return end
    # "Every Tuesday" alone may be the name of a campaign that the bot does not know.
    if _is_understood(line, 0) and _says_much(line, 0):
        return 0
    understood = (end for end in reversed(ends) if _is_understood(line, end))
    saying_much = (end for end in reversed(ends) if _says_much(line, end))
    return next(chain(understood, saying_much), None)


def _goes_on(line: Line, at: int) -> bool:
    """Return whether the line ends there, or a phrase begins."""
    while at < len(line.words) and line.words[at].key in _JOINTS and not phrase_at(line, at):
        at += 1
    return at == len(line.words) or phrase_at(line, at) is not None


def _is_understood(line: Line, at: int) -> bool:
    """Return whether the rest of the line consists of phrases alone, which fit together."""
    if not _goes_on(line, at):
        return False
    phrases, unread = _read(line, at)
    return _says_when(phrases) and not unread and not together(phrases)[1]


def _says_much(line: Line, at: int) -> bool:
    phrases = _read(line, at)[0] if _goes_on(line, at) else ()
    return len(phrases) >= _PHRASES_MIN and _says_when(phrases)


def _says_when(phrases: Sequence[Phrase]) -> bool:
    """Return whether they say a recurrence or a time. Days alone may belong to a name."""
    return any(each.said.recurrence or each.said.start_time for each in phrases)


def _read(line: Line, at: int) -> tuple[tuple[Phrase, ...], frozenset[int]]:
    """Return the phrases from a place on, and the places of words that are in none."""
    phrases, unread, before = [], set[int](), at
    while at < len(line.words):
        phrase = phrase_at(line, at)
        if phrase and _stands(line, phrase, before, unread):
            phrases.append(phrase)
        elif phrase or line.words[at].key not in _JOINTS:
            unread.update(phrase.places if phrase else (at,))
        before = at if phrase or at in unread else before
        at = phrase.last if phrase else at + 1
    return tuple(phrases), frozenset(unread)


def _stands(line: Line, phrase: Phrase, before: int, unread: Container[int]) -> bool:
    """Return whether a phrase means what it says, after what is `before` it.

    What was not understood there may turn it around: "except Dec 25", "not every Tuesday".
    """
    return before not in unread or (phrase.opened and line.words[before].key not in _REVERSING)


def _impossible(
    phrases: Sequence[Phrase], said: Said, start: date | None, end: date | None
) -> list[Phrase]:
    """Return the phrases about a start or an end for which there is no day."""
    no_start = said.start_day and not start
    no_end = (said.end_day or said.lasts) and not end
    return [
        each
        for each in phrases
        if (no_start and each.said.start_day) or (no_end and (each.said.end_day or each.said.lasts))
    ]


def _day_of(said: Said, start: date | None) -> tuple[Weekday, ...] | None:
    """Return the weekday of a start date that is said with a weekly recurrence without days."""
    weekly = said.recurrence is Recurrence.WEEKLY and said.start_day
    return (Weekday(start.weekday()),) if weekly and start else None
