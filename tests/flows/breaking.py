"""Real requests, each broken in a few places that are the same in every run."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sandbox.slack.journal import Packet

# In place of a value: remove the key.
GONE = object()
# Deeper than anything Slack sends, but not too deep to be encoded as JSON.
DEPTH = 300
CHANCE_TO_DESCEND = 0.6
CHANCE_OF_READ_KEY = 0.75


def _nested() -> object:
    inner: list[object] = []
    for _ in range(DEPTH):
        inner = [inner]
    return inner


ODD: Sequence[Callable[[], object]] = (
    lambda: GONE,
    lambda: None,
    lambda: 7,
    lambda: 1e300,
    lambda: float("nan"),
    lambda: True,
    list,
    lambda: ["odd"],
    dict,
    lambda: {"odd": {"id": 1}},
    str,
    lambda: " ",
    lambda: "x" * 5_000,
    lambda: "\x00",
    lambda: "a\x00b",
    lambda: "\ud83d",
    _nested,
)


# Keys that the bot reads, at any depth. It must accept any value of the other keys.
READ = frozenset(
    (
        *("action_id", "actions", "block_id", "callback_id", "channel", "channel_id", "command"),
        *("container", "event", "event_id", "external_id", "hash", "id", "message_ts"),
        *("private_metadata", "response_url", "root_view_id", "selected_conversation"),
        *("selected_date", "selected_option", "selected_options", "selected_time", "state", "tab"),
        *("text", "trigger_id", "type", "user", "user_id", "value", "values", "view"),
    )
)


def broken(
    packets: Sequence[Packet], number: int, repeat: Callable[[Packet], Packet]
) -> Iterator[Packet]:
    """Yield this many repeated requests, each broken in one to four places."""
    chosen = random.Random(7)
    for each in (packets[index % len(packets)] for index in range(number)):
        payload = repeat(each).payload
        for _ in range(chosen.randint(1, 4)):
            _break(payload, chosen, READ if chosen.random() < CHANCE_OF_READ_KEY else frozenset())
        yield replace(each, payload=payload)


def _break(payload: Any, chosen: random.Random, read: frozenset[str]) -> None:  # noqa: ANN401 # any JSON
    """Put an odd value somewhere, most often near the top of the payload."""
    while isinstance(payload, dict | list) and payload:
        places = list(payload) if isinstance(payload, dict) else list(range(len(payload)))
        place = chosen.choice([each for each in places if each in read] or places)
        inner = payload[place]
        if not isinstance(inner, dict | list) or not inner or chosen.random() > CHANCE_TO_DESCEND:
            _put(payload, place, chosen.choice(ODD)())
            return
        payload = inner


def _put(container: Any, place: Any, odd: object) -> None:  # noqa: ANN401 # any JSON
    if odd is GONE:
        del container[place]
    else:
        container[place] = odd
