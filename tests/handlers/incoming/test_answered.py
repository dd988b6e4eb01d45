"""A repeated request gets the same answer for a while, and few answers are kept."""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable

import pytest
from slack_bolt.response import BoltResponse

from handlers.incoming.answered import SECONDS, Answered


def answering(
    status: int = 200, gate: asyncio.Event | None = None
) -> Callable[[], Awaitable[BoltResponse]]:
    """Return a function that gives another answer each time."""
    numbers = itertools.count()

    async def answer() -> BoltResponse:
        number = next(numbers)
        if gate:
            await gate.wait()
        return BoltResponse(status=status, body=str(number))

    return answer


async def bodies(
    answers: Answered, *keys: str, of: Callable[[], Awaitable[BoltResponse]]
) -> list[str]:
    return [(await answers.once(key, of)).body for key in keys]


async def test_a_repeated_request_gets_the_same_answer() -> None:
    assert await bodies(Answered(), "a", "b", "a", "b", of=answering()) == ["0", "1", "0", "1"]


async def test_a_repetition_waits_for_the_answer_that_is_in_progress() -> None:
    answers, gate = Answered(), asyncio.Event()
    answer = answering(gate=gate)
    waiting = [asyncio.create_task(answers.once("a", answer)) for _ in range(3)]
    await asyncio.sleep(0)
    waiting[1].cancel()
    gate.set()
    assert [(await each).body for each in (waiting[0], waiting[2])] == ["0", "0"]


async def test_an_answer_is_forgotten_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, answer = Answered(), answering()
    begun = time.monotonic()
    for after, body in ((0.0, "0"), (SECONDS - 1, "0"), (SECONDS + 1, "1")):
        monkeypatch.setattr(time, "monotonic", lambda now=begun + after: now)
        assert await bodies(answers, "a", of=answer) == [body]


async def test_the_oldest_answer_is_forgotten_if_there_are_too_many() -> None:
    answers, answer = Answered(most=2), answering()
    assert await bodies(answers, "a", "b", "b", "c", "a", of=answer) == ["0", "1", "1", "2", "3"]


async def test_a_failed_request_is_tried_again() -> None:
    answers = Answered()
    assert await bodies(answers, "a", "a", of=answering(500)) == ["0", "1"]

    async def broken() -> BoltResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await answers.once("b", broken)
    assert await bodies(answers, "b", of=answering()) == ["0"]
