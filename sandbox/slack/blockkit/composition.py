"""Checks for the objects inside blocks and elements: texts, options, dialogs, filters.

Limits: https://docs.slack.dev/reference/block-kit/composition-objects
"""

from collections.abc import Iterator

from sandbox.slack.blockkit.checks import (
    NO_FIELDS,
    Check,
    Fault,
    Fields,
    Table,
    array,
    at_least_one,
    boolean,
    by_type,
    checked,
    exactly_one,
    matching,
    one_of,
    record,
    string,
)

IDENTIFIER = string(1, 255)
STYLE = one_of("primary", "danger")
URL = checked(string(1, 3000), matching(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", "a URL"))


def _plain_text(most: int) -> Table:
    words = record(required={"text": string(1, most)}, optional={"emoji": boolean})
    return {"plain_text": words}


def any_text(most: int) -> Table:
    """Return checks for both types of text object, of one to `most` characters."""
    words = record(required={"text": string(1, most)}, optional={"verbatim": boolean})
    return {**_plain_text(most), "mrkdwn": words}


def plain(most: int) -> Check:
    """Return a check: a `plain_text` object of one to `most` characters."""
    return by_type(_plain_text(most))


def text(most: int) -> Check:
    """Return a check: a `plain_text` or `mrkdwn` object of one to `most` characters."""
    return by_type(any_text(most))


def _option(words: Check, extra: Table = NO_FIELDS) -> Check:
    return record(
        required={"text": words, "value": string(1, 150)},
        optional={"description": words, **extra},
    )


MENU_OPTION = _option(plain(75))
CHOICE_OPTION = _option(text(75))
OVERFLOW_OPTION = _option(plain(75), {"url": URL})

OPTION_GROUP = record(required={"label": plain(75), "options": array(MENU_OPTION, 1, 100)})


def options_in(holder: Fields) -> list[Fields]:
    """Return all options of an object, including those in groups."""
    groups = holder.get("option_groups", [])
    return [
        *holder.get("options", []),
        *(option for group in groups for option in group["options"]),
    ]


def values_differ(holder: Fields, at: str) -> Iterator[Fault]:
    """Check that all of the object's options have different values."""
    seen: set[str] = set()
    for option in options_in(holder):
        if option["value"] in seen:
            yield Fault(at, f"option value already used: {option['value']}")
        seen.add(option["value"])


CONFIRM = record(
    required={
        "title": plain(100),
        "text": text(300),
        "confirm": plain(30),
        "deny": plain(30),
    },
    optional={"style": STYLE},
)

ACTIONABLE: Table = {"action_id": IDENTIFIER}
CONFIRMABLE: Table = {"confirm": CONFIRM}
FOCUSABLE: Table = {"focus_on_load": boolean}
PLACEHOLDABLE: Table = {"placeholder": plain(150)}

DISPATCH_ACTION_CONFIG = record(
    required={
        "trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1, 2),
    },
)

CONVERSATION_FILTER = checked(
    record(
        optional={
            "include": array(one_of("im", "mpim", "private", "public"), 1, 4),
            "exclude_external_shared_channels": boolean,
            "exclude_bot_users": boolean,
        },
    ),
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

SLACK_FILE = checked(record(optional={"id": IDENTIFIER, "url": URL}), exactly_one("id", "url"))
