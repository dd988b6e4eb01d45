"""The runs of the coming week: in words by day, and as a picture of days and hours."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from blocks import times
from blocks.environments import name_and_place
from blocks.kit import escape
from blocks.results import GROUND, INK
from bot.campaigns.environment import Environments
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import to_local
from bot.campaigns.upcoming import ComingRun

TITLE = "Runs of the coming week"
# So many runs are named beside the picture, which shows all.
NAMED_MAX = 40
_DAYS = 7
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_CELL = {"width": 64, "height": 26}
# Of two dark enough for white digits, the darker one stands for more runs.
_FEW, _MANY = "#1264a3", "#0b3d63"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The runs of the seven days after `now`, for a reader in a time zone."""

    runs: Sequence[ComingRun]
    now: datetime
    zone: str
    environments: Environments


def calendar_words(calendar: Calendar) -> str:
    """Return the runs by day, each with its time."""
    shown = calendar.runs[:NAMED_MAX]
    lines = [f"*{TITLE}* ({escape(calendar.zone)})"]
    for day, runs in groupby(shown, lambda each: _local(calendar, each).date()):
        lines += [f"*{day:%a}, {times.day(day)}*", *(_line(calendar, each) for each in runs)]
    more = len(calendar.runs) - len(shown)
    lines += [f"{more:,} more {'run is' if more == 1 else 'runs are'} not named here."] * (more > 0)
    return "\n".join(lines)


def nothing_planned(zone: str) -> str:
    """Say that no run is known to come."""
    return (
        f"No run of the coming seven days ({escape(zone)}) is known that reaches somebody. When "
        "campaigns run that were scheduled in Kore.ai's console, only Kore.ai knows."
    )


def calendar_alt_text(calendar: Calendar) -> str:
    """Return the picture in words: how many runs each day has."""
    days = Counter(_local(calendar, each).date() for each in calendar.runs)
    said = (f"{_day(day)} {days[day]}" for day in _days(calendar))
    return f"Calendar. {TITLE}, {calendar.zone}: {', '.join(said)}."


def calendar_chart(calendar: Calendar) -> dict[str, Any]:
    """Return the picture as a Vega-Lite specification: vega.github.io/vega-lite/docs/spec.html."""
    days, hours = [_day(each) for each in _days(calendar)], list(_hours(calendar))
    x = {"field": "day", "type": "ordinal", "scale": {"domain": days}, "axis": _axis("top")}
    y = {"field": "hour", "type": "ordinal", "scale": {"domain": hours}, "axis": _axis("left")}
    numbers = {"text": {"field": "runs", "type": "quantitative"}}
    return {
        "$schema": _SCHEMA,
        "background": GROUND,
        "padding": 16,
        "title": {"text": TITLE, "subtitle": f"Runs by the hour, {calendar.zone}"},
        "data": {"values": list(_cells(calendar))},
        "width": {"step": _CELL["width"]},
        "height": {"step": _CELL["height"]},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "rect", "cornerRadius": 3}, "encoding": {"color": _COLOR}},
            {"mark": {"type": "text", "fontSize": 14, "color": "white"}, "encoding": numbers},
        ],
        "config": {"view": {"stroke": None}, "title": {"color": INK, "subtitleColor": INK}},
    }


_COLOR = {
    "condition": {"test": "datum.runs > 1", "value": _MANY},
    "value": _FEW,
}


def _axis(side: str) -> dict[str, Any]:
    look = {"title": None, "labelColor": INK, "labelFontSize": 13, "labelAngle": 0}
    return look | {"orient": side, "domain": False, "ticks": False, "labelPadding": 8}


def _cells(calendar: Calendar) -> Iterator[dict[str, Any]]:
    """Yield how many runs begin in each hour of each day that has one."""
    local = (_local(calendar, each) for each in calendar.runs)
    for (day, hour), runs in Counter((each.date(), each.hour) for each in local).items():
        yield {"day": _day(day), "hour": _hour(hour), "runs": runs}


def _hours(calendar: Calendar) -> Iterator[str]:
    """Yield the hours from the earliest to the latest run of any day."""
    hours = [_local(calendar, each).hour for each in calendar.runs]
    yield from (_hour(each) for each in range(min(hours), max(hours) + 1))


def _hour(hour: int) -> str:
    return times.clock(datetime(2000, 1, 1, hour))  # noqa: DTZ001 # a time of day


def _days(calendar: Calendar) -> list[date]:
    """Return the days that the coming week touches: eight, unless it begins at midnight."""
    first = to_local(calendar.now, calendar.zone).date()
    last = max((_local(calendar, each).date() for each in calendar.runs), default=first)
    return [first + timedelta(days=each) for each in range(max(_DAYS, (last - first).days + 1))]


def _day(day: date) -> str:
    return f"{day:%a} {day.day}"


def _local(calendar: Calendar, coming: ComingRun) -> datetime:
    return to_local(coming.run.at, calendar.zone)


def _line(calendar: Calendar, coming: ComingRun) -> str:
    name = name_and_place(CampaignRef.of(coming.campaign), calendar.environments)
    return f"• {times.clock(_local(calendar, coming))} {name}"
