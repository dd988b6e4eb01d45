"""What Slack's own client refuses before it submits a form."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.slack.fields import Field
from sandbox.slack.files import FORM_FILE_BYTES
from sandbox.slack.shapes import JsonObject

LONGEST_TEXT = 3_000
MOST_FILES = 10


def trouble_with(field: Field, answer: JsonObject) -> str | None:
    """Return why Slack's client would not send this answer, or None."""
    value = answer.get(field.entry.key)
    if value in (None, "", []):
        return "is required" if field.required else None
    check = CHECKS.get(field.element["type"])
    return check(field.element, value) if check else _selected(field.element, value)


def _text(element: JsonObject, value: str) -> str | None:
    shortest, longest = element.get("min_length", 0), element.get("max_length", LONGEST_TEXT)
    if not shortest <= len(value) <= longest:
        return f"takes {shortest} to {longest} characters, not {len(value)}"
    return None


def _number(element: JsonObject, value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return f"takes a number, not {value!r}"
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "takes a whole number"
    lowest, highest = element.get("min_value", value), element.get("max_value", value)
    if not Decimal(lowest) <= number <= Decimal(highest):
        return f"takes a number from {lowest} to {highest}"
    return None


def _email(_: JsonObject, value: str) -> str | None:
    return None if re.fullmatch(r"[^@\s]+@[^@\s]+", value) else "takes an email address"


def _url(_: JsonObject, value: str) -> str | None:
    return None if re.fullmatch(r"\w+://\S+", value) else "takes a URL"


def _date(_: JsonObject, value: str) -> str | None:
    return None if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else "takes a date, YYYY-MM-DD"


def _time(_: JsonObject, value: str) -> str | None:
    return None if re.fullmatch(r"[0-2]\d:[0-5]\d", value) else "takes a time, HH:MM"


def _files(element: JsonObject, value: list[JsonObject]) -> str | None:
    most, types = element.get("max_files", MOST_FILES), element.get("filetypes", [])
    if len(value) > most:
        return f"takes at most {most} file{'s' if most > 1 else ''}"
    if any(each["size"] > FORM_FILE_BYTES for each in value):
        return f"takes files of at most {FORM_FILE_BYTES // 1024**2} MB"
    if types and any(each["filetype"] not in types for each in value):
        return f"takes only these types of file: {', '.join(types)}"
    return None


def _selected(element: JsonObject, value: object) -> str | None:
    most = element.get("max_selected_items")
    if most and isinstance(value, list) and len(value) > most:
        return f"takes at most {most} choices"
    return None


CHECKS: dict[str, Callable[[JsonObject, Any], str | None]] = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
    "datepicker": _date,
    "timepicker": _time,
    "file_input": _files,
}
