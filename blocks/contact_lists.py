"""Contact lists: a page of the account's lists, and one list with everything known of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, SectionBlock
from slack_sdk.models.views import View as Modal

from blocks import times
from blocks.environments import environment_name
from blocks.failures import cause
from blocks.form import FormContext
from blocks.ids import CONTACT_LIST, Button, opens
from blocks.kit import (
    TITLE_MAX,
    Message,
    button,
    buttons,
    clamp,
    code,
    context,
    escape,
    facts,
    header,
    mrkdwn,
    plain,
    section,
)
from bot.campaigns.actions import Action
from bot.campaigns.contacts import ContactList
from bot.campaigns.environment import Environments
from bot.campaigns.list_refs import ListRef
from bot.campaigns.reasons import Failure

NAME_MAX = 150
CAMPAIGNS_SHOWN = 5
_ZONES = {
    True: "Yes: it takes precedence over a campaign's zone",
    False: "No: calling hours go by each campaign's zone",
    None: "Kore.ai does not say",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownList:
    """A contact list with what the bot knows of it.

    `campaigns` are the names of a few campaigns on it. `may_change`: the person may change it, so
    it is shown with the buttons for that. `as_of` is when it was read, None if that is
    not known; `looking` while the bot looks in Kore.ai now, and `failure` is why it could not.
    """

    contact_list: ContactList
    campaigns: Sequence[str] = ()
    as_of: datetime | None = None
    looking: bool = False
    failure: Failure | None = None
    may_change: bool = False


def contact_list_page(
    rows: Sequence[ContactList],
    typed: str,
    page: int,
    *,
    more: bool,
    as_of: datetime | None,
    environments: Environments | None = None,
    may_change: bool = False,
) -> Message:
    """Show one page of contact lists that contain what was typed.

    `as_of` is when all of them were read, None if not all are known. `may_change`: the person may
    create a list.
    """
    narrowed = f" for “{escape(typed)}”" if typed else ""
    title = f"Contact lists{narrowed}" + (f", page {page + 1}" if page or more else "")
    blocks: list[Block] = [section(f"*{title}*")]
    if may_change:
        blocks.append(buttons(button("New contact list", opens(Action.CREATE_LIST), "new")))
    blocks += [_row(each, environments) for each in rows]
    if not rows:
        blocks.append(section(_nothing(narrowed, as_of)))
    if steps := list(_steps(typed, page, more=more)):
        blocks.append(buttons(*steps))
    blocks.append(context(_as_read(as_of)))
    names = ", ".join(escape(clamp(each.name, NAME_MAX)) for each in rows)
    return Message(text=f"{title}: {names or 'none'}", blocks=blocks)


def contact_list_view(
    shown: ShownList, opened_from: FormContext, environments: Environments
) -> Modal:
    """Show a contact list with everything that is known of it.

    The modal carries where it was opened: that channel's roles count for what is pressed in it.
    """
    found = shown.contact_list
    blocks: list[Block] = [header(found.name), *facts(_facts(found, environments))]
    blocks += facts([("Used by", _used_by(found, shown.campaigns))])
    if found.description:
        blocks += [section("*Description*"), SectionBlock(text=plain(found.description, NAME_MAX))]
    if shown.may_change:
        blocks += _ways_to_change(found)
    if looked_at := _looked_at(shown):
        blocks.append(context(looked_at))
    return Modal(
        type="modal",
        callback_id=CONTACT_LIST,
        title=plain("Contact list", TITLE_MAX),
        close=plain("Close", TITLE_MAX),
        private_metadata=opened_from.dump(),
        blocks=blocks,
    )


def size(contact_list: ContactList) -> str:
    """Return how many contacts are on a list."""
    number = contact_list.contacts
    if number is None:
        return "size not known"
    return f"{number:,} contact{'' if number == 1 else 's'}"


def _row(found: ContactList, environments: Environments | None) -> SectionBlock:
    where = environments.to_name(found.environment) if environments else None
    parts = [environment_name(where)] if where else []
    parts += [size(found), escape(found.status or "state not known")]
    text = f"*{escape(clamp(found.name, NAME_MAX))}*\n{' · '.join(parts)}"
    show = button("Show", Button.SHOW_CONTACT_LIST, str(ListRef.of(found)))
    return SectionBlock(text=mrkdwn(text), accessory=show)


def _nothing(narrowed: str, as_of: datetime | None) -> str:
    found = "There is no contact list" if as_of else "The bot has found no contact list"
    return f"{found}{narrowed}."


def _steps(typed: str, page: int, *, more: bool) -> Iterator[ButtonElement]:
    if page > 0:
        yield button("Previous", Button.CONTACT_LISTS_PREVIOUS, f"{page - 1} {typed}".strip())
    if more:
        yield button("Next", Button.CONTACT_LISTS_NEXT, f"{page + 1} {typed}".strip())


def _as_read(as_of: datetime | None) -> str:
    if as_of is None:
        return (
            "The bot has not been able to read all contact lists from Kore.ai, so some may be "
            "missing here."
        )
    return f"All contact lists in Kore.ai, as of {times.readers_time(as_of)}."


def _facts(found: ContactList, environments: Environments) -> list[tuple[str, str]]:
    where = environments.to_name(found.environment)
    return [
        *([("Environment", environment_name(where))] if where else []),
        ("Contacts", "Not known" if found.contacts is None else f"{found.contacts:,}"),
        ("State", escape(found.status or "Kore.ai does not say")),
        ("Time zone column", _ZONES[found.has_time_zones]),
        ("ID", code(found.id)),
    ]


def _ways_to_change(found: ContactList) -> list[Block]:
    """Return the buttons that fit, and why there is none to delete a list in use."""
    ref = str(ListRef.of(found))
    add = button("Add contacts", opens(Action.ADD_CONTACTS), ref)
    rename = button("Rename", opens(Action.RENAME_LIST), ref)
    if found.used_by:
        return [
            buttons(add, rename),
            context("It cannot be deleted while a campaign uses it: Kore.ai refuses that."),
        ]
    return [buttons(add, rename, button("Delete", opens(Action.DELETE_LIST), ref, style="danger"))]


def _used_by(found: ContactList, campaigns: Sequence[str]) -> str:
    """Return how many campaigns use the list, and the names of a few of them."""
    number = len(found.used_by)
    if number == 0:
        return "No campaign"
    names = [escape(clamp(each, NAME_MAX)) for each in campaigns[:CAMPAIGNS_SHOWN]]
    rest = number - len(names)
    if names and rest:
        names.append(f"{rest:,} more")
    counted = f"{number:,} campaign{'' if number == 1 else 's'}"
    return f"{counted}: {', '.join(names)}" if names else counted


def _looked_at(shown: ShownList) -> str:
    read = f"Read {times.readers_time(shown.as_of)}." if shown.as_of else ""
    if shown.looking:
        return f"{read} Looking in Kore.ai now.".strip()
    if shown.failure:
        return f"{read} The bot could not look in Kore.ai now. {cause(shown.failure)}".strip()
    return f"Checked in Kore.ai {times.readers_time(shown.as_of)}." if shown.as_of else ""
