"""Days, times and hours in words."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from itertools import groupby, pairwise

from blocks.kit import escape
from bot.campaigns.hours import CallingHours, Weekday, Window
from bot.campaigns.runs import Run
from bot.campaigns.schedule import Recurrence, Schedule


def clock(moment: time | datetime) -> str:
    """Format a time as `9:00 AM`."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"  # noqa: PLR2004 # noon


def day(date_: date) -> str:
    """Format a day as `Jan 27, 2026`."""
    return f"{date_:%b} {date_.day}, {date_.year}"


def day_and_time(moment: datetime) -> str:
    """Format a moment as `Tue, Jan 27, 2026, 9:00 AM`, in its own zone."""
    return f"{moment:%a}, {day(moment)}, {clock(moment)}"


def utc(moment: datetime) -> str:
    """Format a moment as `Tue, Jan 27, 2026, 14:00 UTC`."""
    there = moment.astimezone(UTC)
    return f"{there:%a}, {day(there)}, {there:%H:%M} UTC"


def utc_beside(run: Run) -> str:
    """Format a run's UTC time, to show beside its local time; add the weekday if it differs."""
    weekday = "" if run.at.date() == run.local.date() else f"{run.at:%a} "
    return f"{weekday}{run.at:%H:%M} UTC"


def readers_time(moment: datetime) -> str:
    """Return a Slack date token, which readers see in their own zone; the fallback is in UTC.

    Source: docs.slack.dev/messaging/formatting-message-text, "Date formatting".
    """
    return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}} {{time}}|{utc(moment)}>"


def weekdays(days: Iterable[Weekday]) -> str:
    """Format days as `Mon-Wed, Fri`; three or more neighbors become a range."""
    return ", ".join(_run(first, last) for first, last in _runs(sorted(days)))


def calling_hours(hours: CallingHours) -> str:
    """Format hours as `Mon-Fri 9:00 AM-6:00 PM (America/New_York)`; combine equal days."""
    by_day = {day: spans(windows) for day, windows in groupby(hours.windows, lambda w: w.day)}
    alike = {open_: [day for day in by_day if by_day[day] == open_] for open_ in by_day.values()}
    text = "; ".join(f"{weekdays(days)} {open_}" for open_, days in alike.items())
    return f"{text} ({escape(hours.zone)})"


def recurrence(schedule: Schedule) -> str:
    """Format a recurrence as `Every 2 weeks on Mon, Wed`, in the schedule's own zone."""
    unit = "day" if schedule.recurrence is Recurrence.DAILY else "week"
    every = f"Every {unit}" if schedule.every == 1 else f"Every {schedule.every} {unit}s"
    return f"{every} on {weekdays(schedule.days)}" if schedule.days else every


def spans(windows: Iterable[Window]) -> str:
    """Format the hours of one day as `9:00 AM-12:00 PM, 1:00 PM-6:00 PM`."""
    return ", ".join(f"{clock(window.start)}-{clock(window.end)}" for window in windows)


def _run(first: Weekday, last: Weekday) -> str:
    if first == last:
        return first.short
    return f"{first.short}{', ' if last == first + 1 else '-'}{last.short}"


def _runs(days: list[Weekday]) -> list[tuple[Weekday, Weekday]]:
    """Return the first and last of each range of neighbors; `days` is sorted and not empty."""
    breaks = [at for at, (one, next_) in enumerate(pairwise(days), 1) if next_ != one + 1]
    starts, ends = [0, *breaks], [*breaks, len(days)]
    return [(days[start], days[end - 1]) for start, end in zip(starts, ends, strict=True)]
