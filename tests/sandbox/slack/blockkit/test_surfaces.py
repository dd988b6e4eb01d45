import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.slack.blockkit import Fault, message_faults, options_faults, view_faults

Json = dict[str, Any]

DIVIDER: Json = {"type": "divider"}
OPTION: Json = {"text": {"type": "plain_text", "text": "A"}, "value": "a"}
INPUT: Json = {
    "type": "input",
    "label": {"type": "plain_text", "text": "Name"},
    "element": {"type": "plain_text_input", "action_id": "name"},
}


def words(length: int) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def options(count: int) -> list[Json]:
    return [{**OPTION, "value": str(n)} for n in range(count)]


def sections(count: int) -> list[Json]:
    # Each character has four bytes, so each block has a little more than 12,000 bytes.
    text = {"type": "plain_text", "text": "\N{GRINNING FACE}" * 3000}
    return [{"type": "section", "text": text}] * count


MODAL_ROWS: dict[str, tuple[Json, Json, str]] = {
    "title": ({"title": words(24)}, {"title": words(25)}, "/view/title/text"),
    "submit": ({"submit": words(24)}, {"submit": words(25)}, "/view/submit/text"),
    "close": ({"close": words(24)}, {"close": words(25)}, "/view/close/text"),
    "private_metadata": (
        {"private_metadata": "x" * 3000},
        {"private_metadata": "x" * 3001},
        "/view/private_metadata",
    ),
    "callback_id": ({"callback_id": "x" * 255}, {"callback_id": "x" * 256}, "/view/callback_id"),
    "external_id": ({"external_id": "x" * 255}, {"external_id": "x" * 256}, "/view/external_id"),
    "flags": ({"notify_on_close": True}, {"clear_on_close": "no"}, "/view/clear_on_close"),
    "known fields": ({"submit_disabled": True}, {"color": "red"}, "/view"),
    "no null fields": ({}, {"close": None}, "/view/close"),
    "blocks": ({"blocks": [DIVIDER] * 100}, {"blocks": [DIVIDER] * 101}, "/view/blocks"),
    "bytes": ({"blocks": sections(20)}, {"blocks": sections(21)}, "/view"),
}


@pytest.mark.parametrize(("sound", "refused", "at"), MODAL_ROWS.values(), ids=MODAL_ROWS)
def test_modal_limits(sound: Json, refused: Json, at: str, modal: Callable[..., Json]) -> None:
    assert view_faults(modal(**sound)) == []
    assert [fault.pointer for fault in view_faults(modal(**refused))] == [at]


def test_a_modal_needs_a_title_and_blocks() -> None:
    assert view_faults({"type": "modal"}) == [
        Fault("/view", "missing required field: title"),
        Fault("/view", "missing required field: blocks"),
    ]


def test_a_modal_with_an_input_needs_submit(modal: Callable[..., Json]) -> None:
    view = modal(INPUT)
    assert view_faults(view) == []
    del view["submit"]
    assert view_faults(view) == [
        Fault("/view", "missing required field: submit, as there are input blocks")
    ]


def test_a_modal_without_inputs_needs_no_submit(modal: Callable[..., Json]) -> None:
    view = modal(DIVIDER)
    del view["submit"]
    assert view_faults(view) == []


def test_a_fault_deep_in_a_view_has_a_pointer(modal: Callable[..., Json]) -> None:
    deep = {**INPUT, "label": words(0)}
    assert view_faults(modal(DIVIDER, deep)) == [
        Fault("/view/blocks/1/label/text", "must be more than 0 characters")
    ]


def test_a_home_tab_has_no_title() -> None:
    home = {"type": "home", "blocks": [DIVIDER], "private_metadata": "x"}
    assert view_faults(home) == []
    assert view_faults({**home, "title": words(1)}) == [
        Fault("/view", "invalid additional property: title")
    ]


@pytest.mark.parametrize("view", [None, [], "modal", {}, {"type": "workflow_step"}])
def test_a_value_that_is_not_a_view_is_refused(view: object) -> None:
    assert len(view_faults(view)) == 1


def test_a_lone_surrogate_is_accepted(modal: Callable[..., Json]) -> None:
    assert view_faults(modal(private_metadata="\ud800")) == []


METADATA: Json = {"event_type": "campaign_created", "event_payload": {"id": "1"}}

MESSAGE_ROWS: dict[str, tuple[Json, Json, str]] = {
    "length": ({"text": "x" * 40_000}, {"text": "x" * 40_001}, "/text"),
    "blocks": ({"blocks": [DIVIDER] * 50}, {"blocks": [DIVIDER] * 51}, "/blocks"),
    "blocks as a list": ({"blocks": []}, {"blocks": "[]"}, "/blocks"),
    "modal-only input": (
        {"blocks": [INPUT]},
        {"blocks": [{**INPUT, "element": {"type": "email_text_input"}}]},
        "/blocks/0/element/type",
    ),
    "metadata": ({"metadata": METADATA}, {"metadata": {**METADATA, "x": 1}}, "/metadata"),
    "metadata payload": (
        {"metadata": {**METADATA, "event_payload": {}}},
        {"metadata": {**METADATA, "event_payload": "1"}},
        "/metadata/event_payload",
    ),
    "attachments": ({"channel": "C1"}, {"attachments": []}, "/attachments"),
    "markdown_text": ({"thread_ts": "1.2"}, {"markdown_text": "*x*"}, "/markdown_text"),
}


@pytest.mark.parametrize(("sound", "refused", "at"), MESSAGE_ROWS.values(), ids=MESSAGE_ROWS)
def test_message_limits(sound: Json, refused: Json, at: str) -> None:
    assert message_faults({"text": "Created", **sound}) == []
    assert [fault.pointer for fault in message_faults({"text": "Created", **refused})] == [at]


@pytest.mark.parametrize("text", [{}, {"text": ""}, {"text": " \n"}, {"text": None}])
def test_a_message_of_blocks_still_needs_text(text: Json) -> None:
    assert message_faults({"blocks": [DIVIDER], **text}) == [
        Fault("/text", "must provide text, as screen readers read it instead of the blocks")
    ]


ANSWER_ROWS: dict[str, tuple[object, object, str]] = {
    "options": ({"options": options(100)}, {"options": options(101)}, "/options"),
    "no options found": ({"options": []}, {}, ""),
    "groups": (
        {"option_groups": [{"label": words(75), "options": [OPTION]}]},
        {"option_groups": [{"label": words(76), "options": [OPTION]}]},
        "/option_groups/0/label/text",
    ),
    "never both": ({"option_groups": []}, {"options": [], "option_groups": []}, ""),
    "values differ": ({"options": [OPTION]}, {"options": [OPTION, OPTION]}, ""),
    "known fields": ({"options": [OPTION]}, {"options": [OPTION], "more": True}, ""),
    "an object": ({"options": [OPTION]}, [OPTION], ""),
}


@pytest.mark.parametrize(("sound", "refused", "at"), ANSWER_ROWS.values(), ids=ANSWER_ROWS)
def test_answer_limits(sound: object, refused: object, at: str) -> None:
    assert options_faults(sound) == []
    assert [fault.pointer for fault in options_faults(refused)] == [at]


NAMES = re.findall(
    r"\w+",
    """
    type text blocks elements element accessory options option_groups value title submit label
    initial_option initial_options initial_value min_value max_value is_decimal_allowed max_length
    initial_date initial_time timezone focus_on_load block_id action_id fields style alt_text
    image_url placeholder confirm modal section actions input context image header rich_text
    button static_select multi_static_select number_input plain_text_input datepicker timepicker
    checkboxes plain_text mrkdwn rich_text_section rich_text_list home metadata
    """,
)

WORDS = st.sampled_from(NAMES) | st.text(max_size=5) | st.just("2027-02-30") | st.just("1.5")
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=12,
)


@given(JSON)
def test_the_checks_never_raise_for_any_json(value: object) -> None:
    blocks = [value, {"type": "section", "text": value, "accessory": value}]
    for faults in (
        view_faults(value),
        view_faults({"type": "modal", "title": words(1), "blocks": blocks}),
        message_faults({"text": value, "blocks": blocks, "metadata": value}),
        options_faults(value),
        options_faults({"options": value}),
    ):
        assert all(fault.reason for fault in faults)


ELEMENT = st.builds(
    lambda kind, fields: {"type": kind, **fields},
    st.sampled_from(["static_select", "multi_static_select", "number_input", "plain_text_input"]),
    st.dictionaries(st.sampled_from(NAMES), JSON | st.just([OPTION]) | st.just(OPTION), max_size=6),
)


@given(ELEMENT)
def test_the_checks_never_raise_for_any_element(element: Json) -> None:
    view = {"type": "modal", "title": words(1), "blocks": [{**INPUT, "element": element}]}
    assert all(fault.pointer.startswith("/view") for fault in view_faults(view))
