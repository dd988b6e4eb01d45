"""Checks for elements in which a person types a text or picks a date or time.

Limits: the pages under https://docs.slack.dev/reference/block-kit/block-elements
"""

import functools
import zoneinfo
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sandbox.slack.blockkit.checks import (
    Fault,
    Fields,
    Table,
    array,
    boolean,
    checked,
    matching,
    record,
    string,
    whole,
)
from sandbox.slack.blockkit.composition import (
    ACTIONABLE,
    CONFIRMABLE,
    DISPATCH_ACTION_CONFIG,
    FOCUSABLE,
    PLACEHOLDABLE,
)

_LONGEST = 3000

_TYPED: Table = {
    **ACTIONABLE,
    **FOCUSABLE,
    **PLACEHOLDABLE,
    "dispatch_action_config": DISPATCH_ACTION_CONFIG,
}
_PICKED: Table = {**ACTIONABLE, **CONFIRMABLE, **FOCUSABLE}

_NUMBER = checked(string(1), matching(r"-?[0-9]+(\.[0-9]+)?", "a number in a string"))
_TIME = checked(string(), matching(r"([01][0-9]|2[0-3]):[0-5][0-9]", "a time as HH:mm"))


@functools.cache
def _zones() -> set[str]:
    return zoneinfo.available_timezones()


def _zone(value: str, at: str) -> Iterator[Fault]:
    if value not in _zones():
        yield Fault(at, "must be an IANA time zone")


def _day(value: str, at: str) -> Iterator[Fault]:
    try:
        date.fromisoformat(value)
    except ValueError:
        yield Fault(at, "must be a day of the calendar")


_DATE = checked(
    string(),
    checked(matching(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date as YYYY-MM-DD"), _day),
)


def _lengths_agree(element: Fields, at: str) -> Iterator[Fault]:
    most = element.get("max_length", _LONGEST)
    if element.get("min_length", 0) > most:
        yield Fault(f"{at}/min_length", "must not be greater than max_length")
    if len(element.get("initial_value", "")) > most:
        yield Fault(f"{at}/initial_value", f"must be less than {most + 1} characters")


def _range_agrees(element: Fields, at: str) -> Iterator[Fault]:
    low = Decimal(element.get("min_value", "-Infinity"))
    high = Decimal(element.get("max_value", "Infinity"))
    if low > high:
        yield Fault(f"{at}/min_value", "must not be greater than max_value")
    elif not low <= Decimal(element.get("initial_value", low)) <= high:
        yield Fault(f"{at}/initial_value", "must lie between min_value and max_value")


def _decimals_allowed(element: Fields, at: str) -> Iterator[Fault]:
    for name in ("initial_value", "min_value", "max_value"):
        if "." in element.get(name, "") and not element["is_decimal_allowed"]:
            yield Fault(f"{at}/{name}", "must be a whole number, as is_decimal_allowed is false")


INPUTS: Table = {
    "plain_text_input": checked(
        record(
            optional={
                **_TYPED,
                "initial_value": string(),
                "multiline": boolean,
                "min_length": whole(0, _LONGEST),
                "max_length": whole(1, _LONGEST),
            },
        ),
        _lengths_agree,
    ),
    "email_text_input": record(optional={**_TYPED, "initial_value": string()}),
    "url_text_input": record(optional={**_TYPED, "initial_value": string()}),
    "number_input": checked(
        record(
            required={"is_decimal_allowed": boolean},
            optional={
                **_TYPED,
                "initial_value": _NUMBER,
                "min_value": _NUMBER,
                "max_value": _NUMBER,
            },
        ),
        _range_agrees,
        _decimals_allowed,
    ),
}

FILES: Table = {
    "file_input": record(
        optional={
            **ACTIONABLE,
            "filetypes": array(string(1), 1),
            "max_files": whole(1, 10),
        },
    ),
}

PICKERS: Table = {
    "datepicker": record(
        optional={**_PICKED, **PLACEHOLDABLE, "initial_date": _DATE},
    ),
    "timepicker": record(
        optional={
            **_PICKED,
            **PLACEHOLDABLE,
            "initial_time": _TIME,
            "timezone": checked(string(), _zone),
        },
    ),
}

DATETIMEPICKER: Table = {
    # Ten digits: a UNIX time in seconds, not in milliseconds.
    "datetimepicker": record(
        optional={**_PICKED, "initial_date_time": whole(1_000_000_000, 9_999_999_999)},
    ),
}
