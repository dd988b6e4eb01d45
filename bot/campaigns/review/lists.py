"""Checks of the contact lists that a campaign uses."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from bot.campaigns.contacts import ContactList
from bot.campaigns.review.findings import Finding, Severity

# The status of a list created by API, and of one whose file was read without an error:
# contact-center/campaigns.
_VALIDATED = {"ready", "validated"}


class ListFact(StrEnum):
    """A field of ContactList that Kore.ai's response can omit."""

    CONTACTS = "contacts"
    STATUS = "status"
    HAS_TIME_ZONES = "has_time_zones"


class ListNotFound(Finding, topic="list_not_found", severity=Severity.WARNING):
    """Kore.ai has no contact list of this name."""

    name: str


class ListEmpty(Finding, topic="list_empty", severity=Severity.WARNING):
    """A contact list has no contacts."""

    name: str


class ListNotValidated(Finding, topic="list_not_validated", severity=Severity.WARNING):
    """Kore.ai has not validated a contact list; `status` is the reported status."""

    name: str
    status: str


class ListWithoutTimeZones(Finding, topic="list_without_time_zones", severity=Severity.WARNING):
    """No column of a contact list is mapped to its contacts' time zones."""

    name: str


class ListsUnchecked(Finding, topic="lists_unchecked", severity=Severity.UNCHECKED):
    """The contact lists could not be looked up."""


class ListFactsUnknown(Finding, topic="list_not_said", severity=Severity.UNCHECKED):
    """Kore.ai's response about a contact list omits facts."""

    name: str
    facts: tuple[ListFact, ...]


def check_lists(names: Sequence[str], lists: Sequence[ContactList] | None) -> Iterator[Finding]:
    """Find contact lists that are missing, empty or not validated, or have no time zones.

    `names` are the names or IDs of the campaign's lists, `lists` is Kore.ai's data about them.
    Every campaign has at least one list, so if both are empty the lists are unknown.
    """
    if lists is None or not (names or lists):
        yield ListsUnchecked()
        return
    known = {key for each in lists for key in (each.name, each.id)}
    yield from (ListNotFound(name=name) for name in names if name not in known)
    # Grouped by kind of finding: all empty lists are shown together.
    yield from (ListEmpty(name=each.name) for each in lists if each.contacts == 0)
    yield from _check_status(lists)
    yield from (
        ListWithoutTimeZones(name=each.name) for each in lists if each.has_time_zones is False
    )
    yield from _check_facts(lists)


def _check_status(lists: Sequence[ContactList]) -> Iterator[Finding]:
    for each in lists:
        if each.status is not None and each.status.lower() not in _VALIDATED:
            yield ListNotValidated(name=each.name, status=each.status)


def _check_facts(lists: Sequence[ContactList]) -> Iterator[Finding]:
    for each in lists:
        if unknown := tuple(fact for fact in ListFact if getattr(each, fact) is None):
            yield ListFactsUnknown(name=each.name, facts=unknown)
