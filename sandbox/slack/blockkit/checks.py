"""Small checks that can be combined into tables of Slack's limits.

A check takes a decoded JSON value and its JSON pointer, and yields the faults it finds. The
reasons use Slack's words in `response_metadata.messages`.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Fault:
    """An error that Slack would report: a JSON pointer (RFC 6901) and a short reason."""

    pointer: str
    reason: str


Fields: TypeAlias = Mapping[str, Any]
Check: TypeAlias = Callable[[Any, str], Iterator[Fault]]
Table: TypeAlias = Mapping[str, Check]

NO_FIELDS: Table = MappingProxyType({})


def boolean(value: object, at: str) -> Iterator[Fault]:
    """Check that the value is a boolean."""
    if not isinstance(value, bool):
        yield Fault(at, "must provide a boolean")


def anything_named(value: object, at: str) -> Iterator[Fault]:
    """Check that the value is an object; its fields are not checked."""
    if not isinstance(value, Mapping):
        yield Fault(at, "must provide an object")


def not_drawn(value: object, at: str) -> Iterator[Fault]:
    """Refuse any value: Slack supports this, but the sandbox cannot draw it."""
    del value
    yield Fault(at, "not drawn here")


def string(least: int = 0, most: int = sys.maxsize) -> Check:
    """Return a check: a string of `least` to `most` characters."""

    def check(value: object, at: str) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(at, "must provide a string")
        elif len(value) < least:
            yield Fault(at, f"must be more than {least - 1} characters")
        elif len(value) > most:
            yield Fault(at, f"must be less than {most + 1} characters")

    return check


def whole(least: int, most: int = sys.maxsize) -> Check:
    """Return a check: a whole number from `least` to `most`."""

    def check(value: object, at: str) -> Iterator[Fault]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Fault(at, "must provide an integer")
        elif value < least:
            yield Fault(at, f"must be at least {least}")
        elif value > most:
            yield Fault(at, f"must be at most {most}")

    return check


def one_of(*values: str) -> Check:
    """Return a check: one of these strings."""

    def check(value: object, at: str) -> Iterator[Fault]:
        if value not in values:
            yield Fault(at, f"must be one of: {', '.join(values)}")

    return check


def matching(pattern: str, form: str) -> Check:
    """Return a rule: the whole string matches `pattern`; `form` describes that in words."""

    def check(value: str, at: str) -> Iterator[Fault]:
        if not re.fullmatch(pattern, value):
            yield Fault(at, f"must be {form}")

    return check


def array(item: Check, least: int = 0, most: int = sys.maxsize) -> Check:
    """Return a check: a list of `least` to `most` items that each pass `item`."""

    def check(value: object, at: str) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(at, "must provide an array")
        elif len(value) < least:
            yield Fault(at, f"no less than {least} items allowed")
        elif len(value) > most:
            yield Fault(at, f"no more than {most} items allowed")
        else:
            for place, entry in enumerate(value):
                yield from item(entry, f"{at}/{place}")

    return check


def record(*, required: Table = NO_FIELDS, optional: Table = NO_FIELDS) -> Check:
    """Return a check: an object with all required fields and no unknown fields."""
    known = {**required, **optional}

    def check(value: object, at: str) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(at, "must provide an object")
            return
        for name in required:
            if name not in value:
                yield Fault(at, f"missing required field: {name}")
        for name, field in value.items():
            if name in known:
                yield from known[name](field, f"{at}/{name}")
            else:
                yield Fault(at, f"invalid additional property: {name}")

    return check


def by_type(table: Table) -> Check:
    """Return a check: an object whose `type` selects the check for its other fields."""

    def check(value: object, at: str) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(at, "must provide an object")
        elif not isinstance(kind := value.get("type"), str):
            yield Fault(at, "missing required field: type")
        elif kind not in table:
            yield Fault(f"{at}/type", f"unsupported type: {kind} is not drawn here")
        else:
            yield from table[kind]({name: value[name] for name in value if name != "type"}, at)

    return check


def checked(shape: Check, *rules: Check) -> Check:
    """Return a check: `shape`, and then `rules` if `shape` found no faults."""

    def check(value: object, at: str) -> Iterator[Fault]:
        faults = list(shape(value, at))
        yield from faults
        if not faults:
            for rule in rules:
                yield from rule(value, at)

    return check


def exactly_one(*names: str) -> Check:
    """Return a rule: the object has exactly one of the fields."""

    def check(fields: Fields, at: str) -> Iterator[Fault]:
        if sum(name in fields for name in names) != 1:
            yield Fault(at, f"must have exactly one of: {', '.join(names)}")

    return check


def at_least_one(*names: str) -> Check:
    """Return a rule: the object has at least one of the fields."""

    def check(fields: Fields, at: str) -> Iterator[Fault]:
        if not any(name in fields for name in names):
            yield Fault(at, f"must have at least one of: {', '.join(names)}")

    return check


def distinct(name: str) -> Check:
    """Return a rule: no two objects in the list have the same value in the string field `name`."""

    def check(items: Sequence[Fields], at: str) -> Iterator[Fault]:
        seen: set[str] = set()
        for place, item in enumerate(items):
            if name not in item:
                continue
            if item[name] in seen:
                yield Fault(f"{at}/{place}/{name}", f"{name} already used: {item[name]}")
            seen.add(item[name])

    return check
