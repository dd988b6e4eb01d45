"""References to campaigns: an ID, a name, or both if chosen from a list."""

import re
from typing import Annotated, Self

from pydantic import BeforeValidator, PlainSerializer

from bot.campaigns.campaign import Snapshot
from bot.campaigns.environment import NAME
from bot.campaigns.names import folded, quoted, trimmed, typed_name
from bot.campaigns.values import Frozen

# Kore.ai's campaign IDs as in its responses; the lengths of their groups differ between kinds. A
# reference chosen from a list has its environment in front, as in "sandbox/cd-1".
_ID = re.compile(rf"(?:(?P<environment>{NAME})/)?(?P<id>cd-(?=.*\d)[0-9a-z-]+)", re.IGNORECASE)
# Longer than any ID and name together; longer text matches no campaign.
TEXT_MAX = 150


class CampaignRef(Frozen):
    """A reference to a campaign: an ID, a name, or both. At least one is present.

    `environment` is where it was chosen; a typed name has none.
    """

    id: str | None = None
    name: str = ""
    environment: str | None = None

    @classmethod
    def of(cls, campaign: Snapshot) -> Self:
        """Return a reference to exactly this campaign."""
        return cls(id=campaign.id, name=campaign.name, environment=campaign.environment)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the output of `str()` or a person's input.

        A name may begin like an ID: look for `whole` as a name if no campaign has the ID.
        """
        text = typed_name(trimmed(text)[:TEXT_MAX])
        first, *others = text.split(maxsplit=1) or [""]
        rest = others[0] if others else ""
        if found := _ID.fullmatch(first):
            environment = found["environment"]
            return cls(id=found["id"], name=rest, environment=environment and environment.lower())
        return cls(name=text)

    @property
    def whole(self) -> str:
        """Return the text of the reference as a name, such as "cd-2026 spring"."""
        place = f"{self.environment}/" if self.id and self.environment else ""
        return place + " ".join(part for part in (self.id, self.name) if part)

    def may_mean(self, other: "CampaignRef") -> bool:
        """Return whether both may refer to one campaign of an environment: by ID, else by name."""
        if self.id and other.id:
            return self.id == other.id
        return folded(self.whole) == folded(other.name) or folded(self.name) == folded(other.whole)

    def __str__(self) -> str:
        """Return the reference as one line: the ID first, as IDs contain no spaces."""
        return (self.whole if self.id else quoted(self.name))[:TEXT_MAX]

    @property
    def short(self) -> str:
        """Return the reference without its name as one line, which parses too."""
        return str(self.model_copy(update={"name": ""})) if self.id else str(self)

    @property
    def label(self) -> str:
        """Return the name to show to people, else the ID."""
        return self.name or self.id or ""


def _parsed(value: object) -> object:
    return CampaignRef.parse(value) if isinstance(value, str) else value


# One line of text in JSON, as in buttons and views.
Ref = Annotated[CampaignRef, BeforeValidator(_parsed), PlainSerializer(str, when_used="json")]
