"""Slack's requests, typed: only the parts in use, each within its limits.

Source: docs.slack.dev/reference/interaction-payloads, docs.slack.dev/apis/events-api and
docs.slack.dev/interactivity/implementing-slash-commands. Unused parts may be anything.
"""

import re
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from blocks.form import METADATA_MAX
from blocks.ids import COMMAND, CONTACT_LIST
from blocks.state import INPUT_MAX, SLACK_ID_MAX, ElementState, SlackId, State
from bot.campaigns.names import folded, trimmed, typed_name

# Slack's limit on the IDs that an app gives to views, blocks and elements:
# docs.slack.dev/reference/views/modal-views.
ID_MAX = 255
# Slack cuts longer messages: docs.slack.dev/reference/methods/chat.postMessage.
COMMAND_MAX = 40_000
# Slack states no limit. A submission's key, of 120 characters, holds a view's ID and one of these.
TRIGGER_MAX = 75
URL_MAX = 3000
# The places of errors that handlers find.
CALLBACK = "view.callback_id"
ACTION = "actions.0.action_id"
ACTION_VALUE = "actions.0.value"

# How Slack writes names and addresses in a command's text: "<#C123|sales>", "<@U123|ana>",
# "<!subteam^S123|@leads>", "<!here>", "<https://example.com|example.com>".
_TOKEN = re.compile(r"<([#@!]?)([^|<>]+)(?:\|([^<>]*))?>")


def _ours(command: str) -> str:
    if command != COMMAND:
        raise ValueError("another app's command")
    return command


def _as_typed(text: str) -> str:
    """Return a command's text as the person typed it, before Slack escaped it.

    Only here is that undone: once more would change a name such as "R&D &amp; more". Slack escapes
    three characters: docs.slack.dev/messaging/formatting-message-text.
    """
    bare = _TOKEN.sub(_untokened, text).replace("&lt;", "<").replace("&gt;", ">")
    return bare.replace("&amp;", "&")


def message_text(text: str) -> str:
    """Return a message's text as its author typed it, with the addresses of its links.

    In a message a link may have any words: docs.slack.dev/messaging/formatting-message-text.
    """
    return _as_typed(_TOKEN.sub(_in_message, text))


def _in_message(found: re.Match[str]) -> str:
    mark, target, label = found.groups()
    if mark == "!" and target.startswith("date^"):
        return label or ""
    if mark or not label or label in target or not target.startswith("http"):
        return found[0]
    return f"{label} {target}"


def _untokened(found: re.Match[str]) -> str:
    mark, target, label = found.groups()
    if mark == "!":
        return f"@{(label or target).removeprefix('@')}"
    return f"{mark}{label or target}"


Id = Annotated[str, Field(max_length=ID_MAX)]
TriggerId = Annotated[str, Field(max_length=TRIGGER_MAX, pattern="^[0-9A-Za-z._-]+$")]
ResponseUrl = Annotated[str, Field(max_length=URL_MAX, pattern="^https?://[!-~]+$")]
MessageTs = Annotated[str, Field(max_length=SLACK_ID_MAX, pattern="^[0-9.]+$")]


class Payload(BaseModel):
    """A strict model of Slack's types: a number in place of a text is an error."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Named(Payload):
    """A person or a channel, as interactions name them."""

    id: SlackId


class SlashCommand(Payload):
    """A slash command."""

    kind: ClassVar[str] = "command"
    command: Annotated[str, AfterValidator(_ours)]
    text: Annotated[str, Field(max_length=COMMAND_MAX), AfterValidator(_as_typed)] = ""
    user: SlackId = Field(validation_alias="user_id")
    channel: SlackId = Field(validation_alias="channel_id")
    trigger_id: TriggerId
    response_url: ResponseUrl | None = None

    @property
    def key(self) -> str:
        """Slack's name for this request."""
        return self.trigger_id

    @property
    def subcommand(self) -> str:
        """The first word in lowercase, without quotes; empty if nothing was typed."""
        return folded(self._parts[0])

    @property
    def rest(self) -> str:
        """The text after the first word, as it was typed."""
        return self._parts[1]

    @property
    def _parts(self) -> tuple[str, str]:
        """The first word and the rest, whatever white space is between them."""
        first, *others = typed_name(self.text).split(maxsplit=1) or [""]
        return first, trimmed(others[0]) if others else ""

    def routing(self) -> dict[str, Any]:
        """Return the part, in Slack's shape, by which Bolt finds the listener."""
        return {"command": self.command}


class _Filled(Payload):
    values: dict[str, dict[str, ElementState]] = Field(default_factory=dict)


class ViewState(Payload):
    """A modal or a Home tab, as it was at the time of the request."""

    id: SlackId
    type: Id = ""
    root_view_id: Annotated[str, Field(max_length=SLACK_ID_MAX, pattern="^[A-Z0-9]*$")] = ""
    hash: Id = ""
    callback_id: Id = ""
    external_id: Id = ""
    private_metadata: Annotated[str, Field(max_length=METADATA_MAX)] = ""
    state: _Filled = _Filled()

    @property
    def values(self) -> State:
        """The state of its elements."""
        return self.state.values

    @property
    def is_contact_list(self) -> bool:
        """Whether it is the modal that shows a contact list."""
        return self.callback_id == CONTACT_LIST

    def typed(self, field: str) -> str:
        """Return the text in a field; empty if there is no such field."""
        return next((each.value or "" for each in self.values.get(field, {}).values()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A pressed button, a choice in a field that redraws its form, or a shortcut.

    A shortcut has the name of the button that does the same. Only a press in a message has a
    channel and a `response_url`. `text` is the message's, for a shortcut on it.
    """

    kind: str
    user: str
    action: str
    trigger_id: str
    field: str = ""
    value: str = ""
    response_url: str | None = None
    view: ViewState | None = None
    channel: str = ""
    message_ts: str | None = None
    text: str = ""

    @property
    def key(self) -> str:
        """Slack's name for this request."""
        return self.trigger_id

    @property
    def on_home(self) -> bool:
        """Whether the press was on the Home tab."""
        return self.view is not None and self.view.type == "home"

    @property
    def modal(self) -> ViewState | None:
        """The modal of the press, if there was one."""
        return None if self.on_home else self.view

    def where(self, channel: str) -> "Press":
        """Return the press as if made in the channel of the first request, whose roles count."""
        return replace(self, channel=channel or self.channel)

    def routing(self) -> dict[str, Any]:
        """Return the same as `SlashCommand.routing`."""
        if self.kind == "block_actions":
            return {"type": self.kind, "actions": [{"action_id": self.action}]}
        return {"type": self.kind, "callback_id": self.action}


class _InView(Payload):
    """A request of a person in a modal."""

    kind: ClassVar[str]
    person: Named = Field(validation_alias="user")
    view: ViewState

    @property
    def user(self) -> str:
        """The person who did it."""
        return self.person.id


class _OfView(_InView):
    """A request about a modal as a whole."""

    def routing(self) -> dict[str, Any]:
        """Return the same as `SlashCommand.routing`."""
        view = {"type": self.view.type, "callback_id": self.view.callback_id}
        return {"type": self.kind, "view": view}


class Submit(_OfView):
    """A submitted modal. Slack may send it twice and show either answer, so each gets its own."""

    kind: ClassVar[str] = "view_submission"
    key: ClassVar[None] = None
    trigger_id: TriggerId


class Closed(_OfView):
    """A modal that the person closed."""

    kind: ClassVar[str] = "view_closed"

    @property
    def key(self) -> str:
        """The view's ID, because a view closes once."""
        return self.view.id


class Query(_InView):
    """The text typed into a typeahead so far."""

    kind: ClassVar[str] = "block_suggestion"
    key: ClassVar[None] = None
    action_id: Id
    field: Id = Field(validation_alias="block_id")
    typed: Annotated[str, Field(max_length=INPUT_MAX)] = Field("", validation_alias="value")

    def routing(self) -> dict[str, Any]:
        """Return the same as `SlashCommand.routing`."""
        return {"type": self.kind, "action_id": self.action_id}


class _Happened(Payload):
    type: Id
    user: SlackId
    tab: Id = ""


class Event(Payload):
    """An event of the Events API: docs.slack.dev/reference/events."""

    kind: ClassVar[str] = "event_callback"
    envelope: Literal["event_callback"] = Field(validation_alias="type")
    event_id: Id | None = None
    event: _Happened

    @property
    def type(self) -> str:
        """What happened."""
        return self.event.type

    @property
    def user(self) -> str:
        """The person who did it."""
        return self.event.user

    @property
    def tab(self) -> str:
        """The tab of the app that was opened, if any."""
        return self.event.tab

    @property
    def key(self) -> str | None:
        """Slack's name for this request."""
        return self.event_id

    def routing(self) -> dict[str, Any]:
        """Return the same as `SlashCommand.routing`."""
        return {"type": self.kind, "event": {"type": self.type, "user": self.user}}


Request = SlashCommand | Press | Submit | Closed | Query | Event
