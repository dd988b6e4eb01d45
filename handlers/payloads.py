"""What Slack sends, typed: only the parts that are used, tolerant of all others.

Source: docs.slack.dev/reference/interaction-payloads and docs.slack.dev/interactivity.
"""

import re
from html import unescape
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AliasChoices, AliasPath, BaseModel, ConfigDict, Field

# A name in a command's text, which Slack sends as "<#C123|sales>" or "<@U123|ana>".
_MENTION = re.compile(r"<([#@])([^|>]+)(?:\|([^>]*))?>")


def _as_typed(text: str) -> str:
    """A command's text as the person typed it, before Slack escaped it."""
    named = _MENTION.sub(lambda found: found[1] + (found[3] or found[2]), text)
    return unescape(named)


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
    """A modal as it stood when something happened in it."""

    id: str
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
    """A button pressed, or a choice made in a field that redraws its form."""

    user: str = Field(validation_alias=AliasPath("user", "id"))
    action: str = Field(validation_alias=AliasPath("actions", 0, "action_id"))
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

    def where(self, channel: str) -> Self:
        """The press as if it were made where the matter was first asked: there are its roles."""
        return self.model_copy(update={"channel": channel or self.channel})


class Submit(_Payload):
    """A modal submitted."""

    user: str = Field(validation_alias=AliasPath("user", "id"))
    view: ViewState


class Query(_Payload):
    """What was typed into a typeahead so far."""

    field: str = Field(validation_alias="block_id")
    typed: str = Field("", validation_alias="value")
    view: ViewState
