"""Two processes carry out one submission: only one of them sends its request."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from bot.records import Records, State, tables
from bot.work import job
from sandbox.kore import Operation
from sandbox.kore.calls import Call
from tests.flows.conftest import SIMPLE, Author, end_all_runs
from tests.flows.logged import Log
from tests.flows.office import Office, opened
from tests.reviewing import wait_review
from tests.world import PATIENCE, World

ROWS = tables.submissions
BEGUN_SECONDS = 2.0


@pytest.fixture
def other_process(ana: Author, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another process marks each accepted submission while this one asks Kore.ai about it."""
    monkeypatch.setattr(job, "LOOKS", (0.01,))
    monkeypatch.setattr(job, "LATEST_SECONDS", 0.0)
    kore, records = ana.world.kore, ana.world.services.records
    usual = kore.on_call

    def mark(call: Call) -> None:
        if call.operation in {Operation.SEARCH, Operation.GET}:
            with records.engine.begin() as db:
                accepted = update(ROWS).where(ROWS.c.state == State.ACCEPTED)
                db.execute(accepted.values(state=State.SENDING))

    kore.on_call = mark
    yield
    kore.on_call = usual


@pytest.fixture
def office(world: World) -> Iterator[Office]:
    """Ana's requests need Ravi's approval."""
    with opened(world) as made:
        made.put_in_force()
        yield made
    world.kore.latency_seconds = 0.0


def states(ana: Author) -> list[str]:
    """Return the states of the unfinished submissions that do not wait for approval."""
    unfinished = select(ROWS.c.state).where(ROWS.c.finished_at.is_(None))
    with ana.world.services.records.engine.connect() as db:
        return list(db.execute(unfinished.where(ROWS.c.state != State.WAITING)).scalars())


def sent(ana: Author, operation: Operation) -> int:
    return sum(each.operation is operation for each in ana.world.kore.requests)


async def overtaken(ana: Author, log: Log) -> None:
    """Wait until this process leaves the submission to the other one."""
    await ana.world.settled(lambda: "submission.overtaken" in log.text)
    assert states(ana) == [State.SENDING]


async def resumed(ana: Author) -> None:
    """Resume the submission, as each minute after the other process died without sending it."""
    async with asyncio.timeout(PATIENCE):
        while states(ana):
            await ana.world.services.work.resume(datetime.now(UTC))
            await asyncio.sleep(0.05)


@pytest.mark.usefixtures("other_process")
async def test_a_creation_is_sent_by_one_process(ana: Author, log: Log) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    await (await ana.review(form, SIMPLE)).submit()
    await overtaken(ana, log)
    assert sent(ana, Operation.CREATE) == 0

    await resumed(ana)
    await ana.card(name, "was created is not known", "@campaign-bot")
    await ana.world.idle()
    assert sent(ana, Operation.CREATE) == 0


async def test_a_start_is_sent_by_one_process(
    ana: Author, log: Log, request: pytest.FixtureRequest
) -> None:
    name = ana.world.name()
    await ana.sms(name)
    await ana.world.idle()
    end_all_runs(ana)
    request.getfixturevalue("other_process")
    await ana.person.command(f"/campaign start {name}")
    review = await wait_review(ana.person)
    await review.submit()
    await overtaken(ana, log)
    assert sent(ana, Operation.START) == 0

    await resumed(ana)
    await ana.card(name, "was started is not known", "@campaign-bot")
    await ana.world.idle()
    assert sent(ana, Operation.START) == 0


def turn(office: Office, key: str) -> int:
    """Return how often a submission was taken up."""
    with office.world.services.records.engine.connect() as db:
        return int(db.execute(select(ROWS.c.turn).where(ROWS.c.key == key)).scalar_one())


async def test_who_overtakes_an_approved_submission_carries_it_out(office: Office) -> None:
    world, name = office.world, office.world.name()
    request = await office.asked(name)
    key = await office.key(name)
    world.kore.latency_seconds = 1.5
    before = turn(office, key)
    await office.ravi.click(request, "Approve")
    # The task for the decision has begun; another one begins what came before it once more.
    await world.settled(lambda: turn(office, key) != before)

    async def is_left() -> bool:
        return True

    await world.services.work._engine.resume(key, abandoned=is_left)  # noqa: SLF001 # as a late list
    await office.ana.wait_message(containing=name, also="approved by")
    await world.idle()
    assert sent(Author(world), Operation.CREATE) == 1


async def test_what_has_begun_to_wait_since_it_was_listed_is_not_taken_up(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = office.world.name()
    await office.asked(name)
    key = await office.key(name)
    await office.world.idle()
    records, before = office.world.services.records, turn(office, key)
    listed = [[key]]
    usual = Records.unfinished

    async def late(self: Records, *, before: datetime) -> list[str]:
        return listed.pop() if listed else await usual(self, before=before)

    monkeypatch.setattr(Records, "unfinished", late)
    await office.world.services.work.resume(datetime.now(UTC))
    await office.world.idle()
    assert not listed
    # As long as the engine takes to begin what it starts again.
    await asyncio.sleep(BEGUN_SECONDS)
    assert turn(office, key) == before
    assert [each.state for each in [await records.submission(key)] if each] == [State.WAITING]
