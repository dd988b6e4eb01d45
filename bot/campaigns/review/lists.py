"""What is found about the contact lists of a campaign."""

from collections.abc import Iterator

from bot.campaigns.contacts import ContactList
from bot.campaigns.review.findings import Finding, Topic, found

# Made by API, and read from a file without a fault: contact-center/campaigns.
_VALIDATED = {"ready", "validated"}


def of_lists(names: tuple[str, ...], lists: tuple[ContactList, ...] | None) -> Iterator[Finding]:
    """Contact lists that are not there, are empty or unvalidated, or have no time zones.

    `names` are those the campaign uses, which may be ids too; `lists` what Kore.ai has of them.
    A campaign has one at least, so where there is neither name nor list, they are not known.
    """
    if lists is None or not (names or lists):
        yield found(Topic.LISTS_UNCHECKED)
        return
    there = {key for each in lists for key in (each.name, each.id)}
    yield from (found(Topic.LIST_NOT_FOUND, name=name) for name in names if name not in there)
    for each in lists:
        yield from _of_list(each)


def _of_list(each: ContactList) -> Iterator[Finding]:
    if each.contacts == 0:
        yield found(Topic.LIST_EMPTY, name=each.name)
    if each.status is not None and each.status.lower() not in _VALIDATED:
        yield found(Topic.LIST_NOT_VALIDATED, name=each.name, status=each.status)
    if each.has_time_zones is False:
        yield found(Topic.LIST_WITHOUT_TIME_ZONES, name=each.name)
    facts = ("contacts", "status", "has_time_zones")
    if unsaid := [fact for fact in facts if getattr(each, fact) is None]:
        yield found(Topic.LIST_NOT_SAID, name=each.name, facts=[*unsaid])
