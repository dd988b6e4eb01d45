"""A client of Kore.ai's campaign API, with one method for each operation.

Every method raises a `KoreError`: its class is the reason, and `outcome` is what is known of its
effect. Reads are retried here, writes only if they provably were not carried out.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from types import TracebackType
from typing import Self, TypeVar

import httpx
import structlog

from bot.campaigns.campaign import SmsCampaign, Snapshot, VoiceCampaign
from bot.campaigns.contacts import Contact, ContactList, ContactResults, Contacts, NewContactList
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Kind, Status, status_word
from bot.kore.account import Account, Choices
from bot.kore.answer_models import Answered, Rows
from bot.kore.bodies import contact_list_body, contacts_body, search_body
from bot.kore.calls import Caller
from bot.kore.campaign_answers import (
    CampaignAnswer,
    CampaignPage,
    CampaignRow,
    RunAnswer,
    ScheduleAnswer,
    StatusAnswer,
    TriggerAnswer,
)
from bot.kore.cursors import Cursor, Window
from bot.kore.endpoints import Operation
from bot.kore.list_answers import (
    Acceptance,
    Confirmation,
    ContactListAnswer,
    ContactListsAnswer,
    ContactsAnswer,
    ResultsAnswer,
)
from bot.kore.paging import Listing, Page, read_page
from bot.kore.rate_limit import Turn, no_limit
from bot.kore.retries import Pause
from bot.kore.routes import Routes
from bot.kore.translate import schedule_body
from bot.kore.transport import TIMEOUTS, Fence, Transport, no_fence
from bot.kore.writing import creation, replacement

Row = TypeVar("Row", bound=Answered)
T = TypeVar("T")

_START = {Kind.SMS: Operation.START_SMS, Kind.VOICE: Operation.START_VOICE}
_STOP = {Kind.SMS: Operation.STOP_SMS, Kind.VOICE: Operation.STOP_VOICE}


class KoreClient:
    """A client for one Kore.ai account with open connections: use `async with` or `aclose()`."""

    def __init__(
        self,
        account: Account,
        choices: Choices | None = None,
        *,
        environment: str | None = None,
        timeouts: httpx.Timeout = TIMEOUTS,
        transport: httpx.AsyncBaseTransport | None = None,
        pause: Pause = asyncio.sleep,
        turn: Turn = no_limit,
        fence: Fence = no_fence,
    ) -> None:
        """Connect nothing yet.

        Every request waits for its `turn`, and one that changes something checks the `fence` right
        before it is written. Every returned campaign gets this `environment`.
        `timeouts`, `transport` and `pause` are for tests.
        """
        self._environment = environment
        self._choices = choices or Choices()
        self._transport = Transport(
            account, timeouts=timeouts, transport=transport, turn=turn, fence=fence
        )
        self._ask = Caller(self._transport, Routes(account, self._choices), pause).ask

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def reserve(self) -> None:
        """Wait for a turn now, so that this task's next write is sent without waiting."""
        await self._transport.reserve()

    async def create_campaign(self, campaign: SmsCampaign | VoiceCampaign) -> Snapshot:
        """Create a campaign without starting it. Voice is Preparing for a while, then Ready."""
        operation, body = creation(campaign, self._choices)
        answer = await self._ask(CampaignAnswer, operation, body)
        return self._with_environment(answer.data.snapshot(campaign.kind))

    async def get_campaign(self, campaign_id: str) -> Snapshot:
        """Return the current state of a campaign, with its details."""
        answer = await self._ask(CampaignAnswer, Operation.GET_CAMPAIGN, campaign=campaign_id)
        found = self._with_environment(answer.data.snapshot())
        return found.model_copy(update={"details": answer.data.details()})

    async def update_campaign(
        self, campaign_id: str, campaign: SmsCampaign | VoiceCampaign, *, scheduled: bool
    ) -> Snapshot:
        """Replace the whole campaign: a DNC list that it does not name is lost.

        `scheduled` is whether it has a schedule. Whether Kore.ai keeps that is not documented, so
        look at the returned campaign.
        """
        operation, body = replacement(campaign, self._choices, scheduled=scheduled)
        answer = await self._ask(CampaignAnswer, operation, body, campaign=campaign_id)
        return self._with_environment(answer.data.snapshot(campaign.kind))

    async def delete_campaign(self, campaign_id: str, kind: Kind) -> None:
        """Delete a campaign."""
        await self._ask(
            Confirmation, Operation.DELETE_CAMPAIGN, campaign=campaign_id, kind=kind.value
        )

    async def list_campaigns(
        self, kind: Kind, cursor: Cursor, *, statuses: Sequence[Status] = ()
    ) -> Page[Snapshot]:
        """Return a page of the campaigns of a kind; without `statuses`, those of every status.

        A new `Cursor` begins with the latest. The page may have rows that the one before had too.
        """
        page = await read_page(partial(self._campaigns, kind, statuses), cursor)
        rows = tuple(self._with_environment(row.snapshot(kind)) for row in page.rows)
        return page.with_rows(rows)

    async def _campaigns(
        self, kind: Kind, statuses: Sequence[Status], window: Window
    ) -> Rows[CampaignRow]:
        body = search_body(kind, statuses, window)
        answer = await self._ask(CampaignPage, Operation.LIST_CAMPAIGNS, body)
        return _log_unreadable(Operation.LIST_CAMPAIGNS, answer.data)

    async def start_campaign(self, campaign_id: str, kind: Kind) -> RunAnswer:
        """Start the campaign from the top of its contact lists; refused while it is scheduled."""
        answer = await self._ask(TriggerAnswer, _START[kind], {}, campaign=campaign_id)
        return answer.value()

    async def stop_campaign(self, campaign_id: str, kind: Kind) -> RunAnswer:
        """Stop the campaign's run, which resets its data."""
        answer = await self._ask(TriggerAnswer, _STOP[kind], {}, campaign=campaign_id)
        return answer.value()

    async def campaign_status(self, campaign_id: str) -> str:
        """Return the campaign's status; known ones are in `bot.campaigns.values.Status`."""
        answer = await self._ask(StatusAnswer, Operation.CAMPAIGN_STATUS, {}, campaign=campaign_id)
        return status_word(answer.data.status)

    async def contact_results(
        self, campaign_id: str, *, page: int = 1, limit: int = 100
    ) -> ContactResults:
        """Return a voice campaign's latest run by contact; at most 100 per page."""
        body = {"page": page, "limit": limit}
        answer = await self._ask(
            ResultsAnswer, Operation.CONTACT_RESULTS, body, campaign=campaign_id
        )
        _log_unreadable(Operation.CONTACT_RESULTS, answer.data)
        return answer.value()

    async def schedule_campaign(self, name: str, schedule: Schedule) -> str:
        """Set the schedule of the campaign with this name, replacing any other. Return its ID.

        Kore.ai uses only the name, so compare the returned ID with the intended one.
        """
        answer = await self._ask(
            ScheduleAnswer, Operation.SCHEDULE, schedule_body(schedule), name=name
        )
        return answer.id

    async def unschedule_campaign(self, name: str) -> str:
        """Remove the schedule of the campaign with this name. Return its ID."""
        answer = await self._ask(ScheduleAnswer, Operation.UNSCHEDULE, {}, name=name)
        return answer.id

    async def create_contact_list(self, new: NewContactList) -> ContactList:
        """Create an empty contact list."""
        answer = await self._ask(ContactListAnswer, Operation.CREATE_LIST, contact_list_body(new))
        return answer.data.value()

    async def update_contact_list(
        self, list_id: str, *, name: str | None = None, description: str | None = None
    ) -> None:
        """Change a contact list's name or description; None leaves it unchanged."""
        given = {"name": name, "description": description}
        body = {key: value for key, value in given.items() if value is not None}
        await self._ask(Confirmation, Operation.UPDATE_LIST, body, list=list_id)

    async def get_contact_list(self, list_id: str) -> ContactList:
        """Return a contact list."""
        answer = await self._ask(ContactListAnswer, Operation.GET_LIST, list=list_id)
        return answer.data.value()

    async def delete_contact_list(self, list_id: str) -> None:
        """Delete a contact list and its contacts; refused while a campaign uses it."""
        await self._ask(Confirmation, Operation.DELETE_LIST, list=list_id)

    async def list_contact_lists(self) -> Listing[ContactList]:
        """Return the account's contact lists, limited to Kore.ai's first page."""
        answer = await self._ask(ContactListsAnswer, Operation.LIST_LISTS, {})
        rows = _log_unreadable(Operation.LIST_LISTS, answer.data)
        return _first_page(rows, [row.value() for row in rows.readable])

    async def list_contacts(self, list_id: str) -> Listing[Contact]:
        """Return a list's contacts: the first page, as Kore.ai documents no request for others."""
        answer = await self._ask(ContactsAnswer, Operation.LIST_CONTACTS, list=list_id)
        rows = _log_unreadable(Operation.LIST_CONTACTS, answer.data)
        return _first_page(rows, [row.value() for row in rows.readable])

    async def add_contacts(self, list_name: str, contacts: Contacts) -> None:
        """Submit 1 to 100 contacts. Kore.ai adds them later; the list's count then shows it."""
        body = contacts_body(list_name, contacts)
        await self._ask(Acceptance, Operation.ADD_CONTACTS, body)

    def _with_environment(self, snapshot: Snapshot) -> Snapshot:
        return snapshot.model_copy(update={"environment": self._environment})


def _log_unreadable(operation: Operation, rows: Rows[Row]) -> Rows[Row]:
    """Return the same rows and log if some are unreadable and therefore left out."""
    if rows.unreadable:
        structlog.get_logger().warning(
            "kore.rows_unreadable", operation=operation.value, rows=rows.unreadable
        )
    return rows


def _first_page(rows: Rows[Row], values: Sequence[T]) -> Listing[T]:
    """Return a listing of a list whose other pages cannot be requested."""
    more = rows.has_more or (rows.total is not None and rows.total > len(rows.results))
    return Listing(tuple(values), complete=not (more or rows.unreadable), total=rows.total)
