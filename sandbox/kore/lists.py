"""The seven contact list operations.

https://docs.kore.ai/ai-for-service/apis/contact-center/create-contact-list-v2
"""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from sandbox.kore.account import Account
from sandbox.kore.answers import success, timestamp
from sandbox.kore.calls import Call, Json
from sandbox.kore.fields import Nothing, Strict, read
from sandbox.kore.refusals import invalid
from sandbox.kore.state import ContactList, State, new_id

ListName = Annotated[str, Field(min_length=1, max_length=48)]
ListDescription = Annotated[str, Field(max_length=256)]

CONTACTS_PAGE = 50
# The fields of a contact to which columns are mapped.
MAPPED = ("firstName", "lastName", "phoneNumber", "timeZone", "uniqueId", "contactPriority")


class NewList(Strict):
    """A new list; `allow_duplicates` cannot be changed later."""

    name: ListName
    description: ListDescription
    source: Literal["passiveApi"]
    allow_duplicates: bool = False


class ListChange(Strict):
    """The fields of a list that can be changed."""

    name: ListName | None = None
    description: ListDescription | None = None


class Contact(Strict):
    """A person to call or text; unmapped fields are kept unchanged."""

    model_config = ConfigDict(extra="allow")

    phone_number: Annotated[str, Field(pattern=r"^\+?[0-9]{5,15}$")]


class NewContacts(Strict):
    """New contacts, and the name of their list."""

    contact_list_name: Annotated[str, Field(alias="contact_list_name")]
    data: Annotated[list[Contact], Field(min_length=1, max_length=100)]


def create_list(account: Account, call: Call) -> Json:
    """Create an empty list."""
    body = read(NewList, call.body)
    _require_free(account.state, body.name)
    now = account.clock.now()
    made = ContactList(
        new_id("cl"),
        body.name,
        body.description,
        body.allow_duplicates,
        created_at=now,
        updated_at=now,
    )
    account.state.contact_lists[made.id] = made
    return _answer(account, made, "created")


def update_list(account: Account, call: Call) -> Json:
    """Change a list's name or description; its campaigns get the new name."""
    body = read(ListChange, call.body)
    changed = _addressed(account.state, call)
    if body.name is not None and body.name != changed.name:
        _require_free(account.state, body.name)
        _rename(account.state, changed, body.name)
    if body.description is not None:
        changed.description = body.description
    changed.updated_at = account.clock.now()
    return _answer(account, changed, "updated")


def get_list(account: Account, call: Call) -> Json:
    """Look a list up by id."""
    return _answer(account, _addressed(account.state, call), "retrieved")


def delete_list(account: Account, call: Call) -> Json:
    """Delete a list and its contacts, unless a campaign uses it."""
    deleted = _addressed(account.state, call)
    if account.state.campaigns_using(deleted):
        raise invalid("contactList is in use by a campaign")
    del account.state.contact_lists[deleted.id]
    return _answer(account, deleted, "deleted")


def all_lists(account: Account, call: Call) -> Json:
    """Return all lists; the page shows POST in one place and GET in another."""
    if call.query.get("type", "call") != "call":
        raise invalid("type in the query must be call")
    if call.body is not None:
        read(Nothing, call.body)
    rows = [_row(account, each) for each in account.state.contact_lists.values()]
    data = _first_page(rows, max(1, len(rows))) if account.lists_as_page else rows
    return success("Contact lists retrieved successfully", data)


def list_contacts(account: Account, call: Call) -> Json:
    """Return the first page of a list's contacts; how to request other pages is undocumented."""
    contacts = _addressed(account.state, call).contacts
    return success("Contacts retrieved successfully", _first_page(contacts, CONTACTS_PAGE))


def add_contacts(account: Account, call: Call) -> Json:
    """Accept contacts for a list; the answer has no status and no count of added contacts.

    They are on it some time later: see `adding_seconds`.
    """
    body = read(NewContacts, call.body)
    contact_list = account.state.contact_list_named(body.contact_list_name)
    if contact_list is None:
        raise invalid(f"contact_list_name does not exist: {body.contact_list_name}")
    now = account.clock.now()
    due = now + timedelta(seconds=account.adding_seconds)
    rows = [{"_id": new_id("cc"), **each.model_dump(by_alias=True)} for each in body.data]
    contact_list.arriving += [(due, row) for row in rows]
    contact_list.arrive(now)
    return {"message": "Adding contacts to public list is in progress"}


def _first_page(rows: list[Json], limit: int) -> Json:
    return {
        "results": rows[:limit],
        "skip": 0,
        "limit": limit,
        "hasMore": len(rows) > limit,
        "totalPages": -(-len(rows) // limit),
        "totalResults": len(rows),
    }


def _addressed(state: State, call: Call) -> ContactList:
    return state.contact_list(call.params["contact_list"])


def _require_free(state: State, name: str) -> None:
    if state.contact_list_named(name) is not None:
        raise invalid(f"name: a contact list named {name} already exists")


def _rename(state: State, changed: ContactList, name: str) -> None:
    for campaign in state.campaigns_using(changed):
        names = campaign.body["contactLists"]
        campaign.body["contactLists"] = [name if each == changed.name else each for each in names]
    changed.name = name


def _column(contact_list: ContactList, mapped: str) -> str:
    """Return the column mapped to a field, empty if none is.

    A list made through the API maps every field to the column of its name. In a list made of a
    file, the samples map them whatever the case of the column's name.
    """
    if not contact_list.columns:
        return mapped
    return next((each for each in contact_list.columns if each.lower() == mapped.lower()), "")


def _answer(account: Account, contact_list: ContactList, outcome: str) -> Json:
    message = f"Contact list {contact_list.name} {outcome} successfully"
    return success(message, _row(account, contact_list))


def _row(account: Account, contact_list: ContactList) -> Json:
    users = account.state.campaigns_using(contact_list)
    row = {
        "id": contact_list.id,
        "name": contact_list.name,
        "description": contact_list.description,
        "status": "Validated" if contact_list.columns else "Ready",
        "mapping": {each: _column(contact_list, each) for each in MAPPED},
        "source": "localDrive" if contact_list.columns else "passiveApi",
        "listType": "call",
        "allowDuplicates": contact_list.allow_duplicates,
        "totalRecordCount": len(contact_list.contacts),
        "campaignInUse": [{"id": each.id, "name": each.name} for each in users],
        "createdAt": timestamp(contact_list.created_at),
        "updatedAt": timestamp(contact_list.updated_at),
    }
    return row | {"columns": list(contact_list.columns)} if account.tells_columns else row
