"""The trigger_ids with which a bot opens a view after a person's action."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.slack.ids import secret
from sandbox.slack.refusal import Refusal

LIFETIME = timedelta(seconds=3)
"""https://docs.slack.dev/interactivity/handling-user-interaction"""


@dataclass(slots=True)
class Trigger:
    """Who acted, and where: in an open view, in a channel, or in neither."""

    user: str
    view_id: str | None
    channel: str | None
    expires: datetime
    used: bool = False


class Triggers:
    """Issues trigger_ids; each can be used once, within three seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str, *, view_id: str | None = None, channel: str | None = None) -> str:
        """Return a new trigger_id."""
        key = f"{len(self._issued) + 1}.{secret()}"
        expires = self._clock.now() + LIFETIME
        self._issued[key] = Trigger(user, view_id, channel, expires)
        return key

    def exchange(self, key: str) -> Trigger:
        """Return the trigger with this id, and mark it as used.

        Raises:
            Refusal: The trigger is unknown, was used before, or is too old.
        """
        trigger = self._issued.get(key)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if self._clock.now() > trigger.expires:
            raise Refusal("expired_trigger_id")
        trigger.used = True
        return trigger
