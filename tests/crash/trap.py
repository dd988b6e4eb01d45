"""A trap in the pretend services that kills the bot at a chosen call."""

import asyncio
import contextlib
import sqlite3

import sandbox.kore.faults as kore
import sandbox.slack.faults as slack
from sandbox.kore.calls import Operation
from tests.crash.files import Files
from tests.crash.points import Point, Side
from tests.process import Installation
from tests.warm import Process

DEADLINE_SECONDS = 30.0
# The longest wait between an answer and what the bot records because of it.
NOTING_SECONDS = 1.0


class Trap:
    """Kills a bot process at one chosen point at a time."""

    def __init__(self, installed: Installation) -> None:
        self._files = Files(installed.folder)
        self._point: Point | None = None
        self._process: Process | None = None
        self._passed = 0
        self._held: sqlite3.Connection | None = None
        self._sprung = asyncio.Event()
        installed.kore.faults = KoreFaults(self)
        installed.slack.state.faults = SlackFaults(self)

    def arm(self, point: Point, process: Process) -> None:
        """Kill this process when it reaches the point."""
        self._point, self._process, self._passed = point, process, 0
        self._sprung.clear()

    async def springs(self) -> None:
        """Wait until the process is dead.

        Raises:
            TimeoutError: the process does not reach the point.
        """
        try:
            await asyncio.wait_for(self._sprung.wait(), DEADLINE_SECONDS)
        except TimeoutError:
            raise TimeoutError(f"the bot never reached: {self._point}") from None
        process = self._process
        assert process
        if self._held:
            await self._until_noted()
            process.kill()
        await process.wait()
        if self._held:
            self._held.close()
            self._held = None

    def meets(self, operation: str, *sides: Side) -> Side | None:
        """Return the side of this call on which the trap catches the bot, if it does."""
        point = self._point
        if point is None or point.operation != operation or point.side not in sides:
            return None
        self._passed += 1
        if self._passed < point.nth:
            return None
        self._point = None
        self._catch(point.side)
        return point.side

    def _catch(self, side: Side) -> None:
        assert self._process
        if side is Side.UNSAVED:
            self._held = self._files.hold_engine()
        else:
            self._process.kill()
        self._sprung.set()

    async def _until_noted(self) -> None:
        before = self._files.states()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(NOTING_SECONDS):
                while self._files.states() == before:  # noqa: ASYNC110 # another process writes
                    await asyncio.sleep(0.002)


class KoreFaults(kore.FaultPlan):
    """Replaces the pretend Kore.ai's fault plan, which is asked twice for every call."""

    def __init__(self, trap: Trap) -> None:
        super().__init__()
        self._trap = trap

    def take(self, operation: Operation, when: kore.When) -> kore.Fault | None:
        sides = (Side.BEFORE,) if when is kore.When.BEFORE else (Side.AFTER, Side.UNSAVED)
        if self._trap.meets(operation, *sides) in {Side.BEFORE, Side.AFTER}:
            return kore.Fault(operation, kore.FaultKind.RESET, when, times=1, seconds=None)
        return super().take(operation, when)


class SlackFaults(slack.FaultPlan):
    """Replaces the pretend Slack's fault plan, which is asked once at the start of every call."""

    def __init__(self, trap: Trap) -> None:
        super().__init__()
        self._trap = trap

    def take(self, method: str) -> slack.PlannedFault | None:
        side = self._trap.meets(method, *Side)
        if side in {Side.BEFORE, Side.AFTER}:
            return slack.PlannedFault("http_500", seconds=0, carried_out=side is Side.AFTER)
        return super().take(method)
