"""The form that adds contacts from a file to a contact list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import Field

from blocks.contact_import import FIELD_WORDS
from blocks.fields import FileField, TextField
from blocks.forms.lists import ListForm
from blocks.forms.region import COUNTRY
from blocks.ids import View
from blocks.state import SlackId
from bot.campaigns.actions import Action
from bot.campaigns.contact_files import ContactField
from bot.campaigns.list_commands import AddContacts
from bot.campaigns.names import folded
from bot.campaigns.phones import Senders
from bot.campaigns.regions import Region

_FIELDS: Mapping[str, ContactField] = {folded(word): field for field, word in FIELD_WORDS.items()}
COLUMNS_MAX = 1000


class AddContactsForm(ListForm):
    """The fields for adding contacts: to which list, from which file, and how to read it."""

    view: ClassVar = View.ADD_CONTACTS
    title: ClassVar = "Add contacts"
    action: ClassVar = Action.ADD_CONTACTS
    order: ClassVar = ("environment", "contact_list", "files", "region", "columns")

    files: Annotated[
        tuple[SlackId, ...],
        Field(min_length=1, max_length=1),
        FileField(
            label="File",
            filetypes=("csv", "txt", "tsv"),
            hint="A CSV file whose first line names the columns. The bot shows how it reads it "
            "before it adds anybody.",
        ),
    ]
    region: Annotated[Region | None, COUNTRY] = None
    columns: Annotated[
        str | None,
        Field(max_length=COLUMNS_MAX),
        TextField(
            label="Columns",
            optional=True,
            multiline=True,
            placeholder="Phone number = Mobile",
            hint=f"Only if the review shows them wrong: a line for each of "
            f"{', '.join(FIELD_WORDS.values())}.",
        ),
    ] = None

    def problems(self, now: datetime, senders: Senders) -> dict[str, str]:
        """Return what is wrong with the list or the columns."""
        if found := super().problems(now, senders):
            return found
        if wrong := next((line for line in self._lines if _chosen(line) is None), None):
            return {"columns": f"“{wrong}”: write a line such as Phone number = Mobile."}
        return {}

    def command(self) -> AddContacts:
        """Return the command that adds the contacts."""
        chosen = dict(each for line in self._lines if (each := _chosen(line)))
        return AddContacts(
            contact_list=self.ref, file=self.files[0], region=self.region, columns=chosen
        )

    @property
    def _lines(self) -> list[str]:
        return [line for line in (self.columns or "").splitlines() if line.strip()]


def _chosen(line: str) -> tuple[ContactField, str] | None:
    """Return the field and the column that a line names; None if it names none."""
    word, _, name = line.partition("=")
    field = _FIELDS.get(folded(word))
    return (field, name.strip()) if field and name.strip() else None
