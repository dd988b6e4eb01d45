"""What the tests of this room share: pieces of Block Kit, and where a check finds faults."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.slack.blockkit.checks import Check

Pointers = Callable[[Check, object], list[str]]
Build = Callable[..., dict[str, Any]]


@pytest.fixture
def pointers() -> Pointers:
    """The pointers of the faults of a value, relative to it."""
    return lambda check, value: [fault.pointer for fault in check(value, "")]


@pytest.fixture
def modal() -> Build:
    """A sound modal of the given blocks, with fields replaced or added."""

    def build(*blocks: object, **fields: object) -> dict[str, Any]:
        words = {"type": "plain_text", "text": "Campaign"}
        return {"type": "modal", "title": words, "submit": words, "blocks": list(blocks), **fields}

    return build
