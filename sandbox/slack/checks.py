"""What Slack's own client refuses before it submits a form."""

import re
from decimal import Decimal, InvalidOperation

from sandbox.slack.fields import Field
from sandbox.slack.shapes import JsonObject

LONGEST_TEXT = 3_000


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


def _selected(element: JsonObject, value: object) -> str | None:
    most = element.get("max_selected_items")
    if most and isinstance(value, list) and len(value) > most:
        return f"takes at most {most} choices"
    return None


CHECKS = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
    "datepicker": _date,
    "timepicker": _time,
}
