"""The pretend Slack as a whole."""

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
    """A workspace with one app in it, that of `manifest`; strict where Slack is strict.

    It speaks to the bot only as Slack does. Before people can use the bot it must be `running`,
    or its `app` be served by other means and told where with `reached_at`; and the bot must be
    told of by `deliver_to`, or connected by Socket Mode.
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
        """Serve while the block runs, on a socket of `listen`; gives the base URL.

        The bot's Web API client takes this URL with "/api/" behind it.
        """
        try:
            async with serving(self.app, bound or listen()) as url:
                self.reached_at(url)
                yield url
        finally:
            await self.close()

    def reached_at(self, url: str) -> None:
        """Set where `app` is served, without a closing slash; response_urls begin with it."""
        self.state.base_url = url

    async def close(self) -> None:
        """Let go of the connections to the bot."""
        await self.state.courier.close()

    def deliver_to(self, url: str) -> None:
        """Set the bot's request URL, and turn Socket Mode off until the bot connects by it."""
        self.state.courier.url = url
        self.state.sockets.used = False

    def person(self, name: str) -> Person:
        """The member with this name.

        Raises:
            KeyError: nobody has it.
        """
        return Person(self.state, self.workspace.user_named(name))

    async def redeliver(
        self, delivery: Delivery | None = None, *, copies: int = 1, retry: int = 0
    ) -> list[Delivery]:
        """Send a packet again, by default the last one, in parallel where there are `copies`.

        The acks are recorded and change nothing on anybody's screen. With `retry`, the packet
        says how many times it was sent before.
        """
        packet = replace((delivery or self.deliveries[-1]).packet, retry=retry)
        again = (self.state.courier.deliver(packet) for _ in range(copies))
        return await asyncio.gather(*again)

    @property
    def manifest(self) -> Manifest:
        """What Slack was told about the app."""
        return self.state.manifest

    @property
    def workspace(self) -> Workspace:
        """Its people, channels and messages."""
        return self.state.workspace

    @property
    def sockets(self) -> Sockets:
        """The Socket Mode connections, to refresh or to cut."""
        return self.state.sockets

    @property
    def faults(self) -> FaultPlan:
        """Where failures of the Web API and of deliveries are ordered."""
        return self.state.faults

    @property
    def scopes(self) -> set[str]:
        """The scopes of the bot's token: those of the manifest, open to change."""
        return self.state.scopes

    @property
    def calls(self) -> deque[Call]:
        """The latest calls of the Web API and the response_urls."""
        return self.state.journal.calls

    @property
    def deliveries(self) -> deque[Delivery]:
        """The latest deliveries to the bot."""
        return self.state.journal.deliveries

    @property
    def complaints(self) -> list[str]:
        """Every mistake the bot made so far."""
        return self.state.journal.complaints

    def count(self, method: str) -> int:
        """How often a method of the Web API was called."""
        return self.state.journal.count(method)
