"""The Home tab: the menu, what waits for this person, and their own latest requests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.views import View as Tab

from blocks import messages, times
from blocks.approval import Asking, waiting_line
from blocks.campaign_lists import filters, row
from blocks.emergency import home_blocks
from blocks.ids import Button
from blocks.kit import (
    Message,
    button,
    buttons,
    context,
    escape,
    header,
    look_up,
    look_up_list,
    section,
)
from blocks.not_done import DATABASE_CLOSED
from bot.campaigns.actions import ON_LISTS, Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.environment import Environment, Environments
from bot.campaigns.roles import Refusal
from bot.campaigns.runs import Run
from bot.campaigns.upcoming import Upcoming

# A Home tab takes a hundred blocks: docs.slack.dev/reference/views/home-tab-views.
ROWS_MAX = 10
RUNS_MAX = 5


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A campaign as last seen in Kore.ai, and the time of this person's last request about it."""

    snapshot: Snapshot
    seen_at: datetime
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that Slack has not accepted for a while: what it is about, and why.

    `name` is that of the campaign or contact list, and `action` what was to be done with it.
    """

    name: str
    action: Action
    since: datetime
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the tab shows to a person: their own requests, what waits for them, and the rest.

    `latest` is the first page of all campaigns, and `may_stop_all` are the environments in which
    the person may stop every campaign.
    """

    asked: Sequence[AskedFor] = ()
    waiting: Sequence[Asking] = ()
    undelivered: Sequence[Undelivered] = ()
    upcoming: Upcoming
    latest: Message
    may_stop_all: Sequence[Environment] = ()


def home(shown: Shown, environments: Environments) -> Tab:
    """Build the tab, below the menu with what needs the person first."""
    return _tab(
        [
            *messages.menu().blocks,
            *_undelivered(shown.undelivered),
            *_waiting(shown.waiting),
            *_running(shown.upcoming, environments),
            *_coming(shown.upcoming, environments),
            *_asked(shown.asked, environments),
            header("All campaigns"),
            filters(),
            *shown.latest.blocks,
            *home_blocks(shown.may_stop_all),
        ]
    )


def no_role(refusal: Refusal) -> Tab:
    """Build the tab for a person without a role, or with one that cannot be checked."""
    if refusal.unlisted:
        return _tab([section(messages.unlisted(refusal))])
    ask = messages.whom_to_ask(refusal.others)
    return _tab([section(f"You have no role here, so there is nothing to show. {ask}")])


def records_closed() -> Tab:
    """Build the tab for the time when the bot's database is not available."""
    return _tab(DATABASE_CLOSED.message().blocks)


def _tab(blocks: Sequence[Block]) -> Tab:
    return Tab(type="home", blocks=blocks)


def _undelivered(undelivered: Sequence[Undelivered]) -> list[Block]:
    """Return the messages that the person has not got; no blocks at all if there are none."""
    lines = [
        section(
            f"*{escape(each.name)}*\nSlack has not accepted the bot's message about it since "
            f"{times.readers_time(each.since)} ({escape(each.fault)}). The bot keeps trying. To "
            f"see how it went, type {_look_up(each)}."
        )
        for each in undelivered[:ROWS_MAX]
    ]
    return [header("Not delivered"), *lines] if lines else []


def _look_up(undelivered: Undelivered) -> str:
    is_list = undelivered.action in ON_LISTS
    return look_up_list(undelivered.name) if is_list else look_up(undelivered.name)


def _waiting(waiting: Sequence[Asking]) -> list[Block]:
    """Return the requests that wait; no blocks at all if there are none."""
    if not waiting:
        return []
    lines = [section(waiting_line(each)) for each in waiting[:ROWS_MAX]]
    more = len(waiting) - ROWS_MAX
    return [
        header("Waiting for your approval"),
        *lines,
        *([context(f"{more} more {'waits' if more == 1 else 'wait'}.")] if more > 0 else []),
    ]


def _running(upcoming: Upcoming, environments: Environments) -> list[Block]:
    """Return the campaigns that run now; no blocks at all if none does."""
    rows = [row(each, environments) for each in upcoming.running]
    return [header("Running now"), *rows] if rows else []


def _coming(upcoming: Upcoming, environments: Environments) -> list[Block]:
    """Return the next runs; no blocks at all if none is known to come."""
    rows = [row(e.campaign, environments, _at(e.run)) for e in upcoming.coming]
    said = " ".join(_not_shown(upcoming))
    notes = [context(said)] if said else []
    week = [buttons(button("Calendar of the week", Button.CALENDAR, "home"))] if rows else []
    return [header("Next runs"), *rows, *notes, *week] if rows or notes else []


def _at(run: Run) -> str:
    nobody = ", which contacts nobody: no calling hours that day" if run.contacts_nobody else ""
    return f"\nRuns {times.readers_time(run.at)}{nobody}"


def _not_shown(upcoming: Upcoming) -> Iterator[str]:
    """Yield what is not among the next runs, and why."""
    if upcoming.untimed:
        many = "campaign was" if upcoming.untimed == 1 else "campaigns were"
        yield (
            f"{upcoming.untimed} more {many} scheduled in Kore.ai's console, which does not tell "
            "when they run."
        )
    if upcoming.more:
        yield "Only the campaigns that were changed last are considered."


def _asked(asked: Sequence[AskedFor], environments: Environments) -> list[Block]:
    rows = [_row(each, environments) for each in asked[:ROWS_MAX]]
    return [header("Your latest requests"), *(rows or [section("Nothing yet.")])]


def _row(asked: AskedFor, environments: Environments) -> SectionBlock:
    when = times.readers_time(asked.asked_at)
    seen = times.readers_time(asked.seen_at)
    note = f"\nRequested {when} · Checked in Kore.ai {seen}"
    return row(asked.snapshot, environments, note)
