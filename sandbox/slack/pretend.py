"""The whole pretend Slack."""

import asyncio
import contextlib
import socket
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import replace

from sandbox.clock import Clock
from sandbox.server import listen, serving
from sandbox.slack.endpoints import Endpoints
from sandbox.slack.faults import FaultPlan
from sandbox.slack.journal import Call, Delivery
from sandbox.slack.manifest import Manifest
from sandbox.slack.person import Person
from sandbox.slack.sockets import Sockets
from sandbox.slack.state import Credentials, State
from sandbox.slack.workspace import Workspace


class PretendSlack:
    """A workspace with one app, described by `manifest`; as strict as Slack.

    It communicates with the bot only as Slack does. Before people can use the bot, start it with
    `running`, or serve `app` in another way and set its URL with `reached_at`. Then set the bot's
    URL with `deliver_to`, or let the bot connect by Socket Mode.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        bot_token: str,
        signing_secret: str,
        app_token: str,
        manifest: Manifest,
    ) -> None:
        credentials = Credentials(bot_token, signing_secret, app_token)
        self.state = State(clock, credentials, manifest)
        self.app = Endpoints(self.state).app

    @contextlib.asynccontextmanager
    async def running(self, bound: socket.socket | None = None) -> AsyncIterator[str]:
        """Serve on a socket from `listen` while the block runs; yield the base URL.

        The bot's Web API client uses this URL followed by "/api/".
        """
        try:
            async with serving(self.app, bound or listen()) as url:
                self.reached_at(url)
                yield url
        finally:
            await self.close()

    def reached_at(self, url: str) -> None:
        """Set the URL of `app`, without a trailing slash; response_urls start with it."""
        self.workspace.base_url = url

    async def close(self) -> None:
        """Close the connections to the bot."""
        await self.state.courier.close()

    def deliver_to(self, url: str) -> None:
        """Set the bot's request URL; Socket Mode is off until the bot uses it."""
        self.state.courier.url = url
        self.state.sockets.used = False

    def person(self, name: str) -> Person:
        """Return the member with this name.

        Raises:
            KeyError: Nobody has this name.
        """
        return Person(self.state, self.workspace.user_named(name))

    async def redeliver(
        self, delivery: Delivery | None = None, *, copies: int = 1, retry: int = 0
    ) -> list[Delivery]:
        """Send a packet again, by default the last one; `copies` are sent in parallel.

        The acks are recorded, but change nothing on anybody's screen. `retry` is the number of
        earlier attempts that the packet reports.
        """
        packet = replace((delivery or self.deliveries[-1]).packet, retry=retry)
        again = (self.state.courier.deliver(packet) for _ in range(copies))
        return await asyncio.gather(*again)

    @property
    def manifest(self) -> Manifest:
        """Return the app's manifest."""
        return self.state.manifest

    @property
    def workspace(self) -> Workspace:
        """Return the people, channels and messages."""
        return self.state.workspace

    @property
    def sockets(self) -> Sockets:
        """Return the Socket Mode connections, which can be refreshed or dropped."""
        return self.state.sockets

    @property
    def faults(self) -> FaultPlan:
        """Return the plan of failures of the Web API and of deliveries."""
        return self.state.faults

    @property
    def scopes(self) -> set[str]:
        """Return the scopes of the bot's token; they start as the manifest's and can be changed."""
        return self.state.scopes

    @property
    def calls(self) -> deque[Call]:
        """Return the latest calls of the Web API and the response_urls."""
        return self.state.journal.calls

    @property
    def deliveries(self) -> deque[Delivery]:
        """Return the latest deliveries to the bot."""
        return self.state.journal.deliveries

    @property
    def complaints(self) -> list[str]:
        """Return all mistakes that the bot has made."""
        return self.state.journal.complaints

    def count(self, method: str) -> int:
        """Return how often a Web API method was called."""
        return self.state.journal.count(method)
