"""Reads Slack's requests into the types of `handlers.payloads`."""

import re
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationError

from blocks.ids import MENU
from blocks.kit import BUTTON_VALUE_MAX
from blocks.state import ChosenOption, MalformedRequest, SlackId
from bot.campaigns.names import trimmed
from handlers.incoming.bodies import Envelope
from handlers.payloads import (
    COMMAND_MAX,
    Closed,
    Event,
    Id,
    MessageTs,
    Named,
    Payload,
    Press,
    Query,
    Request,
    ResponseUrl,
    SlashCommand,
    Submit,
    TriggerId,
    ViewState,
    message_text,
)

# A part of a place that is safe to log: a name as Slack or the bot writes them, or a position.
_KNOWN_PART = re.compile(r"[a-z_]{1,40}|[0-9]{1,3}")


class _Element(Payload):
    action_id: Id
    block_id: Id = ""
    value: Annotated[str, Field(max_length=BUTTON_VALUE_MAX)] | None = None
    selected_option: ChosenOption | None = None

    @property
    def pressed(self) -> tuple[str, str]:
        """Return the action and the value of the button; a menu's option stands for one."""
        if self.action_id == MENU and self.selected_option:
            action, _, value = self.selected_option.value.partition(" ")
            return action, value
        return self.action_id, self.value or ""


class _Container(Payload):
    channel_id: SlackId | None = None
    message_ts: MessageTs | None = None


class _BlockActions(Payload):
    """A button press or a choice."""

    kind: ClassVar[str] = "block_actions"
    user: Named
    actions: Annotated[list[_Element], Field(min_length=1)]
    trigger_id: TriggerId
    response_url: ResponseUrl | None = None
    view: ViewState | None = None
    channel: Named | None = None
    container: _Container

    def press(self) -> Press:
        """Return it in the form that handlers use."""
        element, place = self.actions[0], self.container
        action, value = element.pressed
        return Press(
            kind=self.kind,
            user=self.user.id,
            action=action,
            trigger_id=self.trigger_id,
            field=element.block_id,
            value=value,
            response_url=self.response_url,
            view=self.view,
            channel=(self.channel.id if self.channel else place.channel_id) or "",
            message_ts=place.message_ts,
        )


class _Message(Payload):
    text: Annotated[str, Field(max_length=COMMAND_MAX), AfterValidator(message_text)] | None = None


class _Shortcut(Payload):
    """A shortcut; one on a message also has the message and its channel."""

    type: Literal["shortcut", "message_action"]
    user: Named
    callback_id: Id
    trigger_id: TriggerId
    response_url: ResponseUrl | None = None
    channel: Named | None = None
    message: _Message | None = None

    def press(self) -> Press:
        """Return it in the form that handlers use."""
        return Press(
            kind=self.type,
            user=self.user.id,
            action=self.callback_id,
            trigger_id=self.trigger_id,
            response_url=self.response_url,
            channel=self.channel.id if self.channel else "",
            text=trimmed((self.message and self.message.text) or ""),
        )


_READERS: dict[str, Callable[[Any], Request]] = {
    **{each.kind: each.model_validate for each in (SlashCommand, Submit, Closed, Query, Event)},
    "block_actions": lambda body: _BlockActions.model_validate(body).press(),
    "shortcut": lambda body: _Shortcut.model_validate(body).press(),
    "message_action": lambda body: _Shortcut.model_validate(body).press(),
}


def kind_of(envelope: Envelope) -> str:
    """Return the kind of request, in Slack's words; empty if the bot has no use for it."""
    payload = envelope.payload
    match envelope.type:
        case "slash_commands":
            return SlashCommand.kind
        case "events_api":
            return Event.kind
        case _:
            type_ = payload.get("type") if isinstance(payload, dict) else None
            return type_ if isinstance(type_, str) and type_ in _READERS else ""


def read(kind: str, body: object) -> Request:
    """Parse a request of this kind.

    Raises:
        MalformedRequest: the body is not such a request.
    """
    if kind not in _READERS:
        raise MalformedRequest("type")
    try:
        return _READERS[kind](body)
    except ValidationError as error:
        raise MalformedRequest(_place(error)) from None


def _place(error: ValidationError) -> str:
    """Return where the first error is; a mark replaces parts that a person may have typed."""
    loc = error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"]
    parts = [part if _KNOWN_PART.fullmatch(part) else "?" for part in map(str, loc)]
    return ".".join(parts) or "body"
