"""The forms that create, rename and delete contact lists."""

from datetime import datetime
from typing import Annotated, ClassVar

from blocks.fields import ChoiceField, LookupField, TextField
from blocks.form import Form, Values
from blocks.ids import Source, View
from blocks.list_changes import DUPLICATES_WORDS
from blocks.words import CHOOSE
from bot.campaigns import values
from bot.campaigns.actions import Action
from bot.campaigns.contacts import ContactList, ListChange, NewContactList
from bot.campaigns.list_commands import CreateList, DeleteList, RenameList
from bot.campaigns.list_refs import ListRef
from bot.campaigns.names import folded
from bot.campaigns.phones import Senders


def _label(text: str) -> str:
    ref = ListRef.parse(text)
    return ref.label if ref else text


class CreateListForm(Form):
    """The fields of a new contact list."""

    view: ClassVar = View.CREATE_LIST
    title: ClassVar = "New contact list"
    action: ClassVar = Action.CREATE_LIST
    order: ClassVar = ("environment", "name", "description", "allow_duplicates")

    name: Annotated[values.Name, TextField(label="Name")]
    description: Annotated[values.Description, TextField(label="Description", multiline=True)]
    allow_duplicates: Annotated[
        bool,
        ChoiceField(
            label="May a number be on it twice?",
            words=DUPLICATES_WORDS,
            initial="false",
            hint="Kore.ai does not let anybody change this later.",
        ),
    ]

    def problems(self, now: datetime, senders: Senders) -> dict[str, str]:
        """Return nothing: the fields do not depend on each other."""
        return {}

    def command(self) -> CreateList:
        """Return the command that creates the list."""
        new = NewContactList(
            name=self.name,
            description=self.description,
            allow_duplicates=self.allow_duplicates,
        )
        return CreateList(contact_list=new)


class ListForm(Form):
    """The field of every form about an existing contact list."""

    contact_list: Annotated[
        values.ExternalName,
        LookupField(label="Contact list", source=Source.CHOSEN_LISTS, shown=_label),
    ]

    def problems(self, now: datetime, senders: Senders) -> dict[str, str]:
        """Return what is wrong with the chosen list: nothing known, or in another environment."""
        ref = ListRef.parse(self.contact_list)
        if ref is None or not ref.name:
            return {"contact_list": CHOOSE}
        if self.environment and ref.environment not in {None, self.environment}:
            there = f"This contact list is in {ref.environment}, not in {self.environment}."
            return {"contact_list": there}
        return {}

    @property
    def ref(self) -> ListRef:
        """Return the chosen list, once `problems` has found none."""
        ref = ListRef.parse(self.contact_list)
        assert ref  # noqa: S101 # `problems` refuses anything else
        return ref


class RenameListForm(ListForm):
    """The fields for a contact list's new name and description."""

    view: ClassVar = View.RENAME_LIST
    title: ClassVar = "Rename a contact list"
    action: ClassVar = Action.RENAME_LIST
    order: ClassVar = ("environment", "contact_list", "name", "description")

    name: Annotated[values.Name, TextField(label="New name")]
    description: Annotated[
        values.Description | None,
        TextField(
            label="New description",
            multiline=True,
            optional=True,
            hint="Leave it empty to keep the present one.",
        ),
    ] = None

    def command(self) -> RenameList:
        """Return the command that changes the list."""
        change = ListChange(name=self.name, description=self.description)
        return RenameList(contact_list=self.ref, change=change)


class DeleteListForm(ListForm):
    """The fields for deleting a contact list: which one, and its name as a confirmation."""

    view: ClassVar = View.DELETE_LIST
    title: ClassVar = "Delete a contact list"
    action: ClassVar = Action.DELETE_LIST
    order: ClassVar = ("environment", "contact_list", "typed_name")

    typed_name: Annotated[
        values.ExternalName,
        TextField(label="Type its name", hint="Everybody on the list is deleted with it."),
    ]

    def problems(self, now: datetime, senders: Senders) -> dict[str, str]:
        """Return what is wrong with the chosen list, or that its name is not what was typed."""
        if found := super().problems(now, senders):
            return found
        if folded(self.typed_name) != folded(self.ref.name):
            return {"typed_name": "This is not the name of the contact list above."}
        return {}

    def command(self) -> DeleteList:
        """Return the command that deletes the list."""
        return DeleteList(contact_list=self.ref)


def values_of(contact_list: ContactList) -> Values:
    """Return the values of a form about a contact list, with those that can be changed."""
    return {
        "contact_list": str(ListRef.of(contact_list)),
        "name": contact_list.name,
        "description": contact_list.description,
        "environment": contact_list.environment,
    }
