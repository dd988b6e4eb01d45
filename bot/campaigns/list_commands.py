"""Commands about contact lists."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, PlainSerializer

from bot.campaigns.actions import Action
from bot.campaigns.base_command import BaseCommand
from bot.campaigns.contact_files import ContactField
from bot.campaigns.contacts import ListChange, NewContactList
from bot.campaigns.list_refs import ListRef
from bot.campaigns.names import folded


def _parsed(value: object) -> object:
    return ListRef.parse(value) if isinstance(value, str) else value


# One line of text in JSON, as in buttons and views.
Ref = Annotated[ListRef, BeforeValidator(_parsed), PlainSerializer(str, when_used="json")]


class CreateList(BaseCommand):
    """Create an empty contact list."""

    action: ClassVar = Action.CREATE_LIST
    type: Literal["create_list"] = "create_list"
    contact_list: NewContactList

    @property
    def label(self) -> str:
        """Return the new list's name."""
        return self.contact_list.name

    @property
    def target_id(self) -> str | None:
        """Return None: the list does not exist yet."""
        return None

    def may_share_target(self, other: BaseCommand) -> bool:
        """Return whether both create a list of one name."""
        return isinstance(other, CreateList) and folded(self.label) == folded(other.label)


class OnList(BaseCommand):
    """A command on an existing contact list."""

    contact_list: Ref

    @property
    def label(self) -> str:
        """Return the list's name when it was chosen."""
        return self.contact_list.label

    @property
    def target_id(self) -> str | None:
        """Return the list's ID."""
        return self.contact_list.id

    def may_share_target(self, other: BaseCommand) -> bool:
        """Return whether both are about one contact list."""
        return isinstance(other, OnList) and self.contact_list.id == other.contact_list.id


class RenameList(OnList):
    """Change a contact list's name, its description, or both."""

    action: ClassVar = Action.RENAME_LIST
    type: Literal["rename_list"] = "rename_list"
    change: ListChange


class DeleteList(OnList):
    """Delete a contact list and the contacts on it."""

    action: ClassVar = Action.DELETE_LIST
    type: Literal["delete_list"] = "delete_list"


class AddContacts(OnList):
    """Add the contacts in a file of Slack's to a contact list.

    `digest` is the hash of the file's content, once a review has read it. `region` is the country
    of numbers without a country code. `columns` names the columns that are not to be guessed.
    """

    action: ClassVar = Action.ADD_CONTACTS
    type: Literal["add_contacts"] = "add_contacts"
    file: str
    digest: str | None = None
    region: str | None = None
    columns: Mapping[ContactField, str] = Field(default_factory=dict)


ListChangeCommand = CreateList | RenameList | DeleteList
AnyListCommand = ListChangeCommand | AddContacts
