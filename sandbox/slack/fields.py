"""The fields of a form: Slack's value of each element type, and the answer as people write it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.slack.elements import BUTTONS, placed
from sandbox.slack.shapes import JsonObject, text_of
from sandbox.slack.workspace import User, Workspace

Answer = str | list[str]
"""An answer as a person writes it: "Weekly", "2027-01-31", ["Monday", "Friday"]."""


class FormError(Exception):
    """Raised when Slack's own client would not allow this; the message names the field."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form, and its label."""

    label: str
    block: JsonObject
    element: JsonObject

    @property
    def required(self) -> bool:
        """Return whether the field must be filled in."""
        return self.block["type"] == "input" and not self.block.get("optional", False)

    @property
    def dispatches(self) -> bool:
        """Return whether Slack sends a change to the bot at once."""
        return self.block["type"] != "input" or bool(self.block.get("dispatch_action"))

    @property
    def options(self) -> list[JsonObject]:
        """Return the options in the view itself."""
        return flat_options(self.element)

    @property
    def is_external(self) -> bool:
        """Return whether the bot supplies the options while a person types."""
        return "external" in str(self.element["type"])

    @property
    def entry(self) -> "Entry":
        """Return how its element type stores an answer."""
        return ENTRIES[self.element["type"]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The context of an answer: the workspace, the user, and the options offered."""

    workspace: Workspace
    user: User
    options: list[JsonObject]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Converts one kind of answer between a person's text and Slack's value."""

    enter: Callable[[str, Surroundings], object]
    show: Callable[[object, Surroundings], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """How an element's state stores its answer: the key, the kind, and whether it is a list."""

    key: str
    meaning: Meaning
    many: bool = False

    def enter(self, answer: Answer | None, surroundings: Surroundings) -> object:
        """Return the state value for an answer, or Slack's empty value for no answer.

        Raises:
            FormError: There is no such option, channel or person.
        """
        given = [answer] if isinstance(answer, str) else answer or []
        values = [self.meaning.enter(each, surroundings) for each in given if each]
        if self.many:
            return values
        return values[0] if values else None

    def show(self, value: object, surroundings: Surroundings) -> Answer | None:
        """Return a state value as a person would write it."""
        if isinstance(value, list):
            return [self.meaning.show(each, surroundings) for each in value]
        return None if value is None else self.meaning.show(value, surroundings)


def fields(blocks: list[JsonObject]) -> list[Field]:
    """Return the fields of input, section and actions blocks, in order."""
    return [
        Field(_label(block, element), block, element)
        for block, element in placed(blocks)
        if element["type"] not in BUTTONS
    ]


def flat_options(offered: JsonObject) -> list[JsonObject]:
    """Return all options of a select or of an answer to `block_suggestion`, without groups."""
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


def _no_file(text: str, _: Surroundings) -> object:
    raise FormError(f"{text!r} cannot be typed; files are attached")


def _file_name(value: object, _: Surroundings) -> str:
    return str(value["name"]) if isinstance(value, dict) else ""


AS_TYPED = Meaning(lambda text, _: text, lambda value, _: str(value))
OPTION = Meaning(_option, _option_text)
CHANNEL = Meaning(_channel_id, _channel_name)
USER = Meaning(_user_id, _user_name)
MOMENT = Meaning(_epoch, _local_time)
FILE = Meaning(_no_file, _file_name)

ENTRIES = {
    "plain_text_input": Entry("value", AS_TYPED),
    "number_input": Entry("value", AS_TYPED),
    "email_text_input": Entry("value", AS_TYPED),
    "url_text_input": Entry("value", AS_TYPED),
    "datepicker": Entry("selected_date", AS_TYPED),
    "timepicker": Entry("selected_time", AS_TYPED),
    "datetimepicker": Entry("selected_date_time", MOMENT),
    "file_input": Entry("files", FILE, many=True),
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
