"""How a person names a campaign: by its id, its name, or one chosen from a list (both)."""

import re
from typing import Self

from bot.campaigns.campaign import Snapshot
from bot.campaigns.environment import NAME
from bot.campaigns.values import Frozen

# Kore.ai's campaign ids as its answers show them; their groups differ in length between kinds.
# A chosen one has its environment before it, as in "sandbox/cd-1".
_ID = re.compile(rf"(?:(?P<environment>{NAME})/)?(?P<id>cd-(?=.*\d)[0-9a-z-]+)", re.IGNORECASE)
# More than any id and name together; what is longer fits no campaign.
TEXT_MAX = 150


class CampaignRef(Frozen):
    """A campaign as a person named it: an id, a name, or both. At least one is there.

    `environment` is the one it was chosen from; a name that was typed has none.
    """

    id: str | None = None
    name: str = ""
    environment: str | None = None

    @classmethod
    def of(cls, campaign: Snapshot) -> Self:
        """The reference to just this campaign."""
        return cls(id=campaign.id, name=campaign.name, environment=campaign.environment)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote, or what a person typed."""
        text = text.strip()[:TEXT_MAX]
        first, _, rest = text.partition(" ")
        if found := _ID.fullmatch(first):
            environment = found["environment"]
            return cls(id=found["id"], name=rest, environment=environment and environment.lower())
        return cls(name=text)

    def __str__(self) -> str:
        """The reference as one line: the id first, as ids have no spaces."""
        place = f"{self.environment}/" if self.id and self.environment else ""
        return (place + " ".join(part for part in (self.id, self.name) if part))[:TEXT_MAX]

    @property
    def label(self) -> str:
        """What to call the campaign before a person."""
        return self.name or self.id or ""
