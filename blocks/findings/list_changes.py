"""Findings about a contact list to create, rename or delete, in words."""

from blocks.findings.words import finding_words, typed
from bot.campaigns.review import list_changes

_GO_ON = "You can go on: the bot looks again before it sends anything."


@finding_words.register
def _(finding: list_changes.ListNameTaken) -> str:
    return (
        f"There is a contact list named “{typed(finding.name)}” already, and campaigns name their "
        "lists. Choose another name."
    )


@finding_words.register
def _(_finding: list_changes.ListNamesUnchecked) -> str:
    return f"The bot could not check whether another contact list has this name. {_GO_ON}"


@finding_words.register
def _(finding: list_changes.ContactListMissing) -> str:
    return (
        f"Kore.ai no longer has the contact list “{typed(finding.name)}”. See which there are with "
        "`/campaign lists`."
    )


@finding_words.register
def _(_finding: list_changes.ContactListUnchecked) -> str:
    return f"The bot could not look up the contact list. {_GO_ON}"


@finding_words.register
def _(_finding: list_changes.ListUnchanged) -> str:
    return "The contact list has this name and description already."


@finding_words.register
def _(finding: list_changes.ListRenamedWhileUsed) -> str:
    return (
        f"{_campaigns(finding.campaigns)} on this list. Kore.ai does not document whether they "
        "follow a new name: look at them after it."
    )


@finding_words.register
def _(finding: list_changes.ListInUse) -> str:
    known = [*map(typed, finding.names)]
    rest = finding.campaigns - len(known)
    few = ", ".join([*known, *([f"{rest:,} more"] if rest > 0 else [])]) if known else ""
    return (
        f"{_campaigns(finding.campaigns)} on this list{few and f': {few}'}. Kore.ai deletes a "
        "contact list only when no campaign uses it: give them another list, or delete them, first."
    )


@finding_words.register
def _(finding: list_changes.ListRenamedSince) -> str:
    return (
        f"This contact list is called “{typed(finding.now)}” now, not “{typed(finding.typed)}”. "
        "Look at it again before you delete it."
    )


@finding_words.register
def _(finding: list_changes.ContactsLost) -> str:
    number = finding.contacts
    if number is None:
        lost = "All contacts on it are"
    elif number == 1:
        lost = "The 1 contact on it is"
    else:
        lost = f"The {number:,} contacts on it are"
    return f"{lost} deleted with it, and nothing can bring them back."


def _campaigns(number: int) -> str:
    return "1 campaign is" if number == 1 else f"{number:,} campaigns are"
