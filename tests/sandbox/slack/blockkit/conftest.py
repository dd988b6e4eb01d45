"""Fixtures for the Block Kit tests: valid pieces, and the places of the faults in a value."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.slack.blockkit.checks import Check

Pointers = Callable[[Check, object], list[str]]
Build = Callable[..., dict[str, Any]]


@pytest.fixture
def pointers() -> Pointers:
    """A function that returns the JSON pointers of the faults in a value, relative to it."""
    return lambda check, value: [fault.pointer for fault in check(value, "")]


@pytest.fixture
def modal() -> Build:
    """A function that builds a valid modal from blocks, with some fields replaced or added."""

    def build(*blocks: object, **fields: object) -> dict[str, Any]:
        words = {"type": "plain_text", "text": "Campaign"}
        return {"type": "modal", "title": words, "submit": words, "blocks": list(blocks), **fields}

    return build
