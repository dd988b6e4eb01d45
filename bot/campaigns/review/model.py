"""The review of an action, and the facts on which it is based."""

import hashlib
import json
from collections.abc import Sequence

from pydantic import AwareDatetime, ConfigDict, JsonValue

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Campaign, Snapshot
from bot.campaigns.campaign_import import CampaignRow
from bot.campaigns.contact_files import FileReview
from bot.campaigns.contacts import ContactList, ListChange, NewContactList
from bot.campaigns.policy import ApprovalReason
from bot.campaigns.reasons import ListProgress
from bot.campaigns.review.findings import AnyFinding, Severity
from bot.campaigns.runs import Run
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Frozen

# Other campaigns on the same contact lists: the name of each, and its schedule if known.
Neighbors = tuple[tuple[str, Schedule | None], ...]


class OpenChange(Frozen):
    """An unfinished change of the same campaign; `by` is its author, a Slack user ID.

    `waits` is whether it waits for approval. If it is approved and on hold, `release_at` is when it
    goes ahead. Otherwise it is being carried out. `schedule` is the schedule that it sets, if any.
    """

    action: Action
    by: str
    waits: bool
    release_at: AwareDatetime | None = None
    schedule: Schedule | None = None


class Facts(Frozen):
    """The facts from Kore.ai and the bot's records; None means not received in time.

    `same_name` are the campaigns with the name of the one to create or schedule, in any
    capitalization; if it is None, `names_read` is how far the list of campaigns was read.
    `contact_lists` are those that the campaign uses. `dnc_lists` are the names of the DNC lists
    that known campaigns of the environment use, and `caller_ids` are the senders of those of the
    same kind. `target` is the campaign to change. `present` is its schedule if the bot set it:
    Kore.ai reports only whether there is one. `open_changes` are other unfinished changes of it.
    """

    same_name: tuple[Snapshot, ...] | None = None
    names_read: ListProgress | None = None
    contact_lists: tuple[ContactList, ...] | None = None
    dnc_lists: frozenset[str] = frozenset()
    caller_ids: frozenset[str] = frozenset()
    target: Snapshot | None = None
    present: Schedule | None = None
    neighbors: Neighbors | None = None
    open_changes: tuple[OpenChange, ...] = ()


class Load(Frozen):
    """A campaign's number of contacts, None if unknown, and of runs."""

    contacts: int | None
    runs: int

    @property
    def product(self) -> int | None:
        """Return the contact load: each run contacts everyone again (contact-center/campaigns)."""
        return None if self.contacts is None else self.contacts * self.runs


def contact_load(lists: Sequence[tuple[str, int | None]], runs: int) -> Load:
    """Return the load of all lists; unknown if the size of any list is unknown."""
    sizes = [size for _, size in lists]
    known = [size for size in sizes if size is not None]
    return Load(contacts=sum(known) if sizes and len(known) == len(sizes) else None, runs=runs)


class Review(Frozen):
    """An action before it is carried out, with all findings about it.

    `campaign` is the campaign to create, or with its new settings; `replaced` are the settings that
    these replace, as far as they are known. `running` are the campaigns that an emergency stop
    would stop. `target` is the campaign in Kore.ai, None if it is new or was not found, and `named`
    is the author's name for it. `present` is the schedule that
    `schedule` would replace, if known. `parts` are the two parts into which `schedule` can be split
    at a clock change, and `rest` is the later part of a split schedule. `lists` are contact lists
    with their sizes, `runs` the next few runs. `reason` is what the author entered to confirm it,
    `approval_reason` why a second person must approve it. `new_list` is the contact list to create.
    `contact_list` is the one to change as it is in Kore.ai, without the campaigns on it, and
    `list_change` is what it gets, or `file` the contacts that are added to it. `imported` are the
    campaigns of a file that are created.
    """

    # A review holds phone numbers, and errors are logged.
    model_config = ConfigDict(hide_input_in_errors=True)

    action: Action
    campaign: Campaign | None = None
    replaced: dict[str, JsonValue] | None = None
    running: tuple[Snapshot, ...] | None = None
    target: Snapshot | None = None
    named: str = ""
    schedule: Schedule | None = None
    present: Schedule | None = None
    parts: tuple[Schedule, Schedule] | None = None
    rest: Schedule | None = None
    lists: tuple[tuple[str, int | None], ...] = ()
    runs: tuple[Run, ...] = ()
    load: Load | None = None
    findings: tuple[AnyFinding, ...] = ()
    reason: str = ""
    approval_reason: ApprovalReason | None = None
    new_list: NewContactList | None = None
    contact_list: ContactList | None = None
    list_change: ListChange | None = None
    file: FileReview | None = None
    imported: tuple[CampaignRow, ...] | None = None

    @property
    def label(self) -> str:
        """Return the campaign's name as it is stored, else as its author typed it."""
        named = self.target or self.campaign
        return named.name if named else self.named

    @property
    def blocked(self) -> bool:
        """Return whether a finding stops the action, or makes it needless."""
        stops = {Severity.BLOCKER, Severity.NEEDLESS}
        return any(each.severity in stops for each in self.findings)

    @property
    def needs_reason(self) -> bool:
        """Return whether the author must give a reason to continue."""
        return any(each.needs_reason for each in self.findings)


def digest(action: str, environment: str, payload: JsonValue) -> str:
    """Return a SHA-256 in hex that binds a review and an approval to the content to be sent.

    It covers JSON in UTF-8 with sorted keys and no spaces, so it is equal only if action,
    environment and payload are equal.
    """
    bound = {"action": action, "environment": environment, "payload": payload}
    text = json.dumps(
        bound, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(text.encode()).hexdigest()
