import pytest

from sandbox.slack.blockkit.checks import (
    Check,
    Fault,
    array,
    at_least_one,
    boolean,
    by_type,
    checked,
    distinct,
    exactly_one,
    matching,
    one_of,
    record,
    string,
    whole,
)

NAMED = record(required={"name": string(1, 3)}, optional={"loud": boolean})

REASONS: dict[str, tuple[Check, object, str, str]] = {
    "no boolean": (boolean, 1, "", "must provide a boolean"),
    "no string": (string(), 1, "", "must provide a string"),
    "empty string": (string(1), "", "", "must be more than 0 characters"),
    "long string": (string(0, 3), "four", "", "must be less than 4 characters"),
    "no integer": (whole(0), "1", "", "must provide an integer"),
    "a boolean is no integer": (whole(0), True, "", "must provide an integer"),
    "small integer": (whole(1), 0, "", "must be at least 1"),
    "large integer": (whole(1, 5), 6, "", "must be at most 5"),
    "other word": (one_of("a", "b"), "c", "", "must be one of: a, b"),
    "no word": (one_of("a", "b"), ["a"], "", "must be one of: a, b"),
    "other form": (matching("[0-9]+", "digits"), "12\n", "", "must be digits"),
    "no array": (array(boolean), {}, "", "must provide an array"),
    "short array": (array(boolean, 1), [], "", "no less than 1 items allowed"),
    "long array": (array(boolean, 0, 1), [True, True], "", "no more than 1 items allowed"),
    "bad item": (array(boolean), [True, None], "/1", "must provide a boolean"),
    "no object": (NAMED, [], "", "must provide an object"),
    "missing field": (NAMED, {}, "", "missing required field: name"),
    "unknown field": (NAMED, {"name": "a", "x": 1}, "", "invalid additional property: x"),
    "bad field": (NAMED, {"name": "a", "loud": 1}, "/loud", "must provide a boolean"),
    "untyped": (by_type({"named": NAMED}), {"name": "a"}, "", "missing required field: type"),
    "not an object to type": (by_type({"named": NAMED}), "a", "", "must provide an object"),
    "unknown type": (
        by_type({"named": NAMED}),
        {"type": "card"},
        "/type",
        "unsupported type: card is not drawn here",
    ),
    "none of two": (exactly_one("a", "b"), {}, "", "must have exactly one of: a, b"),
    "both of two": (exactly_one("a", "b"), {"a": 1, "b": 1}, "", "must have exactly one of: a, b"),
    "not even one": (at_least_one("a", "b"), {"c": 1}, "", "must have at least one of: a, b"),
    "repeated": (distinct("id"), [{"id": "a"}, {}, {"id": "a"}], "/2/id", "id already used: a"),
}

SOUND: dict[str, tuple[Check, object]] = {
    "string": (string(1, 3), "abc"),
    "whole": (whole(1, 5), 5),
    "record": (NAMED, {"name": "abc", "loud": False}),
    "array": (array(boolean, 2, 2), [True, False]),
    "by_type": (by_type({"named": NAMED}), {"type": "named", "name": "a"}),
    "distinct": (distinct("id"), [{"id": "a"}, {}, {}, {"id": "b"}]),
    "at_least_one": (at_least_one("a", "b"), {"a": 1, "b": 1}),
}


@pytest.mark.parametrize(("check", "value", "at", "reason"), REASONS.values(), ids=REASONS)
def test_a_fault_says_where_and_why(check: Check, value: object, at: str, reason: str) -> None:
    assert list(check(value, "/view")) == [Fault(f"/view{at}", reason)]


@pytest.mark.parametrize(("check", "value"), SOUND.values(), ids=SOUND)
def test_a_valid_value_has_no_faults(check: Check, value: object) -> None:
    assert list(check(value, "/view")) == []


def test_a_rule_checks_only_values_of_the_right_shape() -> None:
    digits = checked(string(), matching("[0-9]+", "digits"))
    assert [fault.reason for fault in digits(None, "")] == ["must provide a string"]
    assert [fault.reason for fault in digits("x", "")] == ["must be digits"]
