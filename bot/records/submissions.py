"""Submissions: what a person asked for, and how far it has come."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from bot.campaigns.actions import Action
from bot.campaigns.approval import ApprovalState
from bot.campaigns.campaign import Snapshot
from bot.campaigns.commands import Command
from bot.campaigns.reasons import Failure
from bot.campaigns.review import Review
from bot.campaigns.values import Frozen
from bot.records.audit import reference_of


class State(StrEnum):
    """How far a submission has come.

    `WAITING`: for a second person's approval. `DROPPED`: it was not given, or taken back.
    `SENDING`: a request may have reached Kore.ai. `DONE`: Kore.ai carried it out. `POSTING`: a card
    may have reached its channel. `POSTED`: it has. `FAILED`: it was not carried out.
    `UNKNOWN`: whether it was carried out is not known.
    """

    WAITING = "waiting"
    DROPPED = "dropped"
    ACCEPTED = "accepted"
    SENDING = "sending"
    DONE = "done"
    POSTING = "posting"
    POSTED = "posted"
    FAILED = "failed"
    UNKNOWN = "unknown"


# Nothing more is sent to Kore.ai in these; people may still have to be told.
ENDED = frozenset({State.POSTED, State.FAILED, State.UNKNOWN, State.DROPPED})


class Done(Frozen):
    """The outcome of what was carried out: the ID of the campaign it was done to."""

    campaign: str


class NotApproved(Frozen):
    """The outcome of what was dropped: how its approval ended."""

    approval: ApprovalState


Outcome = Done | Failure | NotApproved


class FilledForm(Frozen):
    """What stood in a form: its `callback_id`, and what each field held."""

    view: str
    values: dict[str, str | list[str] | None]


class Origin(Frozen):
    """Who asked for something, and where.

    `key` is the ID of the view or of the request that it came from. `channel` is where its card
    belongs, `asked_in` where the person typed or pressed. Without an `environment`, a look-up is
    for all of them; anything else was asked when there was only one. `form` is what was typed, to
    be given back.
    """

    key: str
    author: str
    channel: str
    asked_in: str
    response_url: str | None = None
    environment: str | None = None
    form: FilledForm | None = None


class Submission(Origin):
    """What a person asked for, accepted to be carried out.

    `review` is what was shown before it was confirmed, and `digest` binds the command to that.
    `before` is the campaign as it was before the command was sent: what a later look is compared
    with.
    """

    command: Command
    review: Review | None = None
    digest: str | None = None
    state: State = State.ACCEPTED
    outcome: Outcome | None = None
    before: Snapshot | None = None
    accepted_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The submission of a row; the action that the row has too is the command's."""
        return cls(**{name: value for name, value in row.items() if name in cls.model_fields})

    def row(self) -> dict[str, Any]:
        """The columns, with JSON for what is nested."""
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
        """What is to be done."""
        return self.command.action

    @property
    def reference(self) -> str:
        """Eight characters a person can quote; the log has them beside every event."""
        return reference_of(self.key)


def json_of(value: Frozen | None) -> dict[str, Any] | None:
    """A value of the domain as JSON."""
    return value.model_dump(mode="json") if value else None
