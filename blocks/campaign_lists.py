"""Lists of campaigns: a page of the account's campaigns, and those with the same name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    OverflowMenuElement,
    SectionBlock,
)

from blocks import card, times
from blocks.environments import environment_name
from blocks.ids import MENU, Button
from blocks.kit import (
    Message,
    button,
    buttons,
    code,
    context,
    escape,
    look_up,
    mrkdwn,
    notice,
    option,
    section,
)
from blocks.names import list_progress
from bot.campaigns.campaign import Snapshot
from bot.campaigns.environment import Environments
from bot.campaigns.reasons import ListProgress
from bot.campaigns.refs import CampaignRef

# What the menu of filters offers, each with its filter as people type it. Slack takes five.
_FILTERS = (
    ("SMS", "sms"),
    ("Voice", "voice"),
    ("Active", "active"),
    ("Scheduled", "scheduled"),
    ("Completed", "completed"),
)


@dataclass(frozen=True, slots=True)
class AsRead:
    """How true a list is: as of when it has every campaign, or how far they were read.

    `as_of` is None if not every campaign was read yet.
    """

    as_of: datetime | None = None
    progress: ListProgress | None = None

    @property
    def words(self) -> str:
        """Return a sentence for below a list."""
        if self.as_of:
            return f"All campaigns in Kore.ai, as of {times.readers_time(self.as_of)}."
        return list_progress(self.progress) if self.progress else ""


def choices(
    name: str, found: Sequence[Snapshot], environments: Environments | None = None
) -> Message:
    """Ask which of several campaigns with the same name is meant."""
    question = f"{len(found)} campaigns are called “{escape(name)}”. Which one do you mean?"
    rows = [
        SectionBlock(
            text=mrkdwn(f"{_place(each, environments)}{code(each.id)} {card.status(each.status)}"),
            accessory=button("Show", Button.SHOW_STATUS, str(CampaignRef.of(each))),
        )
        for each in found[:20]
    ]
    return Message(text=question, blocks=[section(question), *rows])


def campaign_list(
    rows: Sequence[Snapshot],
    filters: str,
    page: int,
    *,
    more: bool,
    read: AsRead,
    environments: Environments | None = None,
) -> Message:
    """Show one page of the account's campaigns; `filters` is the typed filter."""
    narrowed = f" for “{escape(filters)}”" if filters else ""
    if not rows:
        return _nothing(narrowed, read)
    title = f"Campaigns{narrowed}" + (f", page {page + 1}" if page or more else "")
    blocks: list[Block] = [section(f"*{title}*"), *(row(each, environments) for each in rows)]
    if steps := list(_steps(filters, page, more=more)):
        blocks.append(buttons(*steps))
    if read.words:
        blocks.append(context(read.words))
    names = ", ".join(escape(each.name) for each in rows)
    return Message(text=f"{title}: {names}", blocks=blocks)


def filters() -> SectionBlock:
    """Return a menu that shows the campaigns of a kind, or those with a status."""
    options = [option(f"{Button.LIST} 0 {each}", label) for label, each in _FILTERS]
    menu = OverflowMenuElement(action_id=MENU, options=options)
    return SectionBlock(text=mrkdwn("To see only some of them, open the menu."), accessory=menu)


def _nothing(narrowed: str, read: AsRead) -> Message:
    found = "There is no campaign" if read.as_of else "The bot has found no campaign"
    return notice(
        f"{found}{narrowed}. {read.words} Filter campaigns by sms or voice, then a status such as "
        f"ready, then part of the name. To look one up, type {look_up('<name or ID>')}."
    )


def _steps(filters: str, page: int, *, more: bool) -> Iterator[ButtonElement]:
    if page > 0:
        yield button("Previous", Button.LIST_PREVIOUS, f"{page - 1} {filters}".strip())
    if more:
        yield button("Next", Button.LIST_NEXT, f"{page + 1} {filters}".strip())


def row(snapshot: Snapshot, environments: Environments | None, note: str = "") -> SectionBlock:
    """Show a campaign in a list, with a button that shows more; `note` is formatted."""
    kind = card.KIND_WORDS[snapshot.kind] if snapshot.kind else "Campaign"
    state = f"{kind} · {card.status(snapshot.status)} · {code(snapshot.id)}"
    text = f"*{escape(snapshot.name)}*\n{_place(snapshot, environments)}{state}{note}"
    show = button("Show", Button.SHOW_STATUS, str(CampaignRef.of(snapshot)))
    return SectionBlock(text=mrkdwn(text), accessory=show)


def _place(snapshot: Snapshot, environments: Environments | None) -> str:
    """Return the campaign's environment as a prefix, if it must be named."""
    found = environments.to_name(snapshot.environment) if environments else None
    return f"{environment_name(found)} · " if found else ""
