"""Kill and restart the bot process until every submission is settled."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Iterable

from tests.crash.asking import Asked, Forms
from tests.crash.files import Files
from tests.crash.points import ACK, Course, Flow
from tests.crash.toll import Fate, Found, Toll
from tests.crash.trap import Trap
from tests.process import Installation, Running

# Longer than the bot looks for a campaign that may have been created.
SETTLE_SECONDS = 90.0
AT_ONCE = 6
# Each kill is noted in the history of this many recent submissions.
RECENT = 4 * AT_ONCE
# The bot's answers to submissions that it accepts: all modals close.
TAKEN = (None, "", {"response_action": "clear"})
# The submission that a campaign needs before this one.
BEFORE = {Flow.SCHEDULE: Flow.SMS, Flow.UNSCHEDULE: Flow.SCHEDULE, Flow.STATUS: Flow.SMS}


class Drill:
    """One installation that is killed many times. `seed` decides the order of deliveries."""

    def __init__(self, installed: Installation, seed: int) -> None:
        self._installed = installed
        self._files = Files(installed.folder)
        self._trap = Trap(installed)
        self._forms = Forms(installed)
        self._toll = Toll(installed)
        self._random = random.Random(seed)
        self._logs: list[str] = []
        self.asked: list[Asked] = []
        self.kills = 0

    async def prepare(self) -> None:
        """Fill in the forms of which all submissions are copies."""
        async with self._life():
            await self._forms.fill()

    async def follow(self, course: Course) -> None:
        """Make a new submission, and kill the bot at each point of a course."""
        async with self._life() as bot:
            await self._settle()
            asked = await self._ask_for(course.flow)
            assert await self._reviewed(asked)
            first, *others = course.points
            if first.operation == ACK:
                await self._deliver(asked)
                bot.process.kill()
                await bot.process.wait()
            else:
                self._trap.arm(first, bot.process)
                deliveries = map(self._deliver, self._twice([asked]))
                await asyncio.gather(*deliveries, self._trap.springs())
        self._killed(str(first))
        for point in others:
            async with self._installed.starting() as bot:
                self._trap.arm(point, bot.process)
                await self._trap.springs()
            self._logs.append(await bot.end())
            self._killed(str(point))

    async def settle(self) -> None:
        """Run the bot until nothing is left to do.

        Raises:
            TimeoutError: some work is not finished.
        """
        async with self._life():
            await self._settle()
            # Slack may deliver late, so deliver finished submissions once more.
            await asyncio.gather(*(self._deliver(each) for each in self.asked[-AT_ONCE:]))
            await self._settle()

    def found(self) -> list[tuple[Asked, Found]]:
        """Return every submission with what was found of it."""
        return self._toll.found(self.asked)

    def wrong(self) -> list[str]:
        """Return the history of each submission that did not end as it should."""
        return [
            self._sequence(asked, found)
            for asked, found in self.found()
            if found.fate(asked.flow) not in {Fate.ONCE, Fate.TOLD}
        ]

    @contextlib.asynccontextmanager
    async def _life(self) -> AsyncIterator[Running]:
        async with self._installed.running() as bot:
            yield bot
        self._logs.append(await bot.end())
        self._toll.count_requests()

    def _killed(self, where: str) -> None:
        self.kills += 1
        for each in self.asked[-RECENT:]:
            each.history.append(f"kill {self.kills}: {where}")

    async def _ask_for(self, flow: Flow) -> Asked:
        """Make a new submission, after settling any that it needs first."""
        if flow in BEFORE and not self._free(flow):
            await self._ask_for(BEFORE[flow])
            await self._settle()
        return self._ask(flow)

    def _ask(self, flow: Flow) -> Asked:
        """Make a new submission, or the one it needs first if no campaign is ready for it."""
        if flow not in BEFORE:
            return self._add(self._forms.create(flow))
        if free := self._free(flow):
            return self._add(self._forms.about(flow, self._random.choice(free)))
        return self._ask(BEFORE[flow])

    def _free(self, flow: Flow) -> list[str]:
        """Return the campaigns that this flow can be used on, each only once."""
        named = {each.name for each in self._installed.kore.state.campaigns.values()}
        if flow is Flow.UNSCHEDULE:
            # A removal during the scheduling would make the messages of both wrong.
            states, open_ = self._files.states(), self._files.under_way()
            told = {key for key, state in states.items() if state == "done"} - open_
            named = {e.name for e in self.asked if e.flow is Flow.SCHEDULE and e.key in told}
        taken = {each.name for each in self.asked if each.flow is flow}
        return [e.name for e in self.asked if e.flow not in BEFORE and e.name in named - taken]

    def _add(self, asked: Asked) -> Asked:
        self.asked.append(asked)
        return asked

    def _twice(self, submissions: Iterable[Asked]) -> list[Asked]:
        """Return each submission two times, in random order."""
        twice = [*submissions] * 2
        self._random.shuffle(twice)
        return twice

    async def _reviewed(self, asked: Asked) -> bool:
        """Submit the form if needed, and return whether the review can be confirmed."""
        async with asked.reviewing:
            if asked.form:
                await self._installed.slack.redeliver(asked.form)
                if reviewed := await self._files.reviewed(asked.key):
                    asked.confirm(*reviewed)
            return asked.form is None

    async def _deliver(self, asked: Asked) -> None:
        if not await self._reviewed(asked):
            asked.history.append("no review")
            return
        retry, asked.delivered = asked.delivered, asked.delivered + 1
        (sent,) = await self._installed.slack.redeliver(asked.delivery, retry=retry)
        assert sent.answer in TAKEN, sent.answer
        asked.acknowledged |= sent.error is None
        asked.history.append(f"delivery {retry + 1}: {sent.error or 'acknowledged'}")

    async def _settle(self) -> None:
        try:
            async with asyncio.timeout(SETTLE_SECONDS):
                while owed := [each for each in self.asked if each.owed]:
                    await asyncio.gather(*map(self._deliver, owed))
                while self._files.under_way():  # noqa: ASYNC110 # another process writes the files
                    await asyncio.sleep(0.02)
        except TimeoutError:
            under_way = self._files.under_way()
            late = [f"{e.flow} {e.name}" for e in self.asked if e.owed or e.key in under_way]
            raise TimeoutError(f"not settled: {', '.join(late)}") from None

    def _sequence(self, asked: Asked, found: Found) -> str:
        lines = [line for log in self._logs for line in log.splitlines() if asked.reference in line]
        said = f"{asked.flow} {asked.name}: {found.fate(asked.flow)}: {found}"
        return "\n".join([said, *asked.history, *lines])
