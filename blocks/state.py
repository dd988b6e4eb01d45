"""The state of a form's elements, as Slack sends it back, typed.

Source: `view.state.values` of docs.slack.dev/reference/interaction-payloads.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from blocks.fields import Value
from blocks.kit import OPTION_VALUE_MAX

# Slack's limits: docs.slack.dev/reference/block-kit/block-elements.
INPUT_MAX = 3000
OPTIONS_MAX = 100
FILES_MAX = 10
# The bot's tables store at most this many characters; Slack's IDs have eleven today.
SLACK_ID_MAX = 40

SlackId = Annotated[str, Field(max_length=SLACK_ID_MAX, pattern="^[A-Z0-9]+$")]


class MalformedRequest(Exception):
    """A request from Slack does not have the shape that Slack documents.

    `place` says where, such as `view.state.values.name`; it never contains the value.
    """

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def _real_date(text: str) -> str:
    date.fromisoformat(text)
    return text


DateText = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_real_date)]
TimeText = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class ChosenOption(_Sent):
    """An option chosen in a menu or checked in a list."""

    value: Annotated[str, Field(min_length=1, max_length=OPTION_VALUE_MAX)]


class PutFile(_Sent):
    """A file that a person put into the form; Slack has its content."""

    id: SlackId


class ElementState(_Sent):
    """The state of one element; each kind of element has its own key, null while it is empty."""

    value: Annotated[str, Field(max_length=INPUT_MAX)] | None = None
    selected_date: DateText | None = None
    selected_time: TimeText | None = None
    selected_conversation: SlackId | None = None
    selected_option: ChosenOption | None = None
    selected_options: Annotated[list[ChosenOption], Field(max_length=OPTIONS_MAX)] | None = None
    files: Annotated[list[PutFile], Field(max_length=FILES_MAX)] | None = None

    @property
    def entered(self) -> Value:
        """Return the text, or all texts of an element that can hold several; of files, the IDs."""
        if "selected_options" in self.model_fields_set:
            return [chosen.value for chosen in self.selected_options or ()]
        if "files" in self.model_fields_set:
            return [put.id for put in self.files or ()]
        if self.selected_option:
            return self.selected_option.value
        texts = (self.value, self.selected_date, self.selected_time, self.selected_conversation)
        return next((text for text in texts if text), None)


# By `block_id`, then by `action_id`.
State = Mapping[str, Mapping[str, ElementState]]
