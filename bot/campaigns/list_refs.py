"""References to contact lists, as they are chosen from a list or a typeahead."""

import re
from typing import Self

from bot.campaigns.contacts import ContactList
from bot.campaigns.environment import NAME
from bot.campaigns.refs import TEXT_MAX
from bot.campaigns.values import Frozen

# Kore.ai takes a campaign's contact lists by their names alone, but may answer with their IDs.
LIST_ID = "cl-"
_REF = re.compile(rf"(?:(?P<environment>{NAME})/)?(?P<id>\S+)(?: (?P<name>.*))?", re.DOTALL)


class ListRef(Frozen):
    """A reference to a contact list: its ID, and its name when it was chosen.

    `environment` is where it was chosen; None if that is the only one.
    """

    id: str
    name: str
    environment: str | None = None

    @classmethod
    def of(cls, contact_list: ContactList) -> Self:
        """Return a reference to exactly this contact list."""
        listed = contact_list
        return cls(id=listed.id, name=listed.name, environment=listed.environment)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Parse the output of `str()`; None if the text is none."""
        found = _REF.fullmatch(text)
        if found is None:
            return None
        return cls(id=found["id"], name=found["name"] or "", environment=found["environment"])

    @property
    def label(self) -> str:
        """Return the name to show to people, else the ID."""
        return self.name or self.id

    def __str__(self) -> str:
        """Return the reference as one line: the ID first, as IDs contain no spaces."""
        place = f"{self.environment}/" if self.environment else ""
        return f"{place}{self.id} {self.name}".strip()[:TEXT_MAX]
