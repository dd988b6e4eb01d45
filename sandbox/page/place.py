"""Where on the page a person is, as the URL says."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

NAMES = {"person": "as", "conversation": "in"}
"""The URL's names for these fields; `as` and `in` are Python keywords."""


@dataclass(frozen=True, slots=True)
class Place:
    """A person, and the part of the page they look at.

    `thread` is the timestamp of the message whose thread is open, `tab` is the tab of the bot's
    conversation, `panel` is the part of the side panel. Ephemeral messages older than the timestamp
    `since` are hidden, so that they disappear when the page is reloaded.
    """

    person: str
    conversation: str
    thread: str = ""
    tab: str = ""
    panel: str = ""
    since: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Place":
        """Return the place in a URL or form; missing parts are empty."""
        return cls(**{each.name: asked.get(_name(each.name), "") for each in fields(cls)})

    @property
    def query(self) -> str:
        """Return the place as a URL query."""
        return urlencode(self.parts)

    @property
    def parts(self) -> dict[str, str]:
        """Return the parts of the URL query that are not empty."""
        every = {_name(each.name): str(getattr(self, each.name)) for each in fields(self)}
        return {name: value for name, value in every.items() if value}

    def url(self, **changes: str) -> str:
        """Return the URL of this place, with these changes."""
        return f"/?{replace(self, **changes).query}"


def _name(field: str) -> str:
    return NAMES.get(field, field)
