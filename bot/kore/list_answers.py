"""Models of responses about contact lists, contacts and results.

Source: the sample responses of docs.kore.ai/ai-for-service/apis/contact-center.
"""

from typing import Literal

from pydantic import ConfigDict, Field, SecretStr, model_validator

from bot.campaigns.contacts import Contact, ContactList, ContactResult, ContactResults
from bot.kore.answer_models import Answered, Maybe, Rows, Text, without_nulls
from bot.kore.campaign_answers import ID

# Kore.ai's own fields of a contact, as opposed to the contact list's.
_BOOKKEEPING = frozenset({"_id", "id", "createdAt", "updatedAt"})


class _Use(Answered):
    id: str = Field(validation_alias=ID)


class _Mapping(Answered):
    """The columns mapped to Kore.ai's contact fields; empty if none is mapped."""

    time_zone: Maybe[str] = Field(None, alias="timeZone")


class ContactListRow(Answered):
    """A contact list as in every response."""

    id: str = Field(validation_alias=ID, min_length=1)
    name: str
    description: Text = None
    status: Text = None
    contacts: Maybe[int] = Field(None, alias="totalRecordCount")
    mapping: Maybe[_Mapping] = None
    used_by: Maybe[list[Maybe[_Use]]] = Field(None, alias="campaignInUse")

    _nulls = model_validator(mode="before")(without_nulls)

    def value(self) -> ContactList:
        """Return the domain value; campaigns by ID, because their names here can be outdated."""
        zones = self.mapping.time_zone if self.mapping else None
        return ContactList(
            id=self.id,
            name=self.name,
            description=self.description,
            status=self.status,
            contacts=self.contacts,
            has_time_zones=None if zones is None else bool(zones.strip()),
            used_by=tuple(use.id for use in self.used_by or () if use),
        )


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
