"""Schedules: a daily or weekly recurrence in a person's own zone, and the same in UTC."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from dateutil import tz
from pydantic import AfterValidator, model_validator

from bot.campaigns.hours import Weekday
from bot.campaigns.values import Frozen, Repeat, Zone


class Recurrence(StrEnum):
    """How a schedule repeats, in Kore.ai's `recurType` words."""

    DAILY = "Daily"
    WEEKLY = "Weekly"


def _each_once(days: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    return tuple(sorted(set(days)))


class Schedule(Frozen):
    """When a campaign is to run: local wall-clock times and weekdays of `zone`.

    `start` and `end` are naive, as a person reads them off a clock in that zone. A time that the
    zone's clocks skip is refused; of a time they show twice the earlier one is meant.
    """

    recurrence: Recurrence
    every: Repeat = 1
    days: Annotated[tuple[Weekday, ...], AfterValidator(_each_once)] = ()
    zone: Zone
    start: datetime
    end: datetime

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.recurrence is Recurrence.WEEKLY and not self.days:
            raise ValueError("a weekly schedule needs a weekday")
        for moment in (self.start, self.end):
            if not exists(moment, self.zone):
                raise ValueError("the clocks skip this time")
        if self.utc_end <= self.utc_start:
            raise ValueError("the end is not after the start")
        return self

    @property
    def utc_start(self) -> datetime:
        """The start as an aware moment in UTC, as Kore.ai takes it."""
        return to_utc(self.start, self.zone)

    @property
    def utc_end(self) -> datetime:
        """The end as an aware moment in UTC."""
        return to_utc(self.end, self.zone)

    @property
    def utc_days(self) -> tuple[Weekday, ...]:
        """The weekdays as UTC counts them at the start's hour: Tuesday 1:00 in India is Monday."""
        moved = (self.utc_start.date() - self.start.date()).days
        return tuple(sorted(day.shifted(moved) for day in self.days))


def exists(local: datetime, zone: str) -> bool:
    """Whether the zone's clocks ever show this naive local time."""
    return tz.datetime_exists(local.replace(tzinfo=ZoneInfo(zone)))


def to_utc(local: datetime, zone: str) -> datetime:
    """The aware UTC moment at which the zone's clocks show this naive local time."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def to_local(moment: datetime, zone: str) -> datetime:
    """An aware moment as the zone's clocks show it, naive."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
