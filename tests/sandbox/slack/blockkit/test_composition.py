from collections.abc import Callable

import pytest

from sandbox.slack.blockkit.checks import Check
from sandbox.slack.blockkit.composition import (
    CHOICE_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    MENU_OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SLACK_FILE,
    URL,
    plain,
    text,
)

Row = tuple[Check, object, object, list[str]]


def words(length: int = 1, **fields: object) -> dict[str, object]:
    return {"type": "plain_text", "text": "x" * length, **fields}


def mrkdwn(length: int = 1, **fields: object) -> dict[str, object]:
    return {"type": "mrkdwn", "text": "x" * length, **fields}


def option(**fields: object) -> dict[str, object]:
    return {"text": words(), "value": "v", **fields}


def confirm(**fields: object) -> dict[str, object]:
    return {"title": words(), "text": words(), "confirm": words(), "deny": words(), **fields}


LINK = "https://example.com/"

ROWS: dict[str, Row] = {
    "plain text length": (plain(24), words(24), words(25), ["/text"]),
    "plain text not empty": (plain(24), words(1), words(0), ["/text"]),
    "emoji in plain text only": (text(9), words(emoji=True), mrkdwn(emoji=True), [""]),
    "verbatim in mrkdwn only": (text(9), mrkdwn(verbatim=True), words(verbatim=True), [""]),
    "mrkdwn where allowed": (text(9), mrkdwn(), {"type": "html", "text": "x"}, ["/type"]),
    "mrkdwn where not allowed": (plain(9), words(), mrkdwn(), ["/type"]),
    "option text": (MENU_OPTION, option(text=words(75)), option(text=words(76)), ["/text/text"]),
    "menu option in plain text": (MENU_OPTION, option(), option(text=mrkdwn()), ["/text/type"]),
    "choice option in mrkdwn": (
        CHOICE_OPTION,
        option(text=mrkdwn(75)),
        option(text="x"),
        ["/text"],
    ),
    "option value": (MENU_OPTION, option(value="v" * 150), option(value="v" * 151), ["/value"]),
    "option needs a value": (MENU_OPTION, option(), {"text": words()}, [""]),
    "option description": (
        MENU_OPTION,
        option(description=words(75)),
        option(description=words(76)),
        ["/description/text"],
    ),
    "url in overflow only": (OVERFLOW_OPTION, option(url=LINK), option(url="nowhere"), ["/url"]),
    "no url in a menu": (MENU_OPTION, option(), option(url=LINK), [""]),
    "group label": (
        OPTION_GROUP,
        {"label": words(75), "options": [option()]},
        {"label": words(76), "options": [option()]},
        ["/label/text"],
    ),
    "group of 100": (
        OPTION_GROUP,
        {"label": words(), "options": [option()] * 100},
        {"label": words(), "options": [option()] * 101},
        ["/options"],
    ),
    "group not empty": (
        OPTION_GROUP,
        {"label": words(), "options": [option()]},
        {"label": words(), "options": []},
        ["/options"],
    ),
    "confirm title": (
        CONFIRM,
        confirm(title=words(100)),
        confirm(title=words(101)),
        ["/title/text"],
    ),
    "confirm text": (CONFIRM, confirm(text=mrkdwn(300)), confirm(text=words(301)), ["/text/text"]),
    "confirm button": (
        CONFIRM,
        confirm(confirm=words(30)),
        confirm(confirm=words(31)),
        ["/confirm/text"],
    ),
    "deny button": (CONFIRM, confirm(deny=words(30)), confirm(deny=words(31)), ["/deny/text"]),
    "confirm style": (CONFIRM, confirm(style="danger"), confirm(style="loud"), ["/style"]),
    "confirm needs all": (CONFIRM, confirm(), {"title": words()}, ["", "", ""]),
    "dispatch triggers": (
        DISPATCH_ACTION_CONFIG,
        {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]},
        {"trigger_actions_on": ["on_blur"]},
        ["/trigger_actions_on/0"],
    ),
    "dispatch triggers given": (
        DISPATCH_ACTION_CONFIG,
        {"trigger_actions_on": ["on_enter_pressed"]},
        {},
        [""],
    ),
    "conversation filter": (
        CONVERSATION_FILTER,
        {"include": ["im", "mpim", "private", "public"]},
        {"include": ["secret"]},
        ["/include/0"],
    ),
    "conversation filter not empty": (CONVERSATION_FILTER, {"exclude_bot_users": True}, {}, [""]),
    "Slack file": (SLACK_FILE, {"id": "F1"}, {"id": "F1", "url": LINK}, [""]),
    "URL length": (URL, LINK.ljust(3000, "x"), LINK.ljust(3001, "x"), [""]),
}


@pytest.mark.parametrize(("check", "sound", "refused", "expected"), ROWS.values(), ids=ROWS)
def test_limits(
    check: Check,
    sound: object,
    refused: object,
    expected: list[str],
    pointers: Callable[[Check, object], list[str]],
) -> None:
    assert pointers(check, sound) == []
    assert pointers(check, refused) == expected
