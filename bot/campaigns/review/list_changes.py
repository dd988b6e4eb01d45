"""Checks before a contact list is created, renamed or deleted."""

from collections.abc import Iterator

from bot.campaigns.contacts import ContactList, ListChange
from bot.campaigns.names import folded
from bot.campaigns.review.changes import UnfinishedChange
from bot.campaigns.review.findings import Finding, Severity
from bot.campaigns.review.model import OpenChange
from bot.campaigns.values import Frozen


class ListNameTaken(Finding, topic="list_name_taken", severity=Severity.BLOCKER):
    """Another contact list has this name, in any spelling that people take for the same."""

    name: str


class ListNamesUnchecked(Finding, topic="list_names_unchecked", severity=Severity.UNCHECKED):
    """Whether another contact list has this name is unknown."""


class ContactListMissing(Finding, topic="contact_list_missing", severity=Severity.BLOCKER):
    """Kore.ai no longer has the contact list."""

    name: str


class ContactListUnchecked(Finding, topic="contact_list_unchecked", severity=Severity.UNCHECKED):
    """The contact list could not be looked up."""


class ListUnchanged(Finding, topic="list_unchanged", severity=Severity.NEEDLESS):
    """The contact list has this name and description already."""


class ListRenamedWhileUsed(Finding, topic="list_renamed_in_use", severity=Severity.WARNING):
    """Campaigns use the contact list that gets another name."""

    campaigns: int


class ListInUse(Finding, topic="list_in_use", severity=Severity.BLOCKER):
    """Campaigns use the contact list to delete: all of them in number, a few by name."""

    campaigns: int
    names: tuple[str, ...] = ()


class ListRenamedSince(Finding, topic="list_renamed_since", severity=Severity.BLOCKER):
    """The contact list to delete has another name now than the one that was typed."""

    typed: str
    now: str


class ContactsLost(Finding, topic="contacts_lost", severity=Severity.WARNING):
    """The contacts on the list are deleted with it; None if their number is unknown."""

    contacts: int | None


class ListFacts(Frozen):
    """The facts about a contact list to change; None means not received in time.

    `found` is whether Kore.ai has it, and `present` what it says of it. `others` are the names of
    the other contact lists. `campaigns` are the names of a few campaigns that use it.
    `open_changes` are other unfinished changes of it.
    """

    found: bool | None = None
    present: ContactList | None = None
    others: tuple[str, ...] | None = None
    campaigns: tuple[str, ...] = ()
    open_changes: tuple[OpenChange, ...] = ()


def check_new_list(name: str, facts: ListFacts) -> Iterator[Finding]:
    """Yield the findings about a contact list to create."""
    yield from _check_name(name, facts)
    yield from _check_open_changes(facts)


def check_renaming(named: str, change: ListChange, facts: ListFacts) -> Iterator[Finding]:
    """Yield the findings about a contact list to rename.

    `named` is its name when it was chosen, and `change` only what differs from its present values.
    """
    yield from _check_found(named, facts)
    if facts.present and change == ListChange():
        yield ListUnchanged()
    if change.name:
        yield from _check_name(change.name, facts)
        if facts.present and facts.present.used_by:
            yield ListRenamedWhileUsed(campaigns=len(facts.present.used_by))
    yield from _check_open_changes(facts)


def check_deletion(typed: str, facts: ListFacts) -> Iterator[Finding]:
    """Yield the findings about a contact list to delete, whose name the author has typed."""
    yield from _check_found(typed, facts)
    present = facts.present
    if present and present.used_by:
        yield ListInUse(campaigns=len(present.used_by), names=facts.campaigns)
    if present and folded(present.name) != folded(typed):
        yield ListRenamedSince(typed=typed, now=present.name)
    yield ContactsLost(contacts=present.contacts if present else None)
    yield from _check_open_changes(facts)


def check_list(named: str, facts: ListFacts) -> Iterator[Finding]:
    """Yield the findings about a contact list that had this name, whatever is done with it."""
    yield from _check_found(named, facts)
    yield from _check_open_changes(facts)


def _check_found(named: str, facts: ListFacts) -> Iterator[Finding]:
    if facts.found is None:
        yield ContactListUnchecked()
    elif facts.present is None:
        yield ContactListMissing(name=named)


def _check_name(name: str, facts: ListFacts) -> Iterator[Finding]:
    if facts.others is None:
        yield ListNamesUnchecked()
    elif taken := [each for each in facts.others if folded(each) == folded(name)]:
        yield ListNameTaken(name=taken[0])


def _check_open_changes(facts: ListFacts) -> Iterator[Finding]:
    yield from (UnfinishedChange(change=each) for each in facts.open_changes)
