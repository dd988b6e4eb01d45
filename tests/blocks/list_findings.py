"""The words for the findings about contact lists and files of contacts."""

from bot.campaigns.review import contacts, list_changes
from bot.campaigns.review.findings import Finding

LIST_WORDS: dict[type[Finding], str] = {
    list_changes.ListNameTaken: (
        "There is a contact list named “News” already, and campaigns name their lists. Choose "
        "another name."
    ),
    list_changes.ListNamesUnchecked: (
        "The bot could not check whether another contact list has this name. You can go on: the "
        "bot looks again before it sends anything."
    ),
    list_changes.ContactListMissing: (
        "Kore.ai no longer has the contact list “News”. See which there are with `/campaign lists`."
    ),
    list_changes.ContactListUnchecked: (
        "The bot could not look up the contact list. You can go on: the bot looks again before it "
        "sends anything."
    ),
    list_changes.ListUnchanged: "The contact list has this name and description already.",
    list_changes.ListRenamedWhileUsed: (
        "1 campaign is on this list. Kore.ai does not document whether they follow a new name: "
        "look at them after it."
    ),
    list_changes.ListInUse: (
        "1,200 campaigns are on this list: One, Two, 1,198 more. Kore.ai deletes a contact list "
        "only when no campaign uses it: give them another list, or delete them, first."
    ),
    list_changes.ListRenamedSince: (
        "This contact list is called “Old news” now, not “News”. Look at it again before you "
        "delete it."
    ),
    list_changes.ContactsLost: (
        "The 1,200 contacts on it are deleted with it, and nothing can bring them back."
    ),
    contacts.FileUnreadable: (
        "Line 1,200 of the file begins a value in quotes that does not end, or goes on after its "
        "quote."
    ),
    contacts.FileNotReceived: (
        "Slack did not give the file to the bot. Go back, and put it in again."
    ),
    contacts.ListNameShared: (
        "Several contact lists are called “News”, and Kore.ai adds contacts by the list's name. "
        "Rename one of them first."
    ),
    contacts.NoContacts: "No line of the file has a contact that can be added.",
    contacts.RowsLeftOut: (
        "Some lines are left out: 1,200 with not a phone number, or without its country code; 1 "
        "with the same number as an earlier line. The report names each."
    ),
}
