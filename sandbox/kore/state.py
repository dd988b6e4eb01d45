"""What one Kore.ai account holds, as far as its campaign API can see it."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from sandbox.kore.calls import Json, Kind
from sandbox.kore.instance import Instance
from sandbox.kore.refusals import invalid, not_found


class Status(StrEnum):
    """The campaign statuses of `filters.status`.

    https://docs.kore.ai/ai-for-service/apis/contact-center/get-all-campaigns-v2
    """

    ACTIVE = "Active"
    COMPLETED = "Completed"
    READY = "Ready"
    PAUSED = "Paused"
    PREPARING = "Preparing"
    STOPPED = "Stopped"
    SCHEDULED = "Scheduled"
    RESCHEDULED = "Rescheduled"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a campaign runs: both ends in UTC, and every how many days or weeks."""

    start: datetime
    end: datetime
    recurrence: Literal["Daily", "Weekly"]
    every: int
    days: tuple[str, ...] = ()


@dataclass(slots=True)
class Campaign:
    """One campaign.

    Attributes:
        body: the JSON it was created or last updated with.
        due: the occurrence of its schedule that begins its next run, in UTC.
        instance: its latest run, unless that was stopped.
    """

    id: str
    kind: Kind
    body: Json
    status: Status
    created_at: datetime
    updated_at: datetime
    ready_at: datetime
    schedule: Schedule | None = None
    due: datetime | None = None
    instance: Instance | None = None

    @property
    def name(self) -> str:
        return str(self.body["name"])

    @property
    def lname(self) -> str:
        return self.name.lower()

    @property
    def contact_lists(self) -> frozenset[str]:
        return frozenset(self.body["contactLists"])

    def turn(self, status: Status, now: datetime) -> None:
        """Change its status."""
        self.status = status
        self.updated_at = now

    def reached(self, now: datetime) -> int:
        """How many contacts its latest run has reached by then."""
        return 0 if self.instance is None else self.instance.reached(now)


@dataclass(slots=True)
class ContactList:
    """A contact list filled through the API, with its contacts as they were sent."""

    id: str
    name: str
    description: str
    allow_duplicates: bool
    created_at: datetime
    updated_at: datetime
    contacts: list[Json] = field(default_factory=list)


def new_id(prefix: str) -> str:
    """An id as the API makes them: a prefix that tells the kind of thing, then a UUID."""
    return f"{prefix}-{uuid.uuid4()}"


@dataclass(slots=True)
class State:
    """Everything in the account at `now`. The catalogs give the id of each name.

    With `strict_names` off, a queue, flow, template, DNC list or caller id that is not in its
    catalog is taken up on first use; a contact list must always exist.
    """

    now: datetime
    contact_lists: dict[str, ContactList]
    dnc_lists: dict[str, str]
    queues: dict[str, str]
    experience_flows: dict[str, str]
    sms_templates: dict[str, str]
    caller_ids: dict[str, str]
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    strict_names: bool = True

    def campaign(self, campaign_id: str) -> Campaign:
        """The campaign of that id.

        Raises:
            Refused: there is none.
        """
        if campaign_id not in self.campaigns:
            raise not_found("Campaign")
        return self.campaigns[campaign_id]

    def campaign_named(self, name: str) -> Campaign | None:
        """The campaign of that name, in any case."""
        matches = (each for each in self.campaigns.values() if each.lname == name.lower())
        return next(matches, None)

    def contact_list(self, list_id: str) -> ContactList:
        """The contact list of that id.

        Raises:
            Refused: there is none.
        """
        if list_id not in self.contact_lists:
            raise not_found("Contact list")
        return self.contact_lists[list_id]

    def contact_list_named(self, name: str) -> ContactList | None:
        """The contact list of exactly that name."""
        return next((each for each in self.contact_lists.values() if each.name == name), None)

    def campaigns_using(self, contact_list: ContactList) -> list[Campaign]:
        """The campaigns that call or text that list."""
        every = self.campaigns.values()
        return [each for each in every if contact_list.name in each.contact_lists]

    def contacts_of(self, campaign: Campaign) -> list[Json]:
        """The contacts on all lists of a campaign."""
        names = campaign.contact_lists
        used = [each for each in self.contact_lists.values() if each.name in names]
        return [contact for each in used for contact in each.contacts]

    def running_beside(self, campaign: Campaign) -> list[Campaign]:
        """The other campaigns that are running with a list of this one."""
        others = [each for each in self.campaigns.values() if each is not campaign]
        running = [each for each in others if each.status is Status.ACTIVE]
        return [each for each in running if each.contact_lists & campaign.contact_lists]

    def require(self, catalog: dict[str, str], name: str, field_name: str) -> None:
        """Hold a name against its catalog; see `strict_names`.

        Raises:
            Refused: the name is unknown, and names are strict.
        """
        if name not in catalog and self.strict_names:
            raise invalid(f"{field_name} does not exist: {name}")
        catalog.setdefault(name, new_id("ref"))
