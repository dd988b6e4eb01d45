"""Contact lists, contacts, and a run's result for each contact."""

from typing import Annotated

from pydantic import Field, SecretStr

from bot.campaigns.names import folded
from bot.campaigns.values import Description, Frozen, Name


class ContactList(Frozen):
    """A contact list as Kore.ai reports it. None means that the response omitted the value.

    `contacts` is their number. `has_time_zones` is whether a column is mapped to the contacts' time
    zones, which then take precedence over the campaign's: contact-center/campaigns. `columns` are
    the known names of its columns, also those that Kore.ai's console uses; `all_columns` is whether
    it certainly has no others. `used_by` are the IDs of the campaigns on it. `environment` is the
    name of the environment in which the bot found it.
    """

    id: str
    name: str
    description: str | None = None
    status: str | None = None
    contacts: int | None = None
    has_time_zones: bool | None = None
    columns: tuple[str, ...] = ()
    all_columns: bool = False
    used_by: tuple[str, ...] = ()
    environment: str | None = None

    def has_column(self, name: str) -> bool | None:
        """Return whether it has a column that a person may mean by this name; None if unknown.

        Kore.ai shows the column firstName as First Name. How exactly it compares is not documented.
        """
        if _plain(name) in map(_plain, self.columns):
            return True
        return False if self.all_columns else None


class NewContactList(Frozen):
    """A contact list to create. Whether it allows duplicates cannot be changed later."""

    name: Name
    description: Description
    allow_duplicates: bool = False


class ListChange(Frozen):
    """A new name or description of a contact list; None leaves it as it is."""

    name: Name | None = None
    description: Description | None = None


class Contact(Frozen):
    """A person on a contact list. The phone number is masked when printed."""

    phone_number: SecretStr
    fields: dict[str, str] = Field(default_factory=dict)


# Kore.ai accepts at most 100 contacts per call: release note 11.15.0.
Contacts = Annotated[tuple[Contact, ...], Field(min_length=1, max_length=100)]


class ContactResult(Frozen):
    """The result of a voice campaign's latest run for one contact."""

    phone_number: SecretStr
    unique_id: str | None = None
    outcome: str | None = None
    attempts: int = 0
    dispositions: tuple[str, ...] = ()
    call_status: str | None = None
    call_status_detail: str | None = None


class ContactResults(Frozen):
    """One page of results; pages count from 1."""

    rows: tuple[ContactResult, ...]
    page: int
    total_pages: int
    total_results: int


def _plain(name: str) -> str:
    """Return a column's name without its capitals, spaces and punctuation."""
    return "".join(filter(str.isalnum, folded(name)))
