from collections.abc import Callable
from typing import Any

import pytest

from sandbox.slack.blockkit import initial_state, view_faults

Json = dict[str, Any]

OPTION: Json = {"text": {"type": "plain_text", "text": "A"}, "value": "a"}
WORDS: Json = {"type": "plain_text", "text": "Label"}

# The element, the field in its state, the field with its initial value, and an initial value.
ROWS: list[tuple[Json, str, str, object]] = [
    ({"type": "plain_text_input"}, "value", "initial_value", "Spring"),
    ({"type": "email_text_input"}, "value", "initial_value", "ana@example.com"),
    ({"type": "url_text_input"}, "value", "initial_value", "https://example.com"),
    ({"type": "number_input", "is_decimal_allowed": False}, "value", "initial_value", "3"),
    ({"type": "static_select", "options": [OPTION]}, "selected_option", "initial_option", OPTION),
    ({"type": "external_select"}, "selected_option", "initial_option", OPTION),
    ({"type": "radio_buttons", "options": [OPTION]}, "selected_option", "initial_option", OPTION),
    ({"type": "users_select"}, "selected_user", "initial_user", "U1"),
    ({"type": "channels_select"}, "selected_channel", "initial_channel", "C1"),
    ({"type": "conversations_select"}, "selected_conversation", "initial_conversation", "C1"),
    ({"type": "datepicker"}, "selected_date", "initial_date", "2027-01-31"),
    ({"type": "timepicker"}, "selected_time", "initial_time", "09:30"),
    ({"type": "datetimepicker"}, "selected_date_time", "initial_date_time", 1_800_000_000),
    (
        {"type": "multi_static_select", "options": [OPTION]},
        "selected_options",
        "initial_options",
        [OPTION],
    ),
    ({"type": "multi_external_select"}, "selected_options", "initial_options", [OPTION]),
    ({"type": "checkboxes", "options": [OPTION]}, "selected_options", "initial_options", [OPTION]),
    ({"type": "multi_users_select"}, "selected_users", "initial_users", ["U1"]),
    ({"type": "multi_channels_select"}, "selected_channels", "initial_channels", ["C1"]),
    (
        {"type": "multi_conversations_select"},
        "selected_conversations",
        "initial_conversations",
        ["C1"],
    ),
]


def entry(element: Json) -> Json:
    held = {**element, "action_id": "action"}
    return {"type": "input", "block_id": "block", "label": WORDS, "element": held}


@pytest.mark.parametrize(
    ("element", "field", "initial", "value"), ROWS, ids=[row[0]["type"] for row in ROWS]
)
def test_state_of_an_untouched_element(
    element: Json,
    field: str,
    initial: str,
    value: object,
    modal: Callable[..., Json],
) -> None:
    bare, filled = modal(entry(element)), modal(entry({**element, initial: value}))
    assert view_faults(bare) == view_faults(filled) == []
    kind = element["type"]
    empty: list[object] | None = [] if isinstance(value, list) else None
    assert initial_state(bare) == {"block": {"action": {"type": kind, field: empty}}}
    assert initial_state(filled) == {"block": {"action": {"type": kind, field: value}}}


def test_the_state_of_a_time_has_its_time_zone(modal: Callable[..., Json]) -> None:
    view = modal(entry({"type": "timepicker", "timezone": "Asia/Kolkata"}))
    assert initial_state(view)["block"]["action"] == {
        "type": "timepicker",
        "selected_time": None,
        "timezone": "Asia/Kolkata",
    }


def test_an_empty_initial_text_is_none_in_the_state(modal: Callable[..., Json]) -> None:
    view = modal(entry({"type": "plain_text_input", "initial_value": ""}))
    assert initial_state(view)["block"]["action"]["value"] is None


def test_actions_and_accessories_have_state_and_buttons_have_none(
    modal: Callable[..., Json],
) -> None:
    button = {"type": "button", "text": WORDS, "action_id": "go"}
    day = {"type": "datepicker", "action_id": "day"}
    time = {"type": "timepicker", "action_id": "time"}
    view = modal(
        {"type": "section", "block_id": "when", "text": WORDS, "accessory": day},
        {"type": "actions", "block_id": "row", "elements": [button, time]},
        {"type": "actions", "block_id": "buttons", "elements": [button]},
        {"type": "divider", "block_id": "line"},
    )
    assert view_faults(view) == []
    assert initial_state(view) == {
        "when": {"day": {"type": "datepicker", "selected_date": None}},
        "row": {"time": {"type": "timepicker", "selected_time": None}},
    }


def test_changing_the_state_does_not_change_the_view(modal: Callable[..., Json]) -> None:
    view = modal(entry({"type": "multi_users_select", "initial_users": ["U1"]}))
    selected = initial_state(view)["block"]["action"]["selected_users"]
    assert isinstance(selected, list)
    selected.append("U2")
    assert view["blocks"][0]["element"]["initial_users"] == ["U1"]
