"""Models of Slack's responses. They ignore unknown fields and require the needed ones."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

Model = TypeVar("Model", bound="Answer")


class Answer(BaseModel):
    """A response or a part of one; unknown fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Nothing(Answer):
    """A response from which nothing is needed."""


class Identity(Answer):
    """The bot's identity in its workspace. `scopes` are those granted to its token."""

    user_id: str
    bot_id: str
    team_id: str
    scopes: frozenset[str] = frozenset()


class ShownView(Answer):
    """A view as Slack currently shows it."""

    id: str
    hash: str


class ViewAnswer(Answer):
    """The response to opening, pushing or updating a view."""

    view: ShownView


class Posted(Answer):
    """The response to posting a message: its timestamp, which is also its ID in the channel."""

    ts: str


class Link(Answer):
    """The address of a message."""

    permalink: str


class FoundMessage(Answer):
    """A message in a channel's history."""

    ts: str
    metadata: Any = None


def _readable(messages: object) -> object:
    """Return the valid messages; an invalid one does not hide the others."""
    if not isinstance(messages, list):
        return messages
    return [read for each in messages if (read := _message(each))]


def _message(given: object) -> FoundMessage | None:
    try:
        return FoundMessage.model_validate(given)
    except ValidationError:
        return None


class _Cursor(Answer):
    next_cursor: str = ""


class History(Answer):
    """One page of a channel's messages, newest first."""

    messages: Annotated[list[FoundMessage], BeforeValidator(_readable)]
    next_page: _Cursor | None = Field(None, alias="response_metadata")

    @property
    def cursor(self) -> str:
        """Return the cursor of the next page; empty after the last page."""
        return self.next_page.next_cursor if self.next_page else ""


class _Channel(Answer):
    id: str


class DirectChannel(Answer):
    """The response to opening a direct conversation."""

    channel: _Channel


class _Profile(Answer):
    tz: str | None = None


class User(Answer):
    """The response to a query for a person; `tz` is an IANA zone."""

    user: _Profile


class Members(Answer):
    """The members of a user group."""

    users: frozenset[str]


class UploadUrl(Answer):
    """Where to send a file, and the ID that it will have."""

    upload_url: str
    file_id: str


class SlackFile(Answer):
    """A file in Slack: docs.slack.dev/reference/objects/file-object. `size` is in bytes.

    `shares` has the messages that share it by channel, for public and private channels;
    `is_external` means that it is not stored by Slack.
    """

    id: str
    name: str = ""
    size: int = 0
    user: str = ""
    url_private_download: str | None = None
    is_external: bool = False
    channels: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    ims: frozenset[str] = frozenset()
    shares: Mapping[str, Mapping[str, Any]] = Field(default_factory=dict)

    def is_shared_in(self, channel: str) -> bool:
        """Return whether a message in this channel, or in this direct conversation, shares it."""
        listed = self.channels | self.groups | self.ims
        return channel in listed.union(*self.shares.values())


class FileAnswer(Answer):
    """The response to a query for a file."""

    file: SlackFile
