"""The recent answers: a request that Slack sends twice is handled once and answered alike."""

import asyncio
import time
from asyncio import Future
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from http import HTTPStatus

from slack_bolt.response import BoltResponse

# Slack sends events again after five minutes: docs.slack.dev/apis/events-api.
SECONDS = 600.0
MOST = 2_000

Answering = Callable[[], Awaitable[BoltResponse]]


class Answered:
    """The answers of this process, oldest first; callers wait for those in progress."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, tuple[float, Future[BoltResponse]]] = OrderedDict()

    async def once(self, key: Hashable, answering: Answering) -> BoltResponse:
        """Return the answer given or being prepared for this key; else prepare it now.

        A failed request counts as not answered: Slack may send it again.
        """
        self._forget()
        if key in self._answers:
            # A caller that gives up waiting must not cancel the answer for the others.
            return await asyncio.shield(self._answers[key][1])
        given = asyncio.get_running_loop().create_future()
        self._answers[key] = time.monotonic() + SECONDS, given
        try:
            answer = await answering()
        except BaseException:
            self._answers.pop(key, None)
            given.cancel()
            raise
        given.set_result(answer)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._answers.pop(key, None)
        return answer

    def _forget(self) -> None:
        """Drop old answers, and the oldest if there are too many."""
        now = time.monotonic()
        while self._answers and (
            len(self._answers) >= self._most or next(iter(self._answers.values()))[0] < now
        ):
            self._answers.popitem(last=False)
