"""A contact list is checked before it is created, renamed, deleted or filled."""

import pytest

from bot.campaigns.actions import Action
from bot.campaigns.contact_files import ContactField, FileReview, RowFault
from bot.campaigns.contacts import ContactList, ListChange
from bot.campaigns.csv_files import FileFault
from bot.campaigns.review import OpenChange
from bot.campaigns.review.changes import UnfinishedChange
from bot.campaigns.review.contacts import (
    FileFacts,
    FileNotReceived,
    FileUnreadable,
    NoContacts,
    RowsLeftOut,
)
from bot.campaigns.review.findings import Finding
from bot.campaigns.review.list_changes import (
    ContactListMissing,
    ContactListUnchecked,
    ContactsLost,
    ListFacts,
    ListInUse,
    ListNamesUnchecked,
    ListNameTaken,
    ListRenamedSince,
    ListRenamedWhileUsed,
    ListUnchanged,
)
from bot.campaigns.review.reviews import (
    review_contacts,
    review_deletion,
    review_new_list,
    review_renaming,
)

LEADS = ContactList(id="cl-1", name="Leads", contacts=3)
USED = LEADS.model_copy(update={"used_by": ("cd-1", "cd-2")})
FOUND = ListFacts(found=True, present=LEADS, others=("VIP",))
GONE = ListFacts(found=False, others=())
OPEN = OpenChange(action=Action.RENAME_LIST, by="U1", waits=False)
FILE = FileReview(
    columns={ContactField.PHONE_NUMBER: "Phone"},
    encoding="utf-8",
    delimiter=",",
    good=2,
    faults={},
)
NEW = ListChange(name="New leads")


def having(facts: ListFacts, **changed: object) -> ListFacts:
    return facts.model_copy(update=changed)


@pytest.mark.parametrize(
    ("facts", "findings"),
    [
        (ListFacts(others=("VIP",)), ()),
        (ListFacts(others=("VIP", "new  LEADS")), (ListNameTaken(name="new  LEADS"),)),
        (ListFacts(), (ListNamesUnchecked(),)),
        (ListFacts(others=(), open_changes=(OPEN,)), (UnfinishedChange(change=OPEN),)),
    ],
)
def test_a_new_list_needs_a_free_name(facts: ListFacts, findings: tuple[Finding, ...]) -> None:
    assert review_new_list("New leads", facts) == findings


@pytest.mark.parametrize(
    ("change", "facts", "findings"),
    [
        (NEW, FOUND, ()),
        (NEW, having(FOUND, others=("NEW leads",)), (ListNameTaken(name="NEW leads"),)),
        (NEW, having(FOUND, others=None), (ListNamesUnchecked(),)),
        (NEW, having(FOUND, present=USED), (ListRenamedWhileUsed(campaigns=2),)),
        (ListChange(description="All"), having(FOUND, present=USED, others=None), ()),
        (ListChange(), FOUND, (ListUnchanged(),)),
        (NEW, GONE, (ContactListMissing(name="Leads"),)),
        (NEW, ListFacts(others=()), (ContactListUnchecked(),)),
    ],
)
def test_a_renamed_list_needs_a_free_name_and_to_exist(
    change: ListChange, facts: ListFacts, findings: tuple[Finding, ...]
) -> None:
    assert review_renaming("Leads", change, facts) == findings


@pytest.mark.parametrize(
    ("typed", "facts", "findings"),
    [
        ("leads", FOUND, (ContactsLost(contacts=3),)),
        (
            "Leads",
            having(FOUND, present=USED, campaigns=("Sale",)),
            (ListInUse(campaigns=2, names=("Sale",)), ContactsLost(contacts=3)),
        ),
        ("Old", FOUND, (ListRenamedSince(typed="Old", now="Leads"), ContactsLost(contacts=3))),
        ("Leads", GONE, (ContactListMissing(name="Leads"), ContactsLost(contacts=None))),
        ("Leads", ListFacts(), (ContactsLost(contacts=None), ContactListUnchecked())),
    ],
)
def test_a_list_is_deleted_only_unused_and_under_its_name(
    typed: str, facts: ListFacts, findings: tuple[Finding, ...]
) -> None:
    assert review_deletion(typed, facts) == findings


@pytest.mark.parametrize(
    ("read", "findings"),
    [
        (FileFacts(file=FILE), ()),
        (FileFacts(), (FileNotReceived(),)),
        (
            FileFacts(fault=FileFault.QUOTES, line=7),
            (FileUnreadable(fault=FileFault.QUOTES, line=7),),
        ),
        (FileFacts(file=FILE.model_copy(update={"good": 0})), (NoContacts(),)),
        (
            FileFacts(file=FILE.model_copy(update={"faults": {RowFault.TWICE: 1}})),
            (RowsLeftOut(faults={RowFault.TWICE: 1}),),
        ),
    ],
)
def test_contacts_are_added_only_from_a_file_that_has_some(
    read: FileFacts, findings: tuple[Finding, ...]
) -> None:
    assert review_contacts("Leads", FOUND, read) == findings
