"""Saved forms: what is kept of an accepted form, to begin another campaign with it."""

from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from bot.campaigns.values import Frozen, Kind

# The values of a form's fields by name, as in `blocks.form`.
Filled = dict[str, str | list[str] | None]
SavedName = Annotated[str, Field(min_length=1, max_length=60)]


class SavedFor(StrEnum):
    """Who may start from a saved form: people in the channel of the card, or everybody."""

    CHANNEL = "channel"
    EVERYBODY = "everybody"


class SavedForm(Frozen):
    """A form that a person saved under a name, without its environment and channel.

    `channel` is where people may start from it, empty if they may everywhere. The name is unique
    there for the kind of campaign.
    """

    id: str
    name: str
    kind: Kind
    channel: str = ""
    author: str
    saved_at: AwareDatetime
    values: Filled

    def is_for(self, channel: str) -> bool:
        """Return whether people in this channel may start from it."""
        return self.channel in {"", channel}


class LastUsed(Frozen):
    """The values that the latest accepted creation in a channel had, of those that repeat.

    They never say whom a campaign reaches or what it says. Senders and do-not-call lists belong to
    an environment.
    """

    channel: str
    environment: str
    kind: Kind
    used_at: AwareDatetime
    values: Filled


class Kept(Frozen):
    """What is kept of an accepted form; `saved` is None if its author did not save it."""

    last_used: LastUsed
    saved: SavedForm | None = None
