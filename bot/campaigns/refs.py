"""How a person names a campaign: by its id, its name, or one chosen from a list (both)."""

import re
from typing import Self

from bot.campaigns.values import Frozen

# Kore.ai's campaign ids as its answers show them; their groups differ in length between kinds.
_ID = re.compile(r"cd-(?=.*\d)[0-9a-z-]+", re.IGNORECASE)
# More than any id and name together; what is longer fits no campaign.
TEXT_MAX = 150


class CampaignRef(Frozen):
    """A campaign as a person named it: an id, a name, or both. At least one is there."""

    id: str | None = None
    name: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote, or what a person typed."""
        text = text.strip()[:TEXT_MAX]
        first, _, rest = text.partition(" ")
        return cls(id=first, name=rest) if _ID.fullmatch(first) else cls(name=text)

    def __str__(self) -> str:
        """The reference as one line: the id first, as ids have no spaces."""
        return " ".join(part for part in (self.id, self.name) if part)[:TEXT_MAX]

    @property
    def label(self) -> str:
        """What to call the campaign before a person."""
        return self.name or self.id or ""
