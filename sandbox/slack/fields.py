"""The fields of a form: how each element type holds an answer, and how a person would say it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.slack.elements import BUTTONS, placed
from sandbox.slack.shapes import JsonObject, text_of
from sandbox.slack.workspace import User, Workspace

Answer = str | list[str]
"""An answer as a person says it: "Weekly", "2027-01-31", ["Monday", "Friday"]."""


class FormError(Exception):
    """Slack's own window would not let a person do this; the message names the field."""


@dataclass(frozen=True, slots=True)
class Field:
    """A place for an answer, under the words that stand beside it."""

    label: str
    block: JsonObject
    element: JsonObject

    @property
    def required(self) -> bool:
        """Whether it may not be left empty."""
        return self.block["type"] == "input" and not self.block.get("optional", False)

    @property
    def dispatches(self) -> bool:
        """Whether the bot is told of a change at once."""
        return self.block["type"] != "input" or bool(self.block.get("dispatch_action"))

    @property
    def options(self) -> list[JsonObject]:
        """The options the view itself offers."""
        return flat_options(self.element)

    @property
    def is_external(self) -> bool:
        """Whether the bot supplies the options while somebody types."""
        return "external" in str(self.element["type"])

    @property
    def entry(self) -> "Entry":
        """How its element type holds an answer."""
        return ENTRIES[self.element["type"]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What gives an answer its meaning: who says it, where, and the options offered."""

    workspace: Workspace
    user: User
    options: list[JsonObject]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One kind of answer: from a person's words to Slack's value, and back."""

    enter: Callable[[str, Surroundings], object]
    show: Callable[[object, Surroundings], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an element's state holds its answer, of what kind, and whether there are many."""

    key: str
    meaning: Meaning
    many: bool = False

    def enter(self, answer: Answer | None, surroundings: Surroundings) -> object:
        """The value in the element's state for an answer; without one, Slack's empty value.

        Raises:
            FormError: no such option, channel or person.
        """
        given = [answer] if isinstance(answer, str) else answer or []
        values = [self.meaning.enter(each, surroundings) for each in given if each]
        if self.many:
            return values
        return values[0] if values else None

    def show(self, value: object, surroundings: Surroundings) -> Answer | None:
        """A value of the element's state, in a person's words."""
        if isinstance(value, list):
            return [self.meaning.show(each, surroundings) for each in value]
        return None if value is None else self.meaning.show(value, surroundings)


def fields(blocks: list[JsonObject]) -> list[Field]:
    """The fields in order, inputs and what stands beside a text or in a row of actions."""
    return [
        Field(_label(block, element), block, element)
        for block, element in placed(blocks)
        if element["type"] not in BUTTONS
    ]


def flat_options(offered: JsonObject) -> list[JsonObject]:
    """The options of a select or of an answer to `block_suggestion`, out of their groups."""
    groups: list[JsonObject] = [offered, *offered.get("option_groups", [])]
    return [option for group in groups for option in group.get("options", [])]


def _label(block: JsonObject, element: JsonObject) -> str:
    beside = {"input": block.get("label"), "section": block.get("text")}
    return text_of(beside.get(block["type"], element.get("placeholder")))


def _option(text: str, surroundings: Surroundings) -> object:
    for option in surroundings.options:
        if text_of(option["text"]) == text:
            return option
    offered = ", ".join(text_of(option["text"]) for option in surroundings.options)
    raise FormError(f"{text!r} is not offered; these are: {offered or 'none'}")


def _option_text(value: object, _: Surroundings) -> str:
    return text_of(value["text"]) if isinstance(value, dict) else ""


def _channel_id(text: str, surroundings: Surroundings) -> object:
    try:
        return surroundings.workspace.channel_named(text).id
    except KeyError:
        raise FormError(f"there is no channel {text!r}") from None


def _channel_name(value: object, surroundings: Surroundings) -> str:
    return f"#{surroundings.workspace.channels[str(value)].name}"


def _user_id(text: str, surroundings: Surroundings) -> object:
    try:
        return surroundings.workspace.user_named(text).id
    except KeyError:
        raise FormError(f"nobody is called {text!r}") from None


def _user_name(value: object, surroundings: Surroundings) -> str:
    return surroundings.workspace.users[str(value)].real_name


def _epoch(text: str, surroundings: Surroundings) -> object:
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(surroundings.user.tz))
    return int(local.timestamp())


def _local_time(value: object, surroundings: Surroundings) -> str:
    moment = datetime.fromtimestamp(int(str(value)), UTC)
    return moment.astimezone(ZoneInfo(surroundings.user.tz)).strftime("%Y-%m-%d %H:%M")


AS_TYPED = Meaning(lambda text, _: text, lambda value, _: str(value))
OPTION = Meaning(_option, _option_text)
CHANNEL = Meaning(_channel_id, _channel_name)
USER = Meaning(_user_id, _user_name)
MOMENT = Meaning(_epoch, _local_time)

ENTRIES = {
    "plain_text_input": Entry("value", AS_TYPED),
    "number_input": Entry("value", AS_TYPED),
    "email_text_input": Entry("value", AS_TYPED),
    "url_text_input": Entry("value", AS_TYPED),
    "datepicker": Entry("selected_date", AS_TYPED),
    "timepicker": Entry("selected_time", AS_TYPED),
    "datetimepicker": Entry("selected_date_time", MOMENT),
    "static_select": Entry("selected_option", OPTION),
    "external_select": Entry("selected_option", OPTION),
    "radio_buttons": Entry("selected_option", OPTION),
    "multi_static_select": Entry("selected_options", OPTION, many=True),
    "multi_external_select": Entry("selected_options", OPTION, many=True),
    "checkboxes": Entry("selected_options", OPTION, many=True),
    "conversations_select": Entry("selected_conversation", CHANNEL),
    "multi_conversations_select": Entry("selected_conversations", CHANNEL, many=True),
    "channels_select": Entry("selected_channel", CHANNEL),
    "multi_channels_select": Entry("selected_channels", CHANNEL, many=True),
    "users_select": Entry("selected_user", USER),
    "multi_users_select": Entry("selected_users", USER, many=True),
}
"""https://docs.slack.dev/reference/views#state."""
