from collections.abc import Callable

import pytest

from sandbox.slack.blockkit.checks import Check, by_type
from sandbox.slack.blockkit.menus import CHOICES, OVERFLOW, SELECTS

MENU = by_type({**SELECTS, **CHOICES, **OVERFLOW})

Element = dict[str, object]


def words(text: str) -> Element:
    return {"type": "plain_text", "text": text}


def options(count: int, start: int = 0) -> list[Element]:
    return [
        {"text": words(f"Queue {n}"), "value": f"queue-{n}"} for n in range(start, start + count)
    ]


def groups(count: int) -> list[Element]:
    return [{"label": words("Queues"), "options": options(1, start=n)} for n in range(count)]


def menu(kind: str, **fields: object) -> Element:
    return {"type": kind, "action_id": "queue", **fields}


def listed(kind: str, **fields: object) -> Element:
    return menu(kind, options=options(2), **fields)


ONE, TWO = options(2)
OTHER = {**ONE, "text": words("Another name")}

ROWS: dict[str, tuple[Element, Element, list[str]]] = {
    "100 options": (
        menu("static_select", options=options(100)),
        menu("static_select", options=options(101)),
        ["/options"],
    ),
    "an option at least": (
        menu("static_select", options=options(1)),
        menu("static_select", options=[]),
        ["/options"],
    ),
    "100 groups": (
        menu("static_select", option_groups=groups(100)),
        menu("static_select", option_groups=groups(101)),
        ["/option_groups"],
    ),
    "options or groups": (
        listed("multi_static_select"),
        menu("multi_static_select", options=options(1, start=1), option_groups=groups(1)),
        [""],
    ),
    "options somewhere": (listed("static_select"), menu("static_select"), [""]),
    "values differ": (
        menu("static_select", options=[ONE, TWO]),
        menu("static_select", options=[ONE, OTHER]),
        [""],
    ),
    "values differ across groups": (
        menu("static_select", option_groups=groups(2)),
        menu("static_select", option_groups=[*groups(1), *groups(1)]),
        [""],
    ),
    "initial option is an option": (
        listed("static_select", initial_option=ONE),
        listed("static_select", initial_option=OTHER),
        ["/initial_option"],
    ),
    "initial option in a group": (
        menu("static_select", option_groups=groups(2), initial_option=TWO),
        menu("static_select", option_groups=groups(1), initial_option=TWO),
        ["/initial_option"],
    ),
    "initial options are options": (
        listed("multi_static_select", initial_options=[ONE, TWO]),
        listed("multi_static_select", initial_options=[TWO, OTHER]),
        ["/initial_options/1"],
    ),
    "initial options not empty": (
        listed("multi_static_select", initial_options=[ONE]),
        listed("multi_static_select", initial_options=[]),
        ["/initial_options"],
    ),
    "initial options differ": (
        menu("multi_external_select", initial_options=[ONE, TWO]),
        menu("multi_external_select", initial_options=[ONE, ONE]),
        ["/initial_options/1/value"],
    ),
    "initial options fit": (
        listed("multi_static_select", initial_options=[ONE, TWO], max_selected_items=2),
        listed("multi_static_select", initial_options=[ONE, TWO], max_selected_items=1),
        ["/initial_options"],
    ),
    "max_selected_items": (
        menu("multi_users_select", max_selected_items=1),
        menu("multi_users_select", max_selected_items=0),
        ["/max_selected_items"],
    ),
    "placeholder": (
        menu("users_select", placeholder=words("x" * 150)),
        menu("users_select", placeholder=words("x" * 151)),
        ["/placeholder/text"],
    ),
    "action_id": (
        menu("users_select", action_id="x" * 255),
        menu("users_select", action_id="x" * 256),
        ["/action_id"],
    ),
    "min_query_length": (
        menu("external_select", min_query_length=0, initial_option=OTHER),
        menu("external_select", min_query_length=-1),
        ["/min_query_length"],
    ),
    "no options in an external menu": (
        menu("multi_external_select", min_query_length=2),
        listed("multi_external_select"),
        [""],
    ),
    "conversation menu": (
        menu(
            "conversations_select",
            default_to_current_conversation=True,
            response_url_enabled=True,
            filter={"exclude_bot_users": True},
            initial_conversation="C1",
        ),
        menu("conversations_select", filter={}),
        ["/filter"],
    ),
    "conversations menu": (
        menu("multi_conversations_select", initial_conversations=["C1", "C2"]),
        menu("multi_conversations_select", response_url_enabled=True),
        [""],
    ),
    "channel menu": (
        menu("channels_select", initial_channel="C1"),
        menu("channels_select", initial_channel=["C1"]),
        ["/initial_channel"],
    ),
    "channels menu": (
        menu("multi_channels_select", initial_channels=["C1"]),
        menu("multi_channels_select", initial_channels="C1"),
        ["/initial_channels"],
    ),
    "ten checkboxes": (
        menu("checkboxes", options=options(10), initial_options=[ONE]),
        menu("checkboxes", options=options(11)),
        ["/options"],
    ),
    "ten radio buttons": (
        menu("radio_buttons", options=options(10), initial_option=ONE),
        menu("radio_buttons", options=options(11)),
        ["/options"],
    ),
    "radio option is an option": (
        listed("radio_buttons", initial_option=TWO),
        listed("radio_buttons", initial_option=OTHER),
        ["/initial_option"],
    ),
    "no placeholder on checkboxes": (
        listed("checkboxes", focus_on_load=True),
        listed("checkboxes", placeholder=words("Pick")),
        [""],
    ),
    "five in an overflow": (
        menu("overflow", options=options(5)),
        menu("overflow", options=options(6)),
        ["/options"],
    ),
    "one in an overflow": (
        menu("overflow", options=options(1)),
        menu("overflow", options=[]),
        ["/options"],
    ),
    "no focus on an overflow": (listed("overflow"), listed("overflow", focus_on_load=True), [""]),
}


@pytest.mark.parametrize(("sound", "refused", "expected"), ROWS.values(), ids=ROWS)
def test_limits(
    sound: Element,
    refused: Element,
    expected: list[str],
    pointers: Callable[[Check, object], list[str]],
) -> None:
    assert pointers(MENU, sound) == []
    assert pointers(MENU, refused) == expected
