"""Submissions: accepted requests of people, with their states."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

from bot.campaigns.actions import Action
from bot.campaigns.approval import ApprovalState
from bot.campaigns.campaign import Snapshot
from bot.campaigns.commands import Command
from bot.campaigns.contact_results import ContactCounts
from bot.campaigns.reasons import Failure
from bot.campaigns.review import Review
from bot.campaigns.values import Frozen
from bot.records.audit import reference_of


class State(StrEnum):
    """The state of a submission.

    `WAITING`: waits for a second person's approval. `DROPPED`: approval was not given or the
    request was withdrawn. `SENDING`: a request may have reached Kore.ai. `DONE`: Kore.ai carried it
    out. `FAILED`: it was not carried out. `UNKNOWN`: whether it was carried out is unknown.
    """

    WAITING = "waiting"
    DROPPED = "dropped"
    ACCEPTED = "accepted"
    SENDING = "sending"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"


# The final states: nothing more is sent to Kore.ai.
ENDED = frozenset({State.DONE, State.FAILED, State.UNKNOWN, State.DROPPED})


# The states from which each state may follow. Marking a state again changes nothing, except that a
# request is sent by only one process: who finds the mark SENDING looks at Kore.ai instead.
BEFORE: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.WAITING: frozenset({State.ACCEPTED, State.WAITING}),
        State.ACCEPTED: frozenset({State.WAITING, State.ACCEPTED}),
        State.SENDING: frozenset({State.ACCEPTED}),
        # What Kore.ai did counts more than a failure that another process found meanwhile.
        State.DONE: frozenset(
            {State.ACCEPTED, State.SENDING, State.FAILED, State.UNKNOWN, State.DONE}
        ),
        State.FAILED: frozenset({State.ACCEPTED, State.WAITING, State.SENDING, State.FAILED}),
        State.UNKNOWN: frozenset({State.ACCEPTED, State.SENDING, State.UNKNOWN}),
        # A process may die before it marks WAITING.
        State.DROPPED: frozenset({State.ACCEPTED, State.WAITING, State.DROPPED}),
    }
)


class Overtaken(Exception):
    """Another process carries out the submission."""


class Done(Frozen):
    """The outcome of a completed submission about a campaign: the campaign's ID."""

    campaign: str


class ListDone(Frozen):
    """The outcome of a completed submission about a contact list: the list's ID."""

    contact_list: str


class ContactsDone(Frozen):
    """The outcome of adding contacts to a list: the list's ID, and what became of the rows."""

    contact_list: str
    counts: ContactCounts


class AllStopped(Frozen):
    """The outcome of an emergency stop: how many campaigns were stopped, and how many were not."""

    stopped: int
    failed: int


class CampaignsImported(Frozen):
    """The outcome of creating several campaigns: how many were created, not created, or neither is
    known, and how many schedules were set, or not for certain.
    """

    created: int
    failed: int
    unknown: int
    scheduled: int
    not_scheduled: int


class NotApproved(Frozen):
    """The outcome of a dropped submission: the final state of its approval."""

    approval: ApprovalState


Outcome = Done | ListDone | ContactsDone | AllStopped | CampaignsImported | Failure | NotApproved


class FilledForm(Frozen):
    """The content of a form: its `callback_id` and the value of each field.

    `unfolded` is whether the person unfolded its options.
    """

    view: str
    values: dict[str, str | list[str] | None]
    unfolded: bool = False


class Origin(Frozen):
    """Who requested something, and where.

    `key` is the ID of the originating view or request. `channel` receives the card; `asked_in` is
    the channel where the person typed or pressed. Without an `environment`, a lookup searches all
    of them, and any other action dates from before there were several. `form` is the typed content,
    to reopen the form.
    """

    key: str
    author: str
    channel: str
    asked_in: str
    response_url: str | None = None
    environment: str | None = None
    form: FilledForm | None = None


class Submission(Origin):
    """A command that was accepted to be carried out.

    `review` is the review that the author confirmed, and `digest` binds the command to it. `before`
    is the campaign's snapshot before the command was sent, for comparison with later ones.
    `finished_at` is when nothing was left to do. `turn` numbers the processes that began to carry
    it out: only the latest one may change its state.
    """

    command: Command
    review: Review | None = None
    digest: str | None = None
    state: State = State.ACCEPTED
    outcome: Outcome | None = None
    before: Snapshot | None = None
    accepted_at: datetime
    finished_at: datetime | None = None
    turn: int = 0

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Build the submission from a row, without the action, which its command has."""
        return cls(**{name: row[name] for name in cls.model_fields})

    def row(self) -> dict[str, Any]:
        """Return the columns, with nested values as JSON."""
        nested = {
            "command": json_of(self.command),
            "form": json_of(self.form),
            "review": json_of(self.review),
            "outcome": json_of(self.outcome),
            "before": json_of(self.before),
        }
        return self.model_dump(exclude=set(nested)) | nested | {"action": self.action}

    @property
    def action(self) -> Action:
        """Return the command's action."""
        return self.command.action

    @property
    def reference(self) -> str:
        """Return the eight-character reference that people can quote; the log shows it too."""
        return reference_of(self.key)


def json_of(value: Frozen | None) -> dict[str, Any] | None:
    """Return a domain value as JSON."""
    return value.model_dump(mode="json") if value else None
