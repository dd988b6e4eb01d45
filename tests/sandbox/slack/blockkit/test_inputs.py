from collections.abc import Callable

import pytest

from sandbox.slack.blockkit.checks import Check, by_type
from sandbox.slack.blockkit.inputs import DATETIMEPICKER, FILES, INPUTS, PICKERS

INPUT = by_type({**INPUTS, **FILES, **PICKERS, **DATETIMEPICKER})

Element = dict[str, object]


def field(kind: str, **fields: object) -> Element:
    return {"type": kind, "action_id": "value", **fields}


def number(**fields: object) -> Element:
    return field("number_input", **{"is_decimal_allowed": False, **fields})


def placeholder(length: int) -> Element:
    return {"type": "plain_text", "text": "x" * length}


ROWS: dict[str, tuple[Element, Element, list[str]]] = {
    "max_length": (
        field("plain_text_input", max_length=3000),
        field("plain_text_input", max_length=3001),
        ["/max_length"],
    ),
    "max_length allows something": (
        field("plain_text_input", max_length=1),
        field("plain_text_input", max_length=0),
        ["/max_length"],
    ),
    "min_length": (
        field("plain_text_input", min_length=3000),
        field("plain_text_input", min_length=3001),
        ["/min_length"],
    ),
    "min_length and max_length": (
        field("plain_text_input", min_length=5, max_length=5),
        field("plain_text_input", min_length=6, max_length=5),
        ["/min_length"],
    ),
    "initial text fits": (
        field("plain_text_input", max_length=5, initial_value="x" * 5),
        field("plain_text_input", max_length=5, initial_value="x" * 6),
        ["/initial_value"],
    ),
    "initial text fits without a limit": (
        field("plain_text_input", initial_value="x" * 3000),
        field("plain_text_input", initial_value="x" * 3001),
        ["/initial_value"],
    ),
    "max_files": (
        field("file_input", max_files=10),
        field("file_input", max_files=11),
        ["/max_files"],
    ),
    "max_files allows something": (
        field("file_input", max_files=1),
        field("file_input", max_files=0),
        ["/max_files"],
    ),
    "filetypes": (
        field("file_input", filetypes=["csv", "txt"]),
        field("file_input", filetypes=["csv", 7]),
        ["/filetypes/1"],
    ),
    "filetypes names some": (
        field("file_input", filetypes=["csv"]),
        field("file_input", filetypes=[]),
        ["/filetypes"],
    ),
    "multiline": (
        field("plain_text_input", multiline=True),
        field("plain_text_input", multiline="yes"),
        ["/multiline"],
    ),
    "placeholder": (
        field("plain_text_input", placeholder=placeholder(150)),
        field("plain_text_input", placeholder=placeholder(151)),
        ["/placeholder/text"],
    ),
    "dispatch": (
        field(
            "plain_text_input",
            dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]},
        ),
        field("plain_text_input", dispatch_action_config={"trigger_actions_on": []}),
        ["/dispatch_action_config/trigger_actions_on"],
    ),
    "no confirm on a text": (
        field("plain_text_input"),
        field("plain_text_input", confirm={}),
        [""],
    ),
    "email": (
        field("email_text_input", initial_value="ana@example.com"),
        field("email_text_input", initial_value=1),
        ["/initial_value"],
    ),
    "url": (
        field("url_text_input", initial_value="https://example.com"),
        field("url_text_input", multiline=True),
        [""],
    ),
    "is_decimal_allowed is required": (number(), field("number_input"), [""]),
    "numbers are strings": (number(min_value="1"), number(min_value=1), ["/min_value"]),
    "numbers are numbers": (number(min_value="-10"), number(min_value="ten"), ["/min_value"]),
    "no infinity": (number(max_value="9"), number(max_value="NaN"), ["/max_value"]),
    "range": (
        number(min_value="9", max_value="9"),
        number(min_value="10", max_value="9"),
        ["/min_value"],
    ),
    "initial number in the range": (
        number(min_value="1", max_value="9", initial_value="9"),
        number(min_value="1", max_value="9", initial_value="10"),
        ["/initial_value"],
    ),
    "initial number above the least": (
        number(min_value="1", initial_value="1"),
        number(min_value="1", initial_value="0"),
        ["/initial_value"],
    ),
    "decimals": (
        number(is_decimal_allowed=True, initial_value="0.25"),
        number(is_decimal_allowed=False, initial_value="0.25"),
        ["/initial_value"],
    ),
    "date": (
        field("datepicker", initial_date="2028-02-29"),
        field("datepicker", initial_date="2027-02-29"),
        ["/initial_date"],
    ),
    "date form": (
        field("datepicker", initial_date="2027-01-31", placeholder=placeholder(1)),
        field("datepicker", initial_date="20270131"),
        ["/initial_date"],
    ),
    "time": (
        field("timepicker", initial_time="23:59"),
        field("timepicker", initial_time="24:00"),
        ["/initial_time"],
    ),
    "time form": (
        field("timepicker", initial_time="09:30"),
        field("timepicker", initial_time="9:30"),
        ["/initial_time"],
    ),
    "time zone": (
        field("timepicker", timezone="America/New_York"),
        field("timepicker", timezone="Eastern"),
        ["/timezone"],
    ),
    "no zone on a date": (field("datepicker"), field("datepicker", timezone="UTC"), [""]),
    "moment in seconds": (
        field("datetimepicker", initial_date_time=9_999_999_999),
        field("datetimepicker", initial_date_time=10_000_000_000),
        ["/initial_date_time"],
    ),
    "moment of ten digits": (
        field("datetimepicker", initial_date_time=1_000_000_000),
        field("datetimepicker", initial_date_time=999_999_999),
        ["/initial_date_time"],
    ),
    "no zone on a moment": (
        field("datetimepicker", focus_on_load=True),
        field("datetimepicker", timezone="UTC"),
        [""],
    ),
}


@pytest.mark.parametrize(("sound", "refused", "expected"), ROWS.values(), ids=ROWS)
def test_limits(
    sound: Element,
    refused: Element,
    expected: list[str],
    pointers: Callable[[Check, object], list[str]],
) -> None:
    assert pointers(INPUT, sound) == []
    assert pointers(INPUT, refused) == expected
