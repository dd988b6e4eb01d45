"""Checks for elements with options: select menus, checkboxes, radio buttons, overflow.

Limits: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element,
multi-select-menu-element, checkboxes-element, radio-button-group-element, overflow-menu-element
"""

import sys
from collections.abc import Iterator

from sandbox.slack.blockkit.checks import (
    NO_FIELDS,
    Check,
    Fault,
    Fields,
    Table,
    array,
    boolean,
    checked,
    distinct,
    exactly_one,
    record,
    whole,
)
from sandbox.slack.blockkit.composition import (
    ACTIONABLE,
    CHOICE_OPTION,
    CONFIRMABLE,
    CONVERSATION_FILTER,
    FOCUSABLE,
    IDENTIFIER,
    MENU_OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    PLACEHOLDABLE,
    options_in,
    values_differ,
)

_CHOICE: Table = {**ACTIONABLE, **CONFIRMABLE, **FOCUSABLE}
_MENU: Table = {**_CHOICE, **PLACEHOLDABLE}
_MULTI: Table = {**_MENU, "max_selected_items": whole(1)}

_OPTIONS: Table = {
    "options": array(MENU_OPTION, 1, 100),
    "option_groups": array(OPTION_GROUP, 1, 100),
}
_QUERY: Table = {"min_query_length": whole(0)}
_CONVERSATIONS: Table = {
    "default_to_current_conversation": boolean,
    "filter": CONVERSATION_FILTER,
}
_RESPONSE_URL: Table = {"response_url_enabled": boolean}
_IDS = array(IDENTIFIER, 1, 100)
_INITIAL_OPTIONS = checked(array(MENU_OPTION, 1, 100), distinct("value"))
_INITIAL_CHOICES = checked(array(CHOICE_OPTION, 1, 10), distinct("value"))


def _initial_offered(element: Fields, at: str) -> Iterator[Fault]:
    """Check that each initial option equals an offered option in all fields."""
    offered = options_in(element)
    if "initial_option" in element and element["initial_option"] not in offered:
        yield Fault(f"{at}/initial_option", "must exactly match one of the options")
    for place, option in enumerate(element.get("initial_options", [])):
        if option not in offered:
            yield Fault(f"{at}/initial_options/{place}", "must exactly match one of the options")


def _initial_fit(initial: str) -> Check:
    """Return a rule: at most `max_selected_items` are selected initially."""

    def check(element: Fields, at: str) -> Iterator[Fault]:
        most = element.get("max_selected_items", sys.maxsize)
        if len(element.get(initial, [])) > most:
            yield Fault(f"{at}/{initial}", f"no more than {most} items allowed")

    return check


def _static(fields: Table, *rules: Check) -> Check:
    return checked(
        record(optional={**_OPTIONS, **fields}),
        exactly_one("options", "option_groups"),
        values_differ,
        _initial_offered,
        *rules,
    )


def _multi(initial: str, chosen: Check, fields: Table = NO_FIELDS) -> Check:
    return checked(record(optional={**_MULTI, initial: chosen, **fields}), _initial_fit(initial))


def _choices(option: Check, most: int, fields: Table) -> Check:
    return checked(
        record(required={"options": array(option, 1, most)}, optional=fields),
        values_differ,
        _initial_offered,
    )


SELECTS: Table = {
    "static_select": _static({**_MENU, "initial_option": MENU_OPTION}),
    "external_select": record(optional={**_MENU, **_QUERY, "initial_option": MENU_OPTION}),
    "users_select": record(optional={**_MENU, "initial_user": IDENTIFIER}),
    "conversations_select": record(
        optional={
            **_MENU,
            **_CONVERSATIONS,
            **_RESPONSE_URL,
            "initial_conversation": IDENTIFIER,
        },
    ),
    "channels_select": record(
        optional={**_MENU, **_RESPONSE_URL, "initial_channel": IDENTIFIER},
    ),
    "multi_static_select": _static(
        {**_MULTI, "initial_options": _INITIAL_OPTIONS},
        _initial_fit("initial_options"),
    ),
    "multi_external_select": _multi("initial_options", _INITIAL_OPTIONS, _QUERY),
    "multi_users_select": _multi("initial_users", _IDS),
    "multi_conversations_select": _multi("initial_conversations", _IDS, _CONVERSATIONS),
    "multi_channels_select": _multi("initial_channels", _IDS),
}

CHOICES: Table = {
    "checkboxes": _choices(CHOICE_OPTION, 10, {**_CHOICE, "initial_options": _INITIAL_CHOICES}),
    "radio_buttons": _choices(CHOICE_OPTION, 10, {**_CHOICE, "initial_option": CHOICE_OPTION}),
}

OVERFLOW: Table = {"overflow": _choices(OVERFLOW_OPTION, 5, {**ACTIONABLE, **CONFIRMABLE})}
