"""The bot's processes on one database: a supervisor that restarts them, and one URL for all."""

import asyncio
import contextlib
import itertools
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from http import HTTPStatus

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import SLACK_PATH
from sandbox.server import listen, serving
from tests.process import Installation, Running

RESTART_SECONDS = 0.3
START_SECONDS = 90.0
STOP_SECONDS = 20.0
# Longer than Slack waits.
ANSWER_SECONDS = 10.0
SLACKS_HEADERS = ("content-type", "x-slack-")


@dataclass(slots=True)
class Member:
    """A place for one process, with its latest one."""

    name: str
    off_by: float
    bot: Running | None = None

    @property
    def url(self) -> str:
        """Return the URL of its latest process."""
        return self.bot.url if self.bot else ""

    def signal(self, number: signal.Signals) -> None:
        """Send its process a signal."""
        if self.bot:
            self.bot.process.send_signal(number)


class Fleet:
    """Several processes of the bot, which are restarted when they end.

    `logs` is what ended processes wrote; `errors` counts answers of 500 or more.
    """

    def __init__(self, installed: Installation, clocks: Iterable[float]) -> None:
        self._installed = installed
        self.members = [Member(f"bot-{at}", off_by) for at, off_by in enumerate(clocks, 1)]
        self.logs: list[str] = []
        self.errors: Counter[int] = Counter()
        self._turns = itertools.cycle(range(len(self.members)))
        self._closing = False
        self._http = httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the processes, and let Slack deliver to them in turn."""
        balancer = Starlette(routes=[Route(SLACK_PATH, self._forward, methods=["POST"])])
        async with self._http, serving(balancer, listen()) as url:
            self._installed.slack.deliver_to(url + SLACK_PATH)
            async with asyncio.TaskGroup() as supervisors:
                for each in self.members:
                    supervisors.create_task(self._supervise(each))
                try:
                    for each in self.members:
                        await self.healthy(each)
                    yield
                finally:
                    await self._stop()

    async def healthy(self, member: Member) -> None:
        """Wait until a process answers, whichever it is by then.

        Raises:
            TimeoutError: none answers in time.
        """
        async with asyncio.timeout(START_SECONDS):
            while True:
                with contextlib.suppress(httpx.TransportError):
                    await self._http.get(f"{member.url}/healthz")
                    return
                await asyncio.sleep(0.02)

    async def _supervise(self, member: Member) -> None:
        changes = {"EXECUTOR_ID": member.name, "OFF_BY": str(member.off_by)}
        while not self._closing:
            async with self._installed.starting(**changes) as bot:
                member.bot = bot
                await bot.process.wait()
            self.logs.append(await bot.end())
            await asyncio.sleep(RESTART_SECONDS)

    async def _stop(self) -> None:
        """Stop the processes in order, as an operator does."""
        self._closing = True
        for each in self.members:
            each.signal(signal.SIGCONT)
            each.signal(signal.SIGTERM)
        running = [each.bot.process.wait() for each in self.members if each.bot]
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*running), STOP_SECONDS)
        for each in self.members:
            each.signal(signal.SIGKILL)

    async def _forward(self, request: Request) -> Response:
        """Pass a request on to the next process that accepts the connection."""
        body, sent = await request.body(), request.headers.items()
        headers = {name: value for name, value in sent if name.startswith(SLACKS_HEADERS)}
        for _ in self.members:
            member = self.members[next(self._turns)]
            with contextlib.suppress(httpx.ConnectError):
                return await self._pass_on(member, body, headers)
        return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)

    async def _pass_on(self, member: Member, body: bytes, headers: dict[str, str]) -> Response:
        """Return a process's answer, or a gateway's if it dies before it answers.

        Raises:
            ConnectError: nobody listens there.
        """
        try:
            answer = await self._http.post(member.url + SLACK_PATH, content=body, headers=headers)
        except httpx.ConnectError:
            raise
        except httpx.TransportError:
            return Response(status_code=HTTPStatus.BAD_GATEWAY)
        self.errors[answer.status_code] += answer.is_server_error
        kind = answer.headers.get("content-type")
        return Response(answer.content, answer.status_code, media_type=kind)
