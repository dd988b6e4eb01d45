"""The bot's runs are compared with those of a slow, simple calculation: a walk through time.

The walk shares only the classes of its values with the bot. It counts days in UTC one by one. It
reads the clock of the calling hours at every UTC minute of 44 days around a date, and counts open
minutes from that. It reads the schedule's clock only at its runs. To find the start and end in
UTC, it tries all offsets of whole quarters of an hour, which are all that zones have had since
2000. Half of the dates are days on which the zone's clocks change.

Each seed gives the same thousand schedules every time. Every test run compares one seed, and
`./dev drill oracle` compares twenty.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.campaigns.clock_changes import strayed
from bot.campaigns.hours import CallingHours, Weekday, Window
from bot.campaigns.runs import Gap, Run, count, count_effective, runs
from bot.campaigns.schedule import Recurrence, Schedule

PLACES, OPENINGS, SERIES = 4, 10, 25
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MINUTES_A_DAY, MINUTES_A_WEEK = 1440, 7 * 1440
# The days of the walk before and after the date.
BEFORE, AFTER = 10, 34
# All possible UTC offsets, the largest first.
AHEAD = [quarters * timedelta(minutes=15) for quarters in range(56, -49, -1)]
ALL_ZONES = sorted(available_timezones())
ODD_ZONES = (
    *("Pacific/Apia", "Pacific/Kiritimati", "Pacific/Fakaofo", "Pacific/Chatham", "Etc/GMT+12"),
    *("Australia/Lord_Howe", "Australia/Sydney", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran"),
    *("America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Sao_Paulo"),
    *("America/Havana", "America/Caracas", "Africa/Casablanca", "Africa/Cairo", "Asia/Beirut"),
    *("Europe/London", "Europe/Lisbon", "Antarctica/Casey", "Antarctica/Troll", "Asia/Gaza"),
)


class Clock(NamedTuple):
    """The local times of a zone at every UTC minute from `first` on."""

    first: datetime
    dates: list[date]
    minutes_of_week: list[int]
    steps: dict[date, list[int]]


def read_clock(zone: str, day: date) -> Clock:
    clock = Clock(midnight(day) - BEFORE * DAY, [], [], {})
    there = ZoneInfo(zone)
    for step in range((BEFORE + AFTER) * MINUTES_A_DAY):
        shown = (clock.first + step * MINUTE).astimezone(there)
        today = shown.date()
        clock.dates.append(today)
        clock.minutes_of_week.append(minute_of_week(today.weekday(), shown))
        clock.steps.setdefault(today, []).append(step)
    return clock


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def minute_of_week(day: int, moment: time | datetime) -> int:
    return day * MINUTES_A_DAY + moment.hour * 60 + moment.minute


def open_minutes(hours: CallingHours) -> list[bool]:
    """Return for every minute of a week whether calling hours are open."""
    week = [False] * MINUTES_A_WEEK
    for window in hours.windows:
        for minute in range(
            minute_of_week(window.day, window.start), minute_of_week(window.day, window.end)
        ):
            week[minute] = True
    return week


@cache
def in_utc(local: datetime, zone: str) -> datetime:
    """Return the first moment at which the zone's clocks show this time."""
    there, shown = ZoneInfo(zone), local.replace(tzinfo=UTC)
    for ahead in AHEAD:
        if (shown - ahead).astimezone(there).utcoffset() == ahead:
            return shown - ahead
    raise ValueError("the clocks skip this time")


def walked_starts(schedule: Schedule) -> list[datetime]:
    """Return the starts of the runs: count days one by one, and a week at each Monday."""
    start, end = in_utc(schedule.start, schedule.zone), in_utc(schedule.end, schedule.zone)
    ahead = start.date() - schedule.start.date()
    wanted = {(date(2024, 1, 1 + day) + ahead).weekday() for day in schedule.days}
    found, moment, days, weeks = [], start, 0, 0
    while moment <= end:
        if schedule.recurrence is Recurrence.DAILY:
            turn = days % schedule.every == 0
        else:
            turn = weeks % schedule.every == 0 and moment.weekday() in wanted
        if turn:
            found.append(moment)
        moment, days = moment + DAY, days + 1
        weeks += moment.weekday() == 0
    return found


def unmoved(schedule: Schedule, at: datetime) -> datetime:
    """Return the local time at this moment if the clocks had not changed since the start."""
    return schedule.start + (at - in_utc(schedule.start, schedule.zone))


def walked_dates(schedule: Schedule, last: date) -> set[date]:
    """Return the planned local dates, counted as `walked_starts` counts days in UTC."""
    found, day, days, weeks = set(), schedule.start.date(), 0, 0
    while day <= last:
        if schedule.recurrence is Recurrence.DAILY:
            turn = days % schedule.every == 0
        else:
            turn = weeks % schedule.every == 0 and day.weekday() in schedule.days
        if turn:
            found.add(day)
        day, days = day + DAY, days + 1
        weeks += day.weekday() == 0
    return found


def walked_strays(schedule: Schedule) -> list[datetime]:
    starts = walked_starts(schedule)
    shown = {at: at.astimezone(ZoneInfo(schedule.zone)).date() for at in starts}
    meant = {at: unmoved(schedule, at).date() for at in starts}
    asked = walked_dates(schedule, max(meant.values(), default=schedule.start.date()))
    return [at for at in starts if meant[at] not in asked or shown[at] != meant[at]]


class Walk:
    """The walk through calling hours, minute by minute."""

    def __init__(self, clock: Clock, hours: CallingHours) -> None:
        week = open_minutes(hours)
        self.clock = clock
        self.week = week
        self.open = bytes(map(week.__getitem__, clock.minutes_of_week))

    def run(self, schedule: Schedule, at: datetime) -> Run:
        step = (at - self.clock.first) // MINUTE
        local = at.astimezone(ZoneInfo(schedule.zone)).replace(tzinfo=None)
        gap = None if self.open[step] else self.gap(step)
        return Run(
            at=at,
            local=local,
            moved=local - unmoved(schedule, at),
            gap=gap,
            inside=self.inside(step),
            opens=self.clock.first + self.open.index(1, step) * MINUTE if gap else None,
        )

    def inside(self, step: int) -> timedelta:
        today = self.clock.steps[self.clock.dates[step]]
        return MINUTE * sum(map(self.open.__getitem__, today[today.index(step) :]))

    def gap(self, step: int) -> Gap:
        """Return the gap, from whether that weekday has hours before or after the local time."""
        weekday, minute = divmod(self.clock.minutes_of_week[step], MINUTES_A_DAY)
        day = self.week[weekday * MINUTES_A_DAY : (weekday + 1) * MINUTES_A_DAY]
        earlier, later = any(day[:minute]), any(day[minute:])
        if earlier and later:
            return Gap.BETWEEN_HOURS
        if earlier:
            return Gap.AFTER_HOURS
        return Gap.BEFORE_HOURS if later else Gap.NO_HOURS


class Chance:
    """Random zones, calling hours and schedules, often near clock changes."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def often(self, part: float = 0.5) -> bool:
        return self.random.random() < part

    def zone(self) -> str:
        return self.random.choice(ODD_ZONES if self.often(0.7) else ALL_ZONES)

    def day(self, zone: str) -> date:
        """Return a day; half of the time, one on which the clocks of the zone change, if any."""
        year = self.random.randrange(2000, 2100)
        day = date(year, 1, 1) + self.random.randrange(365) * DAY
        changes = changing_days(zone, year)
        return self.random.choice(changes) if changes and self.often() else day

    def moment(self) -> time:
        """Return a time of day, often near midnight or at a full or half hour."""
        hour = self.random.choice((23, 0, 1, 2, 3) if self.often(0.4) else range(24))
        minute = self.random.choice((0, 30, 59, 1)) if self.often() else self.random.randrange(60)
        return time(hour, minute)

    def hours(self, zone: str) -> CallingHours:
        """Return calling hours on one to seven days, some with windows that touch."""
        days = self.random.sample(list(Weekday), self.random.randint(1, 7))
        windows = [window for day in days for window in self.windows(day)]
        return CallingHours(zone=zone, windows=tuple(windows))

    def windows(self, day: Weekday) -> list[Window]:
        times = sorted({self.moment() for _ in range(self.random.randint(4, 8))})
        pairs = list(zip(times[::2], times[1::2], strict=False))
        if self.often(0.2):
            pairs = list(pairwise(times))
        return [Window(day=day, start=start, end=end) for start, end in pairs]

    def series(self, around: date, zone: str, hours: CallingHours) -> Schedule:
        """Return a schedule of at most 16 days; try again until its start and end exist."""
        while True:
            start = datetime.combine(around + self.random.randint(-8, 2) * DAY, self.start(hours))
            end = start + self.random.randint(0, 15) * DAY
            if self.often(0.6):
                end += self.random.randint(-600, 600) * MINUTE
            try:
                in_order = in_utc(start, zone) < in_utc(end, zone)
            except ValueError:
                continue
            if in_order:
                return self.schedule(zone, start, end)

    def start(self, hours: CallingHours) -> time:
        """Return a time of day, sometimes one at which calling hours begin or end."""
        window = self.random.choice(hours.windows)
        edge = self.random.choice((window.start, window.end))
        return edge if self.often(0.3) else self.moment()

    def schedule(self, zone: str, start: datetime, end: datetime) -> Schedule:
        weekly = self.often()
        days = self.random.sample(list(Weekday), self.random.randint(1, 5))
        return Schedule(
            recurrence=Recurrence.WEEKLY if weekly else Recurrence.DAILY,
            every=self.random.choice((1, 1, 2, 3)),
            days=tuple(days) if weekly else (),
            zone=zone,
            start=start,
            end=end,
        )


def changing_days(zone: str, year: int) -> list[date]:
    """Return the UTC days of a year on which the zone's UTC offset changes."""
    days = [date(year, 1, 1) + step * DAY for step in range(365)]
    there = ZoneInfo(zone)
    ahead = [midnight(day).astimezone(there).utcoffset() for day in days]
    return [day for day, now, then in zip(days, ahead, ahead[1:], strict=False) if now != then]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.parametrize("seed", range(metafunc.config.getoption("--seeds")))


def test_runs_match_those_of_the_walk(seed: int) -> None:
    chance = Chance(seed)
    for _ in range(PLACES):
        zone = chance.zone()
        around = chance.day(zone)
        clock = read_clock(zone, around)
        for _ in range(OPENINGS):
            walk = Walk(clock, hours := chance.hours(zone))
            for _ in range(SERIES):
                where = zone if chance.often() else chance.zone()
                compare(chance.series(around, where, hours), hours, walk)


def compare(schedule: Schedule, hours: CallingHours, walk: Walk) -> None:
    walked = [walk.run(schedule, at) for at in walked_starts(schedule)]
    assert list(runs(schedule, hours)) == walked, f"{schedule!r} {hours!r}"
    assert count(schedule) == len(walked)
    assert count_effective(schedule, hours) == sum(bool(run.inside) for run in walked)
    assert [run.at for run in strayed(schedule)] == walked_strays(schedule), repr(schedule)
