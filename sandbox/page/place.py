"""Where on the page somebody is, as its address says it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

NAMES = {"person": "as", "conversation": "in"}
"""What the address calls the places that Python has its own use for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Who looks at what.

    `thread` is the timestamp of the message whose thread is open, `tab` that of the bot's
    conversation, `panel` the part of the side panel. Of what only one person sees, nothing older
    than the timestamp `since` is shown: it is gone when a page is loaded anew.
    """

    person: str
    conversation: str
    thread: str = ""
    tab: str = ""
    panel: str = ""
    since: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Place":
        """The place that an address or a form names; what it leaves out is empty."""
        return cls(**{each.name: asked.get(_name(each.name), "") for each in fields(cls)})

    @property
    def query(self) -> str:
        """The place as an address carries it."""
        return urlencode(self.parts)

    @property
    def parts(self) -> dict[str, str]:
        """What the address says, without what is empty."""
        every = {_name(each.name): str(getattr(self, each.name)) for each in fields(self)}
        return {name: value for name, value in every.items() if value}

    def url(self, **changes: str) -> str:
        """The address of this place, or of another that differs from it in this."""
        return f"/?{replace(self, **changes).query}"


def _name(field: str) -> str:
    return NAMES.get(field, field)
