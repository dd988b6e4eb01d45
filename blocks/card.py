"""The card: one message with a campaign's status and what most people need, kept up to date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, OverflowMenuElement

from blocks import times
from blocks.actions import WORDS
from blocks.environments import environment_name, in_environment
from blocks.ids import Button, opens
from blocks.kit import (
    HEADER_MAX,
    Message,
    button,
    buttons,
    code,
    context,
    escape,
    facts,
    header,
    menu,
    section,
    shorten,
)
from blocks.progress import progress_line
from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.environment import Environment
from bot.campaigns.phones import formatted
from bot.campaigns.refs import CampaignRef
from bot.campaigns.results import ResultCounts
from bot.campaigns.runs import runs
from bot.campaigns.schedule import Schedule
from bot.campaigns.statuses import possible
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
    Status.DELETED: ":wastebasket:",
}
_MARK_UNKNOWN = ":grey_question:"
_ON_THE_CARD = frozenset({Action.UNSCHEDULE, Action.START, Action.STOP})
_IN_THE_MENU = frozenset({Action.EDIT, Action.DELETE, Action.RESULTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """What a card shows. `created_by` is a Slack user ID; `news` says what just happened.

    `sizes` are the numbers of contacts of its contact lists, by name, as far as they are known.
    `counts` are of its latest run, as last read.
    `environment` is set only if the card must name it.
    """

    snapshot: Snapshot
    schedule: Schedule | None = None
    created_by: str | None = None
    checked_at: datetime
    sizes: Mapping[str, int] = field(default_factory=dict)
    counts: ResultCounts | None = None
    news: str = ""
    environment: Environment | None = None


def card(facts_: CardFacts) -> Message:
    """Build the campaign's card in a channel, with the buttons that fit its status."""
    snapshot = facts_.snapshot
    blocks: list[Block] = [header(snapshot.name)]
    blocks += [context(facts_.news)] if facts_.news else []
    blocks += [section("\n".join(_glance(facts_))), context(_small_print(facts_))]
    if snapshot.status != Status.DELETED:
        ref = str(CampaignRef.of(snapshot))
        refresh, watch = button("Refresh", Button.REFRESH, ref), button("Watch", Button.WATCH, ref)
        *fitting, menu_ = _buttons(facts_, ("Details", Button.DETAILS))
        blocks.append(buttons(refresh, *fitting, watch, menu_))
    return Message(text=_text(facts_), blocks=blocks)


def acted(facts_: CardFacts) -> Message:
    """Build the reply in a card's thread about what was done to its campaign."""
    line = f"{_name(facts_)}: {facts_.news}."
    return Message(text=_text(facts_), blocks=[section(line), context(" · ".join(_state(facts_)))])


def moved(facts_: CardFacts, link: str | None = None) -> Message:
    """Build what stays of a card once there is a later one in its channel, at the `link`."""
    news = f"{facts_.news}. " if facts_.news else ""
    further = "Its card is now further down in this channel."
    shown = f"<{link}|Its card> is now further down in this channel." if link else further
    line = f"{_name(facts_)}: {news}{shown}"
    return Message(text=f"{_text(facts_)} {further}", blocks=[section(line)])


def details(facts_: CardFacts, *, with_buttons: bool) -> Message:
    """Build everything that is known of a campaign, for one person, in a modal."""
    snapshot = facts_.snapshot
    blocks: list[Block] = [header(snapshot.name)]
    blocks += facts([("Status", status(snapshot.status)), ("ID", code(snapshot.id))])
    where = facts_.environment
    placed = [("Environment", environment_name(where))] if where else []
    blocks += facts(placed + _details(snapshot))
    if facts_.schedule:
        blocks += facts([*schedule_facts(facts_.schedule), *_next_run(facts_, facts_.schedule)])
    blocks.append(context(_small_print(facts_)))
    if with_buttons and snapshot.status != Status.DELETED:
        blocks.append(buttons(*_buttons(facts_)))
    return Message(text=_text(facts_), blocks=blocks)


def _glance(facts_: CardFacts) -> Iterator[str]:
    """Yield the status, then whom it reaches from where, and when."""
    snapshot, where = facts_.snapshot, facts_.environment
    place = [environment_name(where)] if where else []
    yield " · ".join([f"*{status(snapshot.status)}*", code(snapshot.id), *place])
    lists = ", ".join(_sized(name, facts_.sizes) for name in snapshot.contact_lists)
    kind = KIND_WORDS[snapshot.kind] if snapshot.kind else ""
    sender = escape(formatted(snapshot.caller_id or ""))
    reach = [kind, f"to {lists}" if lists else "", f"from {sender}" if sender else ""]
    if said := " · ".join(filter(None, reach)):
        yield said
    if line := _progress(facts_):
        yield line
    yield from _planned(facts_)


def _progress(facts_: CardFacts) -> str:
    if facts_.counts is None:
        return ""
    on_lists = sum(facts_.sizes.get(each, 0) for each in facts_.snapshot.contact_lists)
    return progress_line(facts_.counts, facts_.snapshot.status, on_lists)


def _name(facts_: CardFacts) -> str:
    """Return the name, as long as a card's header has it."""
    return f"*{escape(shorten(facts_.snapshot.name, HEADER_MAX))}*"


def _state(facts_: CardFacts) -> Iterator[str]:
    """Yield the status, the ID, and when it runs."""
    yield status(facts_.snapshot.status)
    yield code(facts_.snapshot.id)
    yield from _planned(facts_)


def _planned(facts_: CardFacts) -> Iterator[str]:
    if facts_.schedule:
        yield f"{times.recurrence(facts_.schedule)}, {_coming(facts_, facts_.schedule)}"


def _coming(facts_: CardFacts, schedule: Schedule) -> str:
    """Return the next run in the reader's time."""
    run = next(runs(schedule, facts_.snapshot.hours, after=facts_.checked_at), None)
    if run is None:
        return "no run ahead"
    nobody = " (contacts nobody: no calling hours that day)" if run.contacts_nobody else ""
    return f"next run {times.readers_time(run.at)}{nobody}"


def _sized(name: str, sizes: Mapping[str, int]) -> str:
    return f"{escape(name)} ({sizes[name]:,})" if name in sizes else escape(name)


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
        ("Caller ID", escape(formatted(snapshot.caller_id or ""))),
        ("Priority", str(snapshot.priority or "")),
        ("Calling hours", times.calling_hours(snapshot.hours) if snapshot.hours else ""),
    ]
    return [(label, value) for label, value in found if value]


def _next_run(facts_: CardFacts, schedule: Schedule) -> list[tuple[str, str]]:
    """Return the next run in the schedule's time zone and in the reader's."""
    run = next(runs(schedule, facts_.snapshot.hours, after=facts_.checked_at), None)
    if run is None:
        return []
    local = f"{times.day_and_time(run.local)} ({escape(schedule.zone)})"
    note = "\nContacts nobody that day: no calling hours." if run.contacts_nobody else ""
    return [("Next run", f"{local}\n{times.readers_time(run.at)}{note}")]


def _small_print(facts_: CardFacts) -> str:
    who = f"Requested by <@{facts_.created_by}> · " if facts_.created_by else ""
    return f"{who}Checked in Kore.ai {times.readers_time(facts_.checked_at)}"


def _buttons(
    facts_: CardFacts, *first: tuple[str, str]
) -> list[ButtonElement | OverflowMenuElement]:
    """Return the buttons that fit the status; the rarer ones are in a menu, after the `first`."""
    snapshot = facts_.snapshot
    ref = CampaignRef.of(snapshot)
    scheduled = bool(snapshot.starts_by_itself(facts_.schedule, facts_.checked_at))
    fitting = possible(snapshot.status, snapshot.kind, scheduled=scheduled)
    shown = [
        button("Reschedule" if scheduled else "Schedule", Button.OPEN_SCHEDULE, str(ref)),
        *(_button(action, ref) for action in fitting if action in _ON_THE_CARD),
    ]
    rest = [(WORDS[each].button, opens(each)) for each in fitting if each in _IN_THE_MENU]
    return [*shown, menu([*first, *rest, ("Clone", Button.CLONE)], ref.short)]


def _button(action: Action, ref: CampaignRef) -> ButtonElement:
    words = WORDS[action]
    style = "danger" if words.danger else None
    return button(words.button, opens(action), str(ref), style=style)


def _text(facts_: CardFacts) -> str:
    snapshot = facts_.snapshot
    said = in_environment(facts_.environment) + (f"{facts_.news}. " if facts_.news else "")
    return f"{said}Campaign {escape(snapshot.name)}: {escape(snapshot.status)}. ID {snapshot.id}."
