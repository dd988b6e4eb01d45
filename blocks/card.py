"""The card: one message with a campaign's facts and status, kept up to date."""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from blocks import times
from blocks.actions import WORDS
from blocks.environments import environment_name, in_environment
from blocks.ids import Button, opens
from blocks.kit import Message, button, buttons, code, context, escape, facts, header
from bot.campaigns.actions import ACTIONS
from bot.campaigns.campaign import Snapshot
from bot.campaigns.environment import Environment
from bot.campaigns.refs import CampaignRef
from bot.campaigns.runs import runs
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Kind, Status

KIND_WORDS = {Kind.SMS: "SMS", Kind.VOICE: "Voice"}
# What an SMS campaign sends, by Kore.ai's words; a template counts as a simple message there.
_FORMAT_WORDS = {"simple": "Simple message", "advanced": "Experience flow"}
_MARKS: dict[str, str] = {
    Status.PREPARING: ":hourglass_flowing_sand:",
    Status.READY: ":white_circle:",
    Status.SCHEDULED: ":calendar:",
    Status.RESCHEDULED: ":calendar:",
    Status.ACTIVE: ":large_green_circle:",
    Status.PAUSED: ":double_vertical_bar:",
    Status.STOPPED: ":black_square_for_stop:",
    Status.COMPLETED: ":white_check_mark:",
}
_MARK_UNKNOWN = ":grey_question:"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """What a card shows. `created_by` is a Slack user ID; `news` says what just happened.

    `environment` is set only if the card must name it.
    """

    snapshot: Snapshot
    schedule: Schedule | None = None
    created_by: str | None = None
    checked_at: datetime
    news: str = ""
    environment: Environment | None = None


def card(facts_: CardFacts, *, with_buttons: bool = True) -> Message:
    """Build the campaign's card, with the buttons that fit its status."""
    snapshot = facts_.snapshot
    blocks: list[Block] = [header(snapshot.name)]
    blocks += [context(facts_.news)] if facts_.news else []
    blocks += facts([("Status", status(snapshot.status)), ("ID", code(snapshot.id))])
    where = facts_.environment
    placed = [("Environment", environment_name(where))] if where else []
    blocks += facts(placed + _details(snapshot))
    if facts_.schedule:
        blocks += facts([*schedule_facts(facts_.schedule), *_next_run(facts_, facts_.schedule)])
    blocks.append(context(_small_print(facts_)))
    if with_buttons:
        blocks.append(buttons(*_buttons(facts_)))
    return Message(text=_text(facts_), blocks=blocks)


def status(word: str) -> str:
    """Return a status in words, after its emoji."""
    return f"{_MARKS.get(word, _MARK_UNKNOWN)} {escape(word)}"


def schedule_facts(schedule: Schedule) -> list[tuple[str, str]]:
    """Return the schedule as a person set it, beside the UTC values sent to Kore.ai."""
    zone = escape(schedule.zone)
    return [
        ("Recurrence", times.recurrence(schedule)),
        *([("Weekdays in UTC", times.weekdays(schedule.utc_days))] if schedule.days else []),
        (
            "Starts",
            f"{times.day_and_time(schedule.start)} ({zone})\n{times.utc(schedule.utc_start)}",
        ),
        ("Ends", f"{times.day_and_time(schedule.end)} ({zone})\n{times.utc(schedule.utc_end)}"),
    ]


def _details(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Return the facts that Kore.ai gave; leave out others rather than show them as empty."""
    kind = KIND_WORDS[snapshot.kind] if snapshot.kind else None
    mode = snapshot.dialing_mode or snapshot.format or ""
    described = " · ".join(part for part in (kind, escape(_FORMAT_WORDS.get(mode, mode))) if part)
    found = [
        ("Kind", described),
        ("Contact lists", ", ".join(escape(name) for name in snapshot.contact_lists)),
        ("DNC list", escape(snapshot.dnc_list or "")),
        ("Caller ID", escape(snapshot.caller_id or "")),
        ("Priority", str(snapshot.priority or "")),
        ("Calling hours", times.calling_hours(snapshot.hours) if snapshot.hours else ""),
    ]
    return [(label, value) for label, value in found if value]


def _next_run(facts_: CardFacts, schedule: Schedule) -> list[tuple[str, str]]:
    """Return the next run in the schedule's time zone and in the reader's."""
    run = next(runs(schedule, facts_.snapshot.hours, after=facts_.checked_at), None)
    if run is None:
        return []
    nobody = run.inside is not None and not run.inside
    local = f"{times.day_and_time(run.local)} ({escape(schedule.zone)})"
    note = "\nContacts nobody that day: no calling hours." if nobody else ""
    return [("Next run", f"{local}\n{times.readers_time(run.at)}{note}")]


def _small_print(facts_: CardFacts) -> str:
    who = f"Requested by <@{facts_.created_by}> · " if facts_.created_by else ""
    return f"{who}Checked in Kore.ai {times.readers_time(facts_.checked_at)}"


def _buttons(facts_: CardFacts) -> list[ButtonElement]:
    snapshot = facts_.snapshot
    ref = str(CampaignRef.of(snapshot))
    scheduled = bool(snapshot.starts_by_itself(facts_.schedule, facts_.checked_at))
    shown = [
        button("Refresh", Button.REFRESH, ref),
        button("Reschedule" if scheduled else "Schedule", Button.OPEN_SCHEDULE, ref),
    ]
    for action, row in ACTIONS.items():
        if row.offered and row.offered(snapshot.status, scheduled):
            words = WORDS[action]
            style = "danger" if words.danger else None
            shown.append(button(words.button, opens(action), ref, style=style))
    return shown


def _text(facts_: CardFacts) -> str:
    snapshot = facts_.snapshot
    said = in_environment(facts_.environment) + (f"{facts_.news}. " if facts_.news else "")
    return f"{said}Campaign {escape(snapshot.name)}: {escape(snapshot.status)}. ID {snapshot.id}."
