"""What the author of a schedule is told of its runs: before they begin, and if one did not."""

from collections.abc import Iterator

from slack_sdk.models.blocks import ButtonElement

from blocks import times
from blocks.card import status
from blocks.changes import settings_changed
from blocks.environments import name_and_place
from blocks.ids import COMMAND, Button, opens
from blocks.kit import Message, button, buttons, escape, notice, section
from bot.campaigns.actions import Action
from bot.campaigns.environment import Environments
from bot.campaigns.notifications import HourMoves, MissedRun, OfRun, RunAhead
from bot.campaigns.run_warnings import RunWarning


def run_ahead(told: RunAhead, environments: Environments) -> Message:
    """Warn of what speaks against the next run by now."""
    reasons = "\n".join(f"• {each}" for each in _against(told.warning))
    text = (
        f"{name_and_place(told.campaign, environments)} will run "
        f"{times.readers_time(told.run_at)}, as you scheduled it. By now this speaks against it:\n"
        f"{reasons}\nIt runs all the same, unless you remove the schedule."
    )
    return Message(text=text, blocks=[section(text), buttons(_remove(told), _show(told))])


def hour_moves(told: HourMoves, environments: Environments) -> Message:
    """Ask whether a schedule shall keep its local time after a clock change."""
    requested, zone = told.local - told.moved, escape(told.zone)
    text = (
        f"The clocks change, and {name_and_place(told.campaign, environments)} moves with them: "
        f"from {times.day_and_time(told.local)} ({zone}) on it will run at "
        f"{times.clock(told.local)}, not at {times.clock(requested)} as you scheduled it. Kore.ai "
        "keeps the hour in UTC. If you leave it, it runs at that hour until clocks change again."
    )
    keep = button(
        f"Keep {times.clock(requested)}", Button.KEEP_HOUR, str(told.campaign), style="primary"
    )
    return Message(text=text, blocks=[section(text), buttons(keep, _show(told))])


def hour_is_kept(ref: str) -> Message:
    """Say that the next run is at the requested time, or begins too soon to change that."""
    return notice(
        "There is nothing to set right now: the next run is at the requested time, or it begins "
        f"before that time. To look at the schedule, type `{COMMAND} schedule {escape(ref)}`."
    )


def missed_run(told: MissedRun, environments: Environments) -> Message:
    """Tell that Kore.ai shows no sign of a run."""
    text = (
        f"{name_and_place(told.campaign, environments)} seems not to have run: its run was due "
        f"{times.readers_time(told.run_at)}, and at {times.readers_time(told.seen_at)} Kore.ai "
        f"showed it as {status(told.status)} and not changed since before the run. So nobody seems "
        "to have been contacted, unless its schedule was changed in Kore.ai's console, which does "
        "not tell when it runs. Look there before you start it by hand: a start contacts everybody "
        "on its lists."
    )
    return Message(text=text, blocks=[section(text), buttons(_show(told))])


def _remove(told: OfRun) -> ButtonElement:
    ref = str(told.campaign)
    return button("Remove schedule", opens(Action.UNSCHEDULE), ref, style="danger")


def _show(told: OfRun) -> ButtonElement:
    return button("Show", Button.SHOW_STATUS, str(told.campaign))


def _against(warning: RunWarning) -> Iterator[str]:
    for name in warning.empty:
        yield f"The contact list {escape(name)} is empty."
    for each in warning.grown:
        name, sizes = escape(each.name), f"{each.now:,} contacts; it had {each.was:,}"
        yield f"The contact list {name} has {sizes}."
    if warning.dnc_gone:
        yield f"It no longer has the DNC list {escape(warning.dnc_gone)}."
    if warning.change:
        yield from settings_changed(warning.change)
