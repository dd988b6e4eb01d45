"""How people enter answers in each type of element, and which values the bot gets."""

from typing import Any

import pytest

from sandbox.clock import Clock
from sandbox.slack.checks import trouble_with
from sandbox.slack.fields import Answer, FormError, Surroundings, fields
from sandbox.slack.workspace import Workspace, seeded

Element = dict[str, Any]


def option(text: str) -> Element:
    return {"text": {"type": "plain_text", "text": text}, "value": text.lower()}


DAILY, WEEKLY = option("Daily"), option("Weekly")
GROUPS = [
    {"label": {"type": "plain_text", "text": "Recurrence"}, "options": [DAILY, WEEKLY]},
]


@pytest.fixture
def workspace() -> Workspace:
    return seeded(Clock())


def surroundings(workspace: Workspace, options: list[Element]) -> Surroundings:
    return Surroundings(workspace, workspace.user_named("ana"), options)


def block(element: Element, **parts: object) -> Element:
    label = {"type": "plain_text", "text": "Field"}
    return {"type": "input", "block_id": "b", "label": label, "element": element, **parts}


@pytest.mark.parametrize(
    ("element", "answer", "value"),
    [
        ({"type": "plain_text_input"}, "Hello", "Hello"),
        ({"type": "plain_text_input"}, "", None),
        ({"type": "number_input"}, "7", "7"),
        ({"type": "email_text_input"}, "ana@example.com", "ana@example.com"),
        ({"type": "url_text_input"}, "https://example.com", "https://example.com"),
        ({"type": "datepicker"}, "2027-01-31", "2027-01-31"),
        ({"type": "timepicker"}, "09:30", "09:30"),
        ({"type": "datetimepicker"}, "2027-01-31 09:30", 1801405800),
        ({"type": "static_select", "options": [DAILY, WEEKLY]}, "Weekly", WEEKLY),
        ({"type": "static_select", "option_groups": GROUPS}, "Weekly", WEEKLY),
        ({"type": "radio_buttons", "options": [DAILY, WEEKLY]}, "Daily", DAILY),
        ({"type": "checkboxes", "options": [DAILY, WEEKLY]}, ["Daily", "Weekly"], [DAILY, WEEKLY]),
        ({"type": "multi_static_select", "options": [DAILY]}, [], []),
    ],
)
def test_an_answer_is_entered_and_shown_again(
    workspace: Workspace, element: Element, answer: Answer, value: object
) -> None:
    (field,) = fields([block(element)])
    around = surroundings(workspace, field.options)
    assert field.entry.enter(answer, around) == value
    assert field.entry.show(value, around) == (answer or field.entry.show(value, around))


@pytest.mark.parametrize(
    ("kind", "answer", "shown"),
    [
        ("conversations_select", "marketing", "#marketing"),
        ("channels_select", "#marketing", "#marketing"),
        ("multi_conversations_select", ["marketing", "leads"], ["#marketing", "#leads"]),
        ("multi_channels_select", ["marketing"], ["#marketing"]),
        ("users_select", "@ravi", "Ravi Iyer"),
        ("multi_users_select", ["ravi", "Ana Lopez"], ["Ravi Iyer", "Ana Lopez"]),
    ],
)
def test_channels_and_people_are_chosen_by_name(
    workspace: Workspace, kind: str, answer: Answer, shown: Answer
) -> None:
    (field,) = fields([block({"type": kind})])
    around = surroundings(workspace, [])
    value = field.entry.enter(answer, around)
    ids = workspace.channels.keys() | workspace.users.keys()
    assert {value} <= ids if isinstance(value, str) else isinstance(value, list)
    assert field.entry.show(value, around) == shown


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("channels_select", "there is no channel 'nowhere'"),
        ("users_select", "nobody is called 'nowhere'"),
        ("static_select", "'nowhere' is not offered; these are: none"),
    ],
)
def test_unknown_channels_people_and_options_cannot_be_chosen(
    workspace: Workspace, kind: str, sentence: str
) -> None:
    (field,) = fields([block({"type": kind})])
    with pytest.raises(FormError, match=sentence):
        field.entry.enter("nowhere", surroundings(workspace, []))


def test_fields_in_sections_and_actions_have_labels_too() -> None:
    select = {"type": "users_select", "action_id": "a"}
    words = {"type": "plain_text", "text": "Owner"}
    beside = {"type": "section", "text": words, "accessory": select}
    row = {"type": "actions", "elements": [{**select, "placeholder": words}]}
    found = fields([beside, row])
    assert [field.label for field in found] == ["Owner", "Owner"]
    assert [field.dispatches for field in found] == [True, True]
    assert [field.required for field in found] == [False, False]


@pytest.mark.parametrize(
    ("element", "value", "trouble"),
    [
        ({"type": "plain_text_input", "min_length": 2}, "ab", None),
        ({"type": "plain_text_input", "min_length": 2}, "a", "takes 2 to 3000 characters, not 1"),
        ({"type": "number_input", "is_decimal_allowed": True}, "1.5", None),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "takes a whole number"),
        ({"type": "email_text_input"}, "ana", "takes an email address"),
        ({"type": "url_text_input"}, "example", "takes a URL"),
        ({"type": "datepicker"}, "31.1.2027", "takes a date, YYYY-MM-DD"),
        ({"type": "timepicker"}, "9:30", "takes a time, HH:MM"),
    ],
)
def test_the_form_checks_the_answer_of_each_type_of_element(
    element: Element, value: str, trouble: str | None
) -> None:
    (field,) = fields([block(element)])
    assert trouble_with(field, {field.entry.key: value}) == trouble


def test_more_choices_than_allowed_are_refused() -> None:
    element = {"type": "multi_static_select", "options": [DAILY, WEEKLY], "max_selected_items": 1}
    (field,) = fields([block(element)])
    chosen = {"selected_options": [DAILY, WEEKLY]}
    assert trouble_with(field, chosen) == "takes at most 1 choices"


def test_only_an_optional_field_may_be_empty() -> None:
    required, optional = fields(
        [block({"type": "datepicker"}), block({"type": "datepicker"}, optional=True)]
    )
    assert trouble_with(required, {"selected_date": None}) == "is required"
    assert trouble_with(optional, {"selected_date": None}) is None
