"""Filters of campaigns, as people type them: `sms ready spring`."""

from typing import Self

from bot.campaigns.names import folded, typed_name
from bot.campaigns.values import Frozen, Kind, Status

_STATUSES = {folded(status): status for status in Status}


class CampaignFilter(Frozen):
    """Lets through the campaigns of a kind, with a status, and with a text in their names.

    What is None or empty lets every campaign through.
    """

    kind: Kind | None = None
    status: Status | None = None
    text: str = ""

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Read `[sms|voice] [status] [text]`; whatever is neither a kind nor a status is text."""
        words = typed_name(typed).split()
        kind = Kind(folded(words.pop(0))) if words and folded(words[0]) in list(Kind) else None
        known = words and folded(words[0]) in _STATUSES
        status = _STATUSES[folded(words.pop(0))] if known else None
        return cls(kind=kind, status=status, text=typed_name(" ".join(words)))

    def __str__(self) -> str:
        """Return the filter as people type it; empty if it lets every campaign through."""
        parts = (self.kind, self.status and self.status.lower(), self.text)
        return " ".join(part for part in parts if part)
