"""What Slack sends, typed: only the parts that are used, tolerant of all others.

Source: docs.slack.dev/reference/interaction-payloads and docs.slack.dev/interactivity.
"""

import re
from html import unescape
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AliasChoices, AliasPath, BaseModel, ConfigDict, Field

# What Slack makes of names and addresses in a command's text: "<#C123|sales>", "<@U123|ana>",
# "<!subteam^S123|@leads>", "<!here>", "<https://example.com|example.com>".
_TOKEN = re.compile(r"<([#@!]?)([^|>]+)(?:\|([^>]*))?>")


def _as_typed(text: str) -> str:
    """A command's text as the person typed it, before Slack escaped it."""
    return unescape(_TOKEN.sub(_untokened, text))


def _untokened(found: re.Match[str]) -> str:
    mark, target, label = found.groups()
    if mark == "!":
        return f"@{(label or target).removeprefix('@')}"
    return f"{mark}{label or target}"


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Command(_Payload):
    """A slash command."""

    text: Annotated[str, AfterValidator(_as_typed)] = ""
    user: str = Field(validation_alias="user_id")
    channel: str = Field(validation_alias="channel_id")
    trigger_id: str
    response_url: str | None = None


class ViewState(_Payload):
    """A modal, or a Home tab, as it stood when something happened in it."""

    id: str
    type: str = ""
    root_view_id: str = ""
    hash: str = ""
    callback_id: str = ""
    private_metadata: str = ""
    values: dict[str, dict[str, dict[str, Any]]] = Field(
        default_factory=dict, validation_alias=AliasPath("state", "values")
    )

    def typed(self, field: str) -> str:
        """What stands in a text field; nothing where there is no such field."""
        elements = self.values.get(field, {}).values()
        return next((str(each.get("value") or "") for each in elements), "")


class Press(_Payload):
    """A button pressed, or a choice made in a field that redraws its form; or a shortcut chosen.

    A shortcut bears the name of the button that does the same. Only what stands in a message has a
    channel and a `response_url`.
    """

    user: str = Field(validation_alias=AliasPath("user", "id"))
    action: str = Field(
        validation_alias=AliasChoices(AliasPath("actions", 0, "action_id"), "callback_id")
    )
    value: str = Field("", validation_alias=AliasPath("actions", 0, "value"))
    trigger_id: str
    response_url: str | None = None
    view: ViewState | None = None
    channel: str = Field(
        "",
        validation_alias=AliasChoices(
            AliasPath("channel", "id"), AliasPath("container", "channel_id")
        ),
    )
    message_ts: str | None = Field(None, validation_alias=AliasPath("container", "message_ts"))
    is_ephemeral: bool = Field(False, validation_alias=AliasPath("container", "is_ephemeral"))

    @property
    def on_home(self) -> bool:
        """Whether it was made on the Home tab."""
        return self.view is not None and self.view.type == "home"

    @property
    def modal(self) -> ViewState | None:
        """The modal it was made in, if it was one."""
        return None if self.on_home else self.view

    def where(self, channel: str) -> Self:
        """The press as if it were made where the matter was first asked: there are its roles."""
        return self.model_copy(update={"channel": channel or self.channel})


class Event(_Payload):
    """Something that happened, as the Events API tells it: docs.slack.dev/reference/events."""

    type: str = Field(validation_alias=AliasPath("event", "type"))
    user: str = Field("", validation_alias=AliasPath("event", "user"))
    tab: str = Field("", validation_alias=AliasPath("event", "tab"))


class Submit(_Payload):
    """A modal submitted."""

    user: str = Field(validation_alias=AliasPath("user", "id"))
    view: ViewState


class Query(_Payload):
    """What was typed into a typeahead so far."""

    field: str = Field(validation_alias="block_id")
    typed: str = Field("", validation_alias="value")
    view: ViewState
