"""Models of Slack's answers: tolerant of what they do not know, strict about what is needed."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

Model = TypeVar("Model", bound="Answer")


class Answer(BaseModel):
    """An answer, or a part of one; fields it does not know are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Nothing(Answer):
    """An answer of which nothing is needed."""


class Identity(Answer):
    """Who the bot is in its workspace. `scopes` are those that its token was granted."""

    user_id: str
    bot_id: str
    team_id: str
    scopes: frozenset[str] = frozenset()


class ShownView(Answer):
    """A view as Slack shows it now."""

    id: str
    hash: str


class ViewAnswer(Answer):
    """The answer to opening, pushing and updating a view."""

    view: ShownView


class Posted(Answer):
    """The answer to posting a message: its timestamp, which is also its ID in the channel."""

    ts: str


class FoundMessage(Answer):
    """A message of a channel's history."""

    ts: str
    metadata: Any = None


def _readable(messages: object) -> object:
    """The messages that can be read; one that cannot does not hide the others."""
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
    """One page of a channel's messages, the newest first."""

    messages: Annotated[list[FoundMessage], BeforeValidator(_readable)]
    next_page: _Cursor | None = Field(None, alias="response_metadata")

    @property
    def cursor(self) -> str:
        """Where the next page begins; empty after the last."""
        return self.next_page.next_cursor if self.next_page else ""


class _Channel(Answer):
    id: str


class DirectChannel(Answer):
    """The answer to opening a direct conversation."""

    channel: _Channel


class _Profile(Answer):
    tz: str | None = None


class User(Answer):
    """The answer to a question for a person; `tz` is an IANA zone."""

    user: _Profile


class Members(Answer):
    """The people in a user group."""

    users: frozenset[str]
