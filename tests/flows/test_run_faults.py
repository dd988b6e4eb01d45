"""Starting and stopping while Kore.ai fails: never two runs, and one message about the outcome."""

from collections.abc import Awaitable, Callable

import pytest

from bot.kore import retries
from bot.work import job
from sandbox.kore import FaultKind, Operation, When
from sandbox.kore.account import Account
from sandbox.kore.calls import Call, Json
from sandbox.kore.faults import Fault
from sandbox.kore.operations import OPERATIONS
from sandbox.kore.state import Campaign, Status
from sandbox.slack import Message
from tests.flows.conftest import Author, end_all_runs
from tests.flows.kore_failing import CERTAIN, LOST
from tests.reviewing import wait_review

NOT_STARTED = "Nobody was contacted, and nothing was changed in Kore.ai."
NOT_STOPPED = "Nothing was changed in Kore.ai: if it was running, it still is."


class Runner:
    """Ana, with a campaign that she starts and stops, and how often Kore.ai started it."""

    def __init__(self, ana: Author) -> None:
        self.ana, self.world, self.name = ana, ana.world, ana.world.name()
        self.runs = 0

    def count(self, start: Callable[[Account, Call], Json]) -> Callable[[Account, Call], Json]:
        """Wrap Kore.ai's start so that it counts the runs of this campaign."""

        def counted(account: Account, call: Call) -> Json:
            answer = start(account, call)
            self.runs += call.params["campaign"] == self.campaign.id
            return answer

        return counted

    @property
    def campaign(self) -> Campaign:
        return self.world.kore.state.campaigns[self.ana.campaign_id(self.name)]

    async def card(self) -> Message:
        end_all_runs(self.ana)
        return await self.ana.sms(self.name)

    async def running(self) -> Message:
        card = await self.card()
        assert "Started by" in await self.told(self.start(card))
        return await self.ana.card(self.name, "Started by")

    async def start(self, card: Message, *faults: FaultKind, when: When = When.BEFORE) -> None:
        """Confirm a start, with these faults in Kore.ai."""
        await self.ana.person.click(card, "Start")
        review = await wait_review(self.ana.person)
        self.fail(Operation.START, *faults, when=when)
        await review.submit()

    async def stop(self, card: Message, *faults: FaultKind, when: When = When.BEFORE) -> None:
        """Confirm a stop, with these faults in Kore.ai."""
        await self.ana.person.click(card, "Stop")
        review = await wait_review(self.ana.person)
        self.fail(Operation.STOP, *faults, when=when)
        await review.submit()

    def fail(self, operation: Operation, *faults: FaultKind, when: When) -> None:
        for fault in faults:
            self.world.kore.faults.add(operation, fault, when=when)

    def hide_after(
        self,
        operation: Operation,
        monkeypatch: pytest.MonkeyPatch,
        kind: FaultKind = FaultKind.UNAUTHORIZED_401,
        times: int = 9,
    ) -> None:
        """Make reads of the campaign fail after a fault in this operation."""
        faults = self.world.kore.faults
        take = faults.take

        def taking(asked: Operation, when: When) -> Fault | None:
            struck = take(asked, when)
            if struck and asked is operation:
                faults.add(Operation.GET, kind, times=times)
            return struck

        monkeypatch.setattr(faults, "take", taking)

    async def told(self, act: Awaitable[None]) -> str:
        """Act, and return the only new card or notice about the campaign."""
        before = {each.ts for each in self._said()}
        await act
        await self.ana.person.wait_change(lambda: len(self._said()), len(before))
        await self.world.idle()
        (only,) = [each.words for each in self._said() if each.ts not in before]
        return only

    def _said(self) -> list[Message]:
        person = self.ana.person
        seen = [*person.messages(), *person.messages("@campaign-bot")]
        return [each for each in seen if self.name in each.words and not each.is_ephemeral]


@pytest.fixture
def runner(ana: Author, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setattr(retries, "DELAY_SECONDS", 0.01)
    monkeypatch.setattr(job, "LOOKS", (0.01, 0.02))
    monkeypatch.setattr(job, "LATEST_SECONDS", 0.0)
    made = Runner(ana)
    counted = made.count(OPERATIONS[Operation.START])
    monkeypatch.setitem(OPERATIONS, Operation.START, counted)
    return made


@pytest.mark.parametrize("kind", LOST)
async def test_started_and_its_answer_lost(runner: Runner, kind: FaultKind) -> None:
    told = await runner.told(runner.start(await runner.card(), kind, when=When.AFTER))
    assert "Started by" in told
    assert "Active" in told
    assert (runner.runs, runner.campaign.status) == (1, Status.ACTIVE)


@pytest.mark.parametrize("kind", LOST)
async def test_not_started_and_its_answer_lost(runner: Runner, kind: FaultKind) -> None:
    told = await runner.told(runner.start(await runner.card(), kind))
    assert f"“{runner.name}” was not started." in told
    assert NOT_STARTED in told
    assert (runner.runs, runner.campaign.status) == (0, Status.READY)


async def test_a_start_that_is_seen_at_the_second_look_is_confirmed(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await runner.card()
    runner.hide_after(Operation.START, monkeypatch, FaultKind.FAILURE_200, times=1)
    told = await runner.told(runner.start(card, FaultKind.RESET, when=When.AFTER))
    assert "Started by" in told
    assert runner.runs == 1


@pytest.mark.parametrize("when", list(When))
async def test_a_start_that_cannot_be_checked_is_reported_as_unknown(
    runner: Runner, when: When, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await runner.card()
    runner.hide_after(Operation.START, monkeypatch)
    told = await runner.told(runner.start(card, FaultKind.RESET, when=when))
    assert f"Whether “{runner.name}” was started is not known." in told
    assert "It may be running in Kore.ai and contacting people." in told
    assert runner.runs == (when is When.AFTER)


@pytest.mark.parametrize("when", list(When))
async def test_a_run_started_again_is_known_only_if_it_is_seen(runner: Runner, when: When) -> None:
    """A completed campaign looks the same whether its new run is over or never began."""
    card = await runner.card()
    runner.campaign.status = Status.COMPLETED
    told = await runner.told(runner.start(card, FaultKind.RESET, when=when))
    if when is When.AFTER:
        assert "Started by" in told
    else:
        assert f"Whether “{runner.name}” was started is not known." in told
        assert "It may be running in Kore.ai and contacting people." in told
    assert runner.runs == (when is When.AFTER)


@pytest.mark.parametrize(("kind", "why"), CERTAIN)
async def test_start_refused(runner: Runner, kind: FaultKind, why: str) -> None:
    told = await runner.told(runner.start(await runner.card(), kind, kind, kind))
    assert why in told
    assert NOT_STARTED in told
    assert (runner.runs, runner.campaign.status) == (0, Status.READY)


@pytest.mark.parametrize(("kind", "why"), CERTAIN)
async def test_a_start_that_is_done_but_answered_as_refused_runs_once(
    runner: Runner, kind: FaultKind, why: str
) -> None:
    told = await runner.told(runner.start(await runner.card(), kind, kind, kind, when=When.AFTER))
    assert why in told
    assert f"Whether “{runner.name}” was started is not known." in told
    assert "It may be running in Kore.ai and contacting people." in told
    assert (runner.runs, runner.campaign.status) == (1, Status.ACTIVE)


async def test_a_start_beside_a_run_on_the_same_list_is_refused(runner: Runner) -> None:
    card = await runner.card()
    other = Runner(runner.ana)
    await other.card()
    await runner.ana.person.click(card, "Start")
    review = await wait_review(runner.ana.person)
    other.campaign.status = Status.ACTIVE

    async def confirm() -> None:
        await review.submit()

    told = await runner.told(confirm())
    assert f"campaign {other.name} is running with the same list" in told
    assert NOT_STARTED in told
    assert runner.runs == 0


@pytest.mark.parametrize("kind", LOST)
async def test_stopped_and_its_answer_lost(runner: Runner, kind: FaultKind) -> None:
    told = await runner.told(runner.stop(await runner.running(), kind, when=When.AFTER))
    assert "Stopped by" in told
    assert (runner.runs, runner.campaign.status) == (1, Status.STOPPED)


@pytest.mark.parametrize("kind", LOST)
async def test_not_stopped_and_its_answer_lost(runner: Runner, kind: FaultKind) -> None:
    told = await runner.told(runner.stop(await runner.running(), kind))
    assert f"“{runner.name}” was not stopped." in told
    assert NOT_STOPPED in told
    assert (runner.runs, runner.campaign.status) == (1, Status.ACTIVE)


@pytest.mark.parametrize(("kind", "why"), CERTAIN)
async def test_stop_refused(runner: Runner, kind: FaultKind, why: str) -> None:
    told = await runner.told(runner.stop(await runner.running(), kind, kind, kind))
    assert why in told
    assert NOT_STOPPED in told
    assert (runner.runs, runner.campaign.status) == (1, Status.ACTIVE)


@pytest.mark.parametrize(("kind", "why"), CERTAIN)
async def test_a_stop_that_is_done_but_answered_as_refused_is_unknown(
    runner: Runner, kind: FaultKind, why: str
) -> None:
    card = await runner.running()
    told = await runner.told(runner.stop(card, kind, kind, kind, when=When.AFTER))
    assert why in told
    assert f"Whether “{runner.name}” was stopped is not known." in told
    assert (runner.runs, runner.campaign.status) == (1, Status.STOPPED)


@pytest.mark.parametrize("when", list(When))
async def test_a_stop_that_cannot_be_checked_is_reported_as_unknown(
    runner: Runner, when: When, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await runner.running()
    runner.hide_after(Operation.STOP, monkeypatch)
    told = await runner.told(runner.stop(card, FaultKind.RESET, when=when))
    assert f"Whether “{runner.name}” was stopped is not known." in told
    assert "It may still be running in Kore.ai." in told
    assert runner.runs == 1


async def test_a_start_sent_again_after_a_rate_limit_runs_once(runner: Runner) -> None:
    """A call refused for the rate limit is sent again, and finds the run of the first call."""
    kind = FaultKind.RATE_LIMIT_429
    told = await runner.told(runner.start(await runner.card(), kind, when=When.AFTER))
    assert f"Whether “{runner.name}” was started is not known." in told
    assert (runner.runs, runner.campaign.status) == (1, Status.ACTIVE)
