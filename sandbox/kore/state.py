"""The content of one Kore.ai account that its campaign API can see."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.kore.calls import Json
from sandbox.kore.campaign import Campaign, Schedule, Status
from sandbox.kore.collection import Campaigns
from sandbox.kore.refusals import invalid, not_found
from sandbox.kore.selections import Active, Passing, Using

__all__ = ["Campaign", "ContactList", "Schedule", "State", "Status", "new_id"]


@dataclass(slots=True)
class ContactList:
    """A contact list; contacts are kept as they were sent.

    `columns` are those of the file of which it was made in the console. A list that was made
    through the API has none. `arriving` are contacts that were accepted, each with the time from
    which they are on the list.
    """

    id: str
    name: str
    description: str
    allow_duplicates: bool
    created_at: datetime
    updated_at: datetime
    contacts: list[Json] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    arriving: list[tuple[datetime, Json]] = field(default_factory=list)

    def arrive(self, now: datetime) -> None:
        """Put the contacts on the list that are due; a number twice only if that is allowed."""
        if not self.arriving:
            return
        due = [contact for at, contact in self.arriving if at <= now]
        self.arriving = [each for each in self.arriving if each[0] > now]
        known = {each["phoneNumber"] for each in self.contacts}
        for contact in due:
            if self.allow_duplicates or contact["phoneNumber"] not in known:
                known.add(contact["phoneNumber"])
                self.contacts.append(contact)


def new_id(prefix: str) -> str:
    """Return an id in the API's form: a prefix for the type of object, then a UUID."""
    return f"{prefix}-{uuid.uuid4()}"


@dataclass(slots=True)
class State:
    """The whole content of the account at `now`. The catalogs map names to ids.

    If `strict_names` is off, an unknown queue, flow, template, DNC list or caller id is added to
    its catalog on first use; a contact list must always exist.

    Attributes:
        touches: whether a change of a campaign's status is also an update.
        whole_seconds: whether the times of campaigns are rounded down to whole seconds.
        results_of_all: whether results have a row for contacts that were not called yet; the pages
            leave that open.
        next_change: when a campaign next changes by itself, if anything is known to, and the
            revision of the campaigns for which this holds; kept by `running`.
    """

    now: datetime
    contact_lists: dict[str, ContactList]
    dnc_lists: dict[str, str]
    queues: dict[str, str]
    experience_flows: dict[str, str]
    sms_templates: dict[str, str]
    caller_ids: dict[str, str]
    campaigns: Campaigns = field(default_factory=Campaigns)
    strict_names: bool = True
    touches: bool = True
    whole_seconds: bool = False
    results_of_all: bool = False
    next_change: tuple[int, datetime | None] | None = None

    @property
    def stamp(self) -> datetime:
        """Return the time that a campaign created or updated now gets; see `whole_seconds`."""
        return self.now.replace(microsecond=0) if self.whole_seconds else self.now

    @property
    def passing(self) -> list[Campaign]:
        """Return all campaigns that may change by themselves."""
        return self.campaigns.select(Passing())

    def turn(self, campaign: Campaign, status: Status) -> None:
        """Change a campaign's status; see `touches`."""
        campaign.turn(status, self.stamp if self.touches else campaign.updated_at)

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
        return self.campaigns.named(name)

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
        return self.campaigns.select(Using(contact_list.name))

    def contacts_of(self, campaign: Campaign) -> list[Json]:
        """Return the contacts on all of a campaign's lists."""
        names = campaign.contact_lists
        used = [each for each in self.contact_lists.values() if each.name in names]
        return [contact for each in used for contact in each.contacts]

    def running_beside(self, campaign: Campaign) -> list[Campaign]:
        """Return the other campaigns that are running with one of this campaign's lists."""
        others = [each for each in self.campaigns.select(Active()) if each is not campaign]
        return [each for each in others if each.contact_lists & campaign.contact_lists]

    def require(self, catalog: dict[str, str], name: str, field_name: str) -> None:
        """Require that a name is in its catalog; see `strict_names`.

        Raises:
            Refused: The name is unknown and `strict_names` is on.
        """
        if name not in catalog and self.strict_names:
            raise invalid(f"{field_name} does not exist: {name}")
        catalog.setdefault(name, new_id("ref"))
