"""Messages about single fields, by the kind of error."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

REQUIRED = "Fill this in."
CHOOSE = "Choose one from the list."
_BETWEEN = "Between {minimum} and {maximum}."
_WHOLE = "Enter a whole number."
_PICK_DATE = "Choose a date with the picker."
_PICK_TIME = "Choose a time with the picker."

# By pydantic's error types: docs.pydantic.dev/latest/errors/validation_errors.
_SENTENCES = {
    "string_too_short": REQUIRED,
    "too_short": REQUIRED,
    "string_too_long": "At most {max_length} characters; this has {length}.",
    "too_long": "At most {max_length}; these are {actual_length}.",
    "greater_than_equal": _BETWEEN,
    "less_than_equal": _BETWEEN,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "enum": CHOOSE,
    "region": "Write the two letters of a country, such as US.",
    "value_error": "This is {error}.",
    "date_from_datetime_parsing": _PICK_DATE,
    "time_parsing": _PICK_TIME,
}
_OTHERWISE = "The bot cannot use this value. Please change it."


def field_error(error: ErrorDetails, limits: Mapping[str, Any]) -> str:
    """Return the message for a field that the domain rejects; `limits` is its JSON Schema."""
    known = {**limits, **error.get("ctx", {}), "length": len(str(error["input"]))}
    return _SENTENCES.get(error["type"], _OTHERWISE).format_map(known)
