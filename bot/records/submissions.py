"""Submissions: what a person asked for, and how far it has come."""

from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue

from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Frozen
from bot.records.audit import reference_of


class State(StrEnum):
    """How far a submission has come.

    `WAITING`: for a second person's approval. `DROPPED`: it was not given, or taken back.
    `SENDING`: a request may have reached Kore.ai. `DONE`: Kore.ai carried it out. `POSTING`: a card
    may have reached its channel. `POSTED`: nothing is left to do.
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


class Submission(Frozen):
    """What a person asked for: `payload` is to be done, `form` is what was typed.

    `review` is what was shown before it was confirmed, `digest` binds the payload to that.
    `channel` is where its card belongs, `asked_in` where the person typed or pressed. Without an
    `environment`, a look-up is for all of them; anything else was asked when there was only one.
    """

    key: str
    action: str
    author: str
    channel: str
    asked_in: str
    response_url: str | None = None
    payload: dict[str, JsonValue]
    form: dict[str, JsonValue] | None = None
    review: dict[str, JsonValue] | None = None
    digest: str | None = None
    state: State = State.ACCEPTED
    outcome: JsonValue = None
    accepted_at: datetime
    environment: str | None = None

    @property
    def reference(self) -> str:
        """Eight characters a person can quote; the log has them beside every event."""
        return reference_of(self.key)

    @property
    def rest(self) -> Schedule | None:
        """What was split off the schedule that is to be set, and is not scheduled with it."""
        rest = self.payload.get("rest")
        return Schedule.model_validate(rest) if rest else None
