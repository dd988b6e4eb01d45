"""The initial `state.values` of a view or message, before anyone changes it."""

from copy import deepcopy
from dataclasses import dataclass

from sandbox.slack.blockkit.blocks import elements_of
from sandbox.slack.blockkit.checks import Fields


@dataclass(frozen=True, slots=True)
class _Shape:
    """The state field for an element's value, and the element's field for its initial value."""

    field: str
    initial: str
    many: bool = False

    def of(self, element: Fields) -> object:
        """Return the initial value as Slack reports it; an empty text counts as no value."""
        return deepcopy(element.get(self.initial)) or ([] if self.many else None)


_TYPED = _Shape("value", "initial_value")
_OPTION = _Shape("selected_option", "initial_option")
_OPTIONS = _Shape("selected_options", "initial_options", many=True)

_SHAPES = {
    "plain_text_input": _TYPED,
    "email_text_input": _TYPED,
    "url_text_input": _TYPED,
    "number_input": _TYPED,
    "static_select": _OPTION,
    "external_select": _OPTION,
    "radio_buttons": _OPTION,
    "multi_static_select": _OPTIONS,
    "multi_external_select": _OPTIONS,
    "checkboxes": _OPTIONS,
    "file_input": _Shape("files", "", many=True),
    "users_select": _Shape("selected_user", "initial_user"),
    "channels_select": _Shape("selected_channel", "initial_channel"),
    "conversations_select": _Shape("selected_conversation", "initial_conversation"),
    "multi_users_select": _Shape("selected_users", "initial_users", many=True),
    "multi_channels_select": _Shape("selected_channels", "initial_channels", many=True),
    "multi_conversations_select": _Shape(
        "selected_conversations", "initial_conversations", many=True
    ),
    "datepicker": _Shape("selected_date", "initial_date"),
    "timepicker": _Shape("selected_time", "initial_time"),
    "datetimepicker": _Shape("selected_date_time", "initial_date_time"),
}


def _entry(element: Fields) -> dict[str, object]:
    shape = _SHAPES[element["type"]]
    zone = {"timezone": element["timezone"]} if "timezone" in element else {}
    return {"type": element["type"], shape.field: shape.of(element), **zone}


def _entries(block: Fields) -> dict[str, dict[str, object]]:
    return {
        element["action_id"]: _entry(element)
        for element in elements_of(block)
        if element["type"] in _SHAPES and "action_id" in element
    }


def initial_state(view: Fields) -> dict[str, dict[str, dict[str, object]]]:
    """Return the initial `state.values` of a valid view or message, by block_id and action_id.

    Elements in section and actions blocks are included. Slack adds missing ids before it reports
    state, so elements and blocks without ids are left out here. `default_to_current_conversation`
    selects nothing, because a view does not know where it will open.
    Shapes: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
    """
    states = {block["block_id"]: _entries(block) for block in view["blocks"] if "block_id" in block}
    return {block_id: entries for block_id, entries in states.items() if entries}
