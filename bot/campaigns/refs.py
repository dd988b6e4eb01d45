"""How a person names a campaign: by its id, its name, or one chosen from a list (both)."""

from typing import Self

from bot.campaigns.values import Frozen

# Kore.ai's campaign ids: docs.kore.ai, every campaign answer.
_ID_PREFIX = "cd-"


class CampaignRef(Frozen):
    """A campaign as a person named it: an id, a name, or both. At least one is there."""

    id: str | None = None
    name: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote, or what a person typed."""
        first, _, rest = text.strip().partition(" ")
        if first.lower().startswith(_ID_PREFIX):
            return cls(id=first, name=rest)
        return cls(name=text)

    def __str__(self) -> str:
        """The reference as one line: the id first, as ids have no spaces."""
        return " ".join(part for part in (self.id, self.name) if part)

    @property
    def label(self) -> str:
        """What to call the campaign before a person."""
        return self.name or self.id or ""
