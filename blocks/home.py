"""The Home tab: what can be done, what waits for this person, and what they asked for last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.views import View as Tab

from blocks import messages, times
from blocks.approval import Asking, waiting_line
from blocks.kit import context, header, section
from blocks.not_done import DATABASE_CLOSED
from bot.campaigns.campaign import Snapshot
from bot.campaigns.environment import Environments

# A Home tab takes a hundred blocks: docs.slack.dev/reference/views/home-tab-views.
ROWS_MAX = 10


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A campaign as last seen in Kore.ai, and when this person last asked for something of it."""

    snapshot: Snapshot
    seen_at: datetime
    asked_at: datetime


def home(asked: Sequence[AskedFor], waiting: Sequence[Asking], environments: Environments) -> Tab:
    """The menu; what waits for this person's answer, if anything; then what they asked for."""
    return _tab([*messages.menu().blocks, *_waiting(waiting), *_asked(asked, environments)])


def no_role(others: Sequence[str]) -> Tab:
    """For somebody without a role; `others` are the Slack users, groups and channels with one."""
    ask = messages.whom_to_ask(others)
    return _tab([section(f"You have no role here, so there is nothing to show. {ask}")])


def records_closed() -> Tab:
    """The bot's database cannot be used now."""
    return _tab(DATABASE_CLOSED.message().blocks)


def _tab(blocks: Sequence[Block]) -> Tab:
    return Tab(type="home", blocks=blocks)


def _waiting(waiting: Sequence[Asking]) -> list[Block]:
    """Nothing at all for whoever has nothing to answer."""
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
    return messages.row(asked.snapshot, environments, note)
