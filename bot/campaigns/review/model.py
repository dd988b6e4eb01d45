"""Reviews: what a person is shown before anything is sent, and what is known when it is made."""

import hashlib
import json
from collections.abc import Sequence

from pydantic import ConfigDict, JsonValue

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Campaign, Snapshot
from bot.campaigns.contacts import ContactList
from bot.campaigns.policy import ApprovalReason
from bot.campaigns.reasons import ListProgress
from bot.campaigns.review.findings import AnyFinding, Severity
from bot.campaigns.runs import Run
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Frozen

# Other campaigns that use one of the same contact lists: the name of each, and its schedule if the
# bot knows it.
Neighbors = tuple[tuple[str, Schedule | None], ...]


class Facts(Frozen):
    """What Kore.ai and the bot's records know; None is what was not answered in time.

    `same_name` are the campaigns that have the name of the one to create or to schedule, in any
    capitalization; where they are None, `names_read` is how far the list of campaigns was read.
    `contact_lists` are those that the campaign uses. `target` is the campaign to schedule or to
    start. `present` is its schedule if the bot set it: Kore.ai says only whether there is one.
    """

    same_name: tuple[Snapshot, ...] | None = None
    names_read: ListProgress | None = None
    contact_lists: tuple[ContactList, ...] | None = None
    target: Snapshot | None = None
    present: Schedule | None = None
    neighbors: Neighbors | None = None


class Load(Frozen):
    """How many contacts a campaign has, and how many runs; `contacts` is None where unknown."""

    contacts: int | None
    runs: int

    @property
    def product(self) -> int | None:
        """The contact load: each run contacts everybody anew (contact-center/campaigns)."""
        return None if self.contacts is None else self.contacts * self.runs


def contact_load(lists: Sequence[tuple[str, int | None]], runs: int) -> Load:
    """The load of all the lists; unknown if the size of one list is."""
    sizes = [size for _, size in lists]
    known = [size for size in sizes if size is not None]
    return Load(contacts=sum(known) if sizes and len(known) == len(sizes) else None, runs=runs)


class Review(Frozen):
    """An action before it is carried out, with everything that was found about it.

    `campaign` is the one to create. Otherwise `target` is the campaign in Kore.ai, None if it was
    not found, and `named` is what the author called it. `present` is the schedule that `schedule`
    would replace, if the bot knows it. `parts` are what `schedule` can be split into at a clock
    change, and `rest` is the later part of a schedule that was split. `lists` are contact lists
    with their sizes, `runs` the next few runs. `reason` is what the author typed to confirm it,
    `approval_reason` why a second person must approve it.
    """

    # A review holds phone numbers, and errors are logged.
    model_config = ConfigDict(hide_input_in_errors=True)

    action: Action
    campaign: Campaign | None = None
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

    @property
    def blocked(self) -> bool:
        """Whether a finding stops the action."""
        return any(each.severity is Severity.BLOCKER for each in self.findings)

    @property
    def needs_reason(self) -> bool:
        """Whether the author has to give a reason to go on."""
        return any(each.needs_reason for each in self.findings)


def digest(action: str, environment: str, payload: JsonValue) -> str:
    """A SHA-256 in hex, which binds a review and an approval to what will be sent.

    It is taken over JSON with sorted keys and no spaces, in UTF-8, so it is equal only where the
    action, the environment and the payload are.
    """
    bound = {"action": action, "environment": environment, "payload": payload}
    text = json.dumps(
        bound, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(text.encode()).hexdigest()
