"""A series split at a clock change: the offer, the words about the rest, and its button."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import SectionBlock

from blocks import times
from blocks.environments import in_environment
from blocks.ids import Button
from blocks.kit import Message, button, buttons, escape, mrkdwn, notice, section
from bot.campaigns.environment import Environment
from bot.campaigns.runs import runs
from bot.campaigns.schedule import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Halved:
    """A schedule that was set without its rest; `key` is the submission's."""

    name: str
    first: Schedule
    rest: Schedule
    key: str
    environment: Environment | None = None


def offer(first: Schedule, rest: Schedule) -> SectionBlock:
    """Offer to keep the local time, with a button that splits the schedule."""
    end = _moment(first.end, first.zone)
    text = (
        f"To keep to {times.clock(rest.start)}, end this schedule on {end}, and schedule the rest "
        "afterwards."
    )
    return SectionBlock(
        text=mrkdwn(text), accessory=button("End before the clocks change", Button.SPLIT, "split")
    )


def rest_line(rest: Schedule) -> str:
    """Say what happens to the rest, for the person who confirms or approves the first part."""
    return (
        f"*Not scheduled yet*\nThe rest, {_span(rest)}. Once the first part is scheduled, the "
        "person who requested it gets a button to schedule the rest."
    )


def rest_notice(halved: Halved) -> Message:
    """Tell the author that the first part is scheduled, with a button to schedule the rest."""
    (last,) = deque(runs(halved.first), maxlen=1)
    text = (
        f"{in_environment(halved.environment)}“{escape(halved.name)}” is scheduled until the "
        f"clocks change. Its last run is {_moment(last.local, halved.first.zone)}. The rest, "
        f"{_span(halved.rest)}, is not scheduled yet. Schedule it once the first part is over: "
        "after that last run, and before the rest begins. Doing it earlier replaces the first "
        "part, as Kore.ai keeps one schedule for a campaign."
    )
    press = button("Schedule the rest", Button.SCHEDULE_REST, halved.key)
    return Message(text=text, blocks=[section(text), buttons(press)])


def not_yours(author: str) -> Message:
    """Say that the button for the rest belongs to another person."""
    return notice(
        f"This button is for <@{author}>, who requested the first part. To give the campaign a "
        "schedule of your own, type `/campaign schedule`."
    )


def _span(rest: Schedule) -> str:
    return f"from {times.day_and_time(rest.start)} to {_moment(rest.end, rest.zone)}"


def _moment(local: datetime, zone: str) -> str:
    return f"{times.day_and_time(local)} ({escape(zone)})"
