"""The side panel and the clock: traffic, Kore.ai's console and planned faults."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.datastructures import FormData

from sandbox.clock import Clock
from sandbox.kore import PretendKore
from sandbox.page.actions import NOTHING, Act, ActionResult
from sandbox.page.screen import Screen
from sandbox.page.switches import SWITCHES, TIMES, planned
from sandbox.page.traffic import traffic
from sandbox.slack import PretendSlack

STEPS: Mapping[str, timedelta] = {
    "1 min": timedelta(minutes=1),
    "1 hour": timedelta(hours=1),
    "1 day": timedelta(days=1),
    "1 week": timedelta(weeks=1),
}
NEXT_RUN = "next run"
CONSOLE_ROWS = 100
"""How many campaigns Kore.ai's console shows: those that were changed last."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers of the Kore.ai account: its campaigns, and the calls to its API."""

    campaigns: int
    calls_in_all: int
    calls_in_last_minute: int
    calls_allowed_in_a_minute: int | None


@dataclass(frozen=True, slots=True)
class Backstage:
    """The pretend services, and `forward`, which sets their clock and the bot's forward."""

    clock: Clock
    slack: PretendSlack
    kore: PretendKore
    forward: Callable[[timedelta], Awaitable[None]]

    @property
    def acts(self) -> Mapping[str, Act]:
        """Return the actions of the panel and the clock, by the path to post to."""
        return {
            "/clock": self.set_clock,
            "/fault": self.let_fail,
            "/fault/clear": self.call_off,
        }

    @property
    def next_run(self) -> datetime | None:
        """Return when Kore.ai begins the next run."""
        self.kore.settle()
        return self.kore.next_event

    def context(self, panel: str) -> Mapping[str, object]:
        """Return what the side panel and the clock above it show."""
        return {
            "ahead": self.clock.ahead.total_seconds(),
            "steps": list(STEPS),
            "next_run": self.next_run,
            "switches": SWITCHES,
            "often": TIMES,
            "complaints": self.slack.complaints,
            "shown": self._shown(panel),
            "totals": self._totals,
        }

    def version(self, panel: str) -> str:
        """Return a text that changes whenever the panel or the part above it changes."""
        above = [self.clock.ahead, self.next_run, len(self.slack.complaints)]
        totals = [self._totals] if panel == "kore" else []
        return repr([*above, *totals, self._shown(panel)])

    async def set_clock(self, _screen: Screen, posted: FormData) -> ActionResult:
        """Set the clock forward by a step, or to the next run.

        Raises:
            LookupError: There is no such step, or no run is planned.
        """
        step = str(posted.get("step"))
        if step not in {NEXT_RUN, *STEPS}:
            raise LookupError("The clock has no such step.")
        await self.forward(self._until_next_run() if step == NEXT_RUN else STEPS[step])
        return NOTHING

    async def let_fail(self, _screen: Screen, posted: FormData) -> ActionResult:
        """Plan a fault.

        Raises:
            LookupError: There is no such switch.
        """
        asked = {name: str(value) for name, value in posted.items()}
        switch = next((each for each in SWITCHES if each.can(asked)), None)
        if switch is None:
            raise LookupError("There is no such switch.")
        times = int(asked["times"]) if asked["times"] else None
        switch.plan(self.slack, self.kore, asked["operation"], asked["kind"], times)
        return NOTHING

    async def call_off(self, _screen: Screen, _posted: FormData) -> ActionResult:
        """Cancel all planned faults."""
        self.slack.faults.clear()
        self.kore.faults.clear()
        return NOTHING

    def _until_next_run(self) -> timedelta:
        """Return the time until one second after the next run begins."""
        if self.next_run is None:
            raise LookupError("No run is to come: schedule a campaign first.")
        return self.next_run - self.clock.now() + timedelta(seconds=1)

    @property
    def _totals(self) -> Totals:
        return Totals(
            campaigns=len(self.kore.state.campaigns),
            calls_in_all=self.kore.calls.in_all,
            calls_in_last_minute=self.kore.calls.last_minute(self.clock.now()),
            calls_allowed_in_a_minute=self.kore.rate_limit,
        )

    def _shown(self, panel: str) -> Sequence[object]:
        match panel:
            case "traffic":
                return traffic(self.slack, self.kore)
            case "kore":
                self.kore.settle()
                return self.kore.last_changed(CONSOLE_ROWS)
            case "faults":
                return list(planned(self.slack, self.kore))
        return ()
