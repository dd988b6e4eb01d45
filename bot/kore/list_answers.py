"""Models of responses about contact lists, contacts and results.

Source: the sample responses of docs.kore.ai/ai-for-service/apis/contact-center.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import ConfigDict, Field, SecretStr, model_validator

from bot.campaigns.contacts import Contact, ContactList, ContactResult, ContactResults
from bot.kore.answer_models import Answered, Maybe, Rows, Text, without_nulls
from bot.kore.campaign_answers import ID

# Kore.ai's fields to which columns are mapped, with the names that its console shows for them:
# contact-center/campaigns, "Contact List View".
_SHOWN_AS = {
    "phoneNumber": "Phone Number",
    "firstName": "First Name",
    "lastName": "Last Name",
    "timeZone": "Time Zone",
    "uniqueId": "Unique Identifier",
    "contactPriority": "Contact Priority",
}
# Kore.ai's own fields of a contact, as opposed to the contact list's.
_BOOKKEEPING = frozenset({"_id", "id", "createdAt", "updatedAt"})


class _Use(Answered):
    id: str = Field(validation_alias=ID)


class ContactListRow(Answered):
    """A contact list as in every response.

    `mapping` has the column of each of Kore.ai's contact fields, empty if none is mapped. `columns`
    are those of a list's file. A list that is filled by API has no `columns` there, although its
    contacts can have any fields (release note 11.15.0).
    """

    id: str = Field(validation_alias=ID, min_length=1)
    name: str
    description: Text = None
    status: Text = None
    contacts: Maybe[int] = Field(None, alias="totalRecordCount")
    mapping: Maybe[dict[str, Maybe[str]]] = None
    columns: Maybe[list[Maybe[str]]] = None
    used_by: Maybe[list[Maybe[_Use]]] = Field(None, alias="campaignInUse")

    _nulls = model_validator(mode="before")(without_nulls)

    def value(self) -> ContactList:
        """Return the domain value; campaigns by ID, because their names here can be outdated."""
        zones = (self.mapping or {}).get("timeZone")
        return ContactList(
            id=self.id,
            name=self.name,
            description=self.description,
            status=self.status,
            contacts=self.contacts,
            has_time_zones=None if zones is None else bool(zones.strip()),
            columns=tuple(dict.fromkeys(self._column_names())),
            all_columns=self._has_all_columns(),
            used_by=tuple(use.id for use in self.used_by or () if use),
        )

    def _has_all_columns(self) -> bool:
        """Return whether the columns of its file are known, and what they are mapped to."""
        columns = self.columns or [None]
        return self.mapping is not None and None not in columns

    def _column_names(self) -> Iterator[str]:
        """Yield the name of each column and, if it is mapped, the name that the console shows."""
        for field, column in (self.mapping or {}).items():
            if column and column.strip():
                yield _SHOWN_AS.get(field, field)
                yield column.strip()
        yield from (column.strip() for column in self.columns or () if column and column.strip())


class ContactListAnswer(Answered):
    """The response to create and get."""

    data: ContactListRow


class ContactListsAnswer(Answered):
    """The response to listing all contact lists."""

    data: Rows[ContactListRow]


class ContactRow(Answered):
    """A person on a contact list."""

    model_config = ConfigDict(extra="allow")

    phone_number: str = Field(alias="phoneNumber", repr=False)

    def value(self) -> Contact:
        """Return the domain value."""
        known = {
            key: str(value)
            for key, value in (self.model_extra or {}).items()
            if key not in _BOOKKEEPING and value is not None
        }
        return Contact(phone_number=SecretStr(self.phone_number), fields=known)


class ContactsAnswer(Answered):
    """The response to listing a list's contacts."""

    data: Rows[ContactRow]


class _ResultRow(Answered):
    phone_number: str = Field(alias="phoneNumber", repr=False)
    unique_id: Text = Field(None, alias="uniqueId")
    outcome: Text = Field(None, alias="dialerOutcome")
    attempts: Maybe[int] = Field(None, alias="numberOfAttemptsSoFar")
    dispositions: Maybe[tuple[str, ...]] = Field(None, alias="agentDispositionCodes")
    call_status: Text = Field(None, alias="botOutboundStatus")
    call_status_detail: Text = Field(None, alias="botOutboundStatusDetail")

    def value(self) -> ContactResult:
        return ContactResult(
            phone_number=SecretStr(self.phone_number),
            unique_id=self.unique_id,
            outcome=self.outcome,
            attempts=self.attempts or 0,
            dispositions=self.dispositions or (),
            call_status=self.call_status,
            call_status_detail=self.call_status_detail,
        )


class _Results(Rows[_ResultRow]):
    page: int
    total: int = Field(alias="totalResults")
    total_pages: int = Field(alias="totalPages")


class ResultsAnswer(Answered):
    """The response to a query for a voice campaign's results by contact."""

    data: _Results

    def value(self) -> ContactResults:
        """Return the domain value of the page."""
        return ContactResults(
            rows=tuple(row.value() for row in self.data.readable),
            page=self.data.page,
            total_pages=self.data.total_pages,
            total_results=self.data.total,
        )


class Confirmation(Answered):
    """A response that only confirms success."""

    status: Literal["success"]


class Acceptance(Answered):
    """The response to adding contacts: accepted, but without a status or job ID."""

    message: str
