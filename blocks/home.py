"""The Home tab: the menu, what waits for this person, and their own latest requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.views import View as Tab

from blocks import messages, times
from blocks.approval import Asking, waiting_line
from blocks.campaign_lists import row
from blocks.kit import Message, context, escape, header, look_up, section
from blocks.not_done import DATABASE_CLOSED
from bot.campaigns.campaign import Snapshot
from bot.campaigns.environment import Environments
from bot.campaigns.roles import Refusal

# A Home tab takes a hundred blocks: docs.slack.dev/reference/views/home-tab-views.
ROWS_MAX = 10


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A campaign as last seen in Kore.ai, and the time of this person's last request about it."""

    snapshot: Snapshot
    seen_at: datetime
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that Slack has not accepted for a while: which campaign it is about, and why."""

    name: str
    since: datetime
    fault: str


def home(
    asked: Sequence[AskedFor],
    waiting: Sequence[Asking],
    undelivered: Sequence[Undelivered],
    latest: Message,
    environments: Environments,
) -> Tab:
    """Build the tab: the menu, what waits or was not delivered, the person's own requests, and the
    first page of all campaigns.
    """
    return _tab(
        [
            *messages.menu().blocks,
            *_undelivered(undelivered),
            *_waiting(waiting),
            *_asked(asked, environments),
            header("All campaigns"),
            *latest.blocks,
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
            f"see how it went, type {look_up(each.name)}."
        )
        for each in undelivered[:ROWS_MAX]
    ]
    return [header("Not delivered"), *lines] if lines else []


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


def _asked(asked: Sequence[AskedFor], environments: Environments) -> list[Block]:
    rows = [_row(each, environments) for each in asked[:ROWS_MAX]]
    return [header("Your latest requests"), *(rows or [section("Nothing yet.")])]


def _row(asked: AskedFor, environments: Environments) -> SectionBlock:
    when = times.readers_time(asked.asked_at)
    seen = times.readers_time(asked.seen_at)
    note = f"\nRequested {when} · Checked in Kore.ai {seen}"
    return row(asked.snapshot, environments, note)
