"""Schedules: a daily or weekly recurrence in a person's zone and in UTC."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from dateutil import tz
from pydantic import AfterValidator, model_validator

from bot.campaigns.hours import Weekday
from bot.campaigns.values import Frozen, Repeat, Zone


class Recurrence(StrEnum):
    """How a schedule repeats, in Kore.ai's `recurType` terms."""

    DAILY = "Daily"
    WEEKLY = "Weekly"


def _sorted_unique(days: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    return tuple(sorted(set(days)))


class Schedule(Frozen):
    """When a campaign runs, in local times and weekdays of `zone`.

    `start` and `end` are naive local times in that zone. A time that the clocks skip is refused; a
    time that occurs twice means the earlier one.
    """

    recurrence: Recurrence
    every: Repeat = 1
    days: Annotated[tuple[Weekday, ...], AfterValidator(_sorted_unique)] = ()
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
        """Return the start as an aware time in UTC, as Kore.ai takes it."""
        return to_utc(self.start, self.zone)

    @property
    def utc_end(self) -> datetime:
        """Return the end as an aware time in UTC."""
        return to_utc(self.end, self.zone)

    @property
    def utc_days(self) -> tuple[Weekday, ...]:
        """Return the weekdays in UTC at the start's hour: Tuesday 1:00 in India is Monday."""
        moved = (self.utc_start.date() - self.start.date()).days
        return tuple(sorted(day.shifted(moved) for day in self.days))


def exists(local: datetime, zone: str) -> bool:
    """Return whether this naive local time exists in the zone."""
    return tz.datetime_exists(local.replace(tzinfo=ZoneInfo(zone)))


def to_utc(local: datetime, zone: str) -> datetime:
    """Convert a naive local time of the zone to an aware time in UTC."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def to_local(moment: datetime, zone: str) -> datetime:
    """Convert an aware time to a naive local time of the zone."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
