"""The content of one Kore.ai account that its campaign API can see."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from sandbox.kore.calls import Json, Kind
from sandbox.kore.instance import Instance
from sandbox.kore.refusals import invalid, not_found


class Status(StrEnum):
    """The campaign statuses in `filters.status`.

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
    """A campaign's schedule: start and end in UTC, repeated every `every` days or weeks."""

    start: datetime
    end: datetime
    recurrence: Literal["Daily", "Weekly"]
    every: int
    days: tuple[str, ...] = ()


@dataclass(slots=True)
class Campaign:
    """One campaign.

    Attributes:
        body: the JSON from its creation or last update.
        due: the occurrence of its schedule at which its next run begins, in UTC.
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
        """Change the status."""
        self.status = status
        self.updated_at = now

    def reached(self, now: datetime) -> int:
        """Return how many contacts the latest run has reached at `now`."""
        return 0 if self.instance is None else self.instance.reached(now)


@dataclass(slots=True)
class ContactList:
    """A contact list filled through the API; contacts are kept as they were sent."""

    id: str
    name: str
    description: str
    allow_duplicates: bool
    created_at: datetime
    updated_at: datetime
    contacts: list[Json] = field(default_factory=list)


def new_id(prefix: str) -> str:
    """Return an id in the API's form: a prefix for the type of object, then a UUID."""
    return f"{prefix}-{uuid.uuid4()}"


@dataclass(slots=True)
class State:
    """The whole content of the account at `now`. The catalogs map names to ids.

    If `strict_names` is off, an unknown queue, flow, template, DNC list or caller id is added to
    its catalog on first use; a contact list must always exist.
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
        """Return the campaign with that id.

        Raises:
            Refused: There is no such campaign.
        """
        if campaign_id not in self.campaigns:
            raise not_found("Campaign")
        return self.campaigns[campaign_id]

    def campaign_named(self, name: str) -> Campaign | None:
        """Return the campaign with that name, ignoring case."""
        matches = (each for each in self.campaigns.values() if each.lname == name.lower())
        return next(matches, None)

    def contact_list(self, list_id: str) -> ContactList:
        """Return the contact list with that id.

        Raises:
            Refused: There is no such list.
        """
        if list_id not in self.contact_lists:
            raise not_found("Contact list")
        return self.contact_lists[list_id]

    def contact_list_named(self, name: str) -> ContactList | None:
        """Return the contact list with exactly that name."""
        return next((each for each in self.contact_lists.values() if each.name == name), None)

    def campaigns_using(self, contact_list: ContactList) -> list[Campaign]:
        """Return the campaigns that use the list."""
        every = self.campaigns.values()
        return [each for each in every if contact_list.name in each.contact_lists]

    def contacts_of(self, campaign: Campaign) -> list[Json]:
        """Return the contacts on all of a campaign's lists."""
        names = campaign.contact_lists
        used = [each for each in self.contact_lists.values() if each.name in names]
        return [contact for each in used for contact in each.contacts]

    def running_beside(self, campaign: Campaign) -> list[Campaign]:
        """Return the other campaigns that are running with one of this campaign's lists."""
        others = [each for each in self.campaigns.values() if each is not campaign]
        running = [each for each in others if each.status is Status.ACTIVE]
        return [each for each in running if each.contact_lists & campaign.contact_lists]

    def require(self, catalog: dict[str, str], name: str, field_name: str) -> None:
        """Require that a name is in its catalog; see `strict_names`.

        Raises:
            Refused: The name is unknown and `strict_names` is on.
        """
        if name not in catalog and self.strict_names:
            raise invalid(f"{field_name} does not exist: {name}")
        catalog.setdefault(name, new_id("ref"))
