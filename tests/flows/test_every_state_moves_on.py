"""Each state of a submission and of an approval is final, or something moves it on."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.campaigns.approval import ApprovalState
from bot.campaigns.commands import CreateSms
from bot.campaigns.notifications import of_failure
from bot.campaigns.policy import Policy
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.roles import Grants
from bot.records import Done, Outcome, State, Submission, tables
from bot.records.submissions import BEFORE, NotApproved
from bot.work import job
from sandbox.canned import Canned
from sandbox.kore import FaultKind, Operation, When
from sandbox.slack import Message
from tests.asked import sms_campaign, submission
from tests.flows.conftest import SIMPLE, Author
from tests.flows.office import APPROVALS, Office, opened
from tests.world import PATIENCE, World

OUTAGE = Canned(503, b"upstream connect error", {"Content-Type": "text/plain"})
HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)
# For each state in which a process can leave a submission: its state after it is resumed.
RESUMED: dict[State, State] = {
    State.ACCEPTED: State.DONE,
    State.SENDING: State.UNKNOWN,
    State.DONE: State.DONE,
}
BY_APPROVAL = State.WAITING
# Here nothing more is sent to Kore.ai, but the process may have died before it told the author.
ENDS: dict[State, Outcome] = {
    State.DONE: Done(campaign="cd-1"),
    State.FAILED: Failure(reason=Reason.REFUSED, certain=True),
    State.UNKNOWN: Failure(reason=Reason.NO_ANSWER, certain=False),
    State.DROPPED: NotApproved(approval=ApprovalState.DECLINED),
}
# For each state in which a process can leave an approval: the later state of its submission.
AFTER_APPROVAL: dict[ApprovalState, State] = {
    ApprovalState.APPROVED: State.DONE,
    ApprovalState.RELEASED: State.DONE,
    ApprovalState.DECLINED: State.DROPPED,
    ApprovalState.WITHDRAWN: State.DROPPED,
    ApprovalState.EXPIRED: State.DROPPED,
    ApprovalState.REPLACED: State.DROPPED,
    ApprovalState.CANCELED: State.DROPPED,
    ApprovalState.UNASKED: State.FAILED,
}
# These states wait for a person: the state that follows each when the time is over.
BY_THE_CLOCK = {
    ApprovalState.WAITING: ApprovalState.EXPIRED,
    ApprovalState.HELD: ApprovalState.RELEASED,
}


@pytest.fixture
def office(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(job, "LOOKS", (0.01,))
    monkeypatch.setattr(job, "LATEST_SECONDS", 0.0)
    with opened(world) as made:
        yield made


def test_no_state_is_left_out() -> None:
    assert RESUMED.keys() | ENDS.keys() | {BY_APPROVAL} == BEFORE.keys() == set(State)
    assert AFTER_APPROVAL.keys() | BY_THE_CLOCK.keys() == set(ApprovalState)


@pytest.mark.parametrize("left", RESUMED)
async def test_a_submission_left_in_a_state_is_resumed_from_it(office: Office, left: State) -> None:
    office.set(Grants(), Policy())
    name = office.world.name()
    made = await Author(office.world).sms(name) if left is State.DONE else None
    outcome = Done(campaign=Author(office.world).campaign_id(name)) if made else None
    asked = await accepted(office, name)
    await office.world.services.records.mark(asked, left, outcome)
    await office.world.services.work.resume(datetime.now(UTC))
    await ends(office, asked.key, RESUMED[left])


@pytest.mark.parametrize("left", AFTER_APPROVAL)
async def test_a_decision_that_was_not_carried_out_is_carried_out(
    office: Office, left: ApprovalState
) -> None:
    key = await left_in(office, left)
    await office.sweep()
    await ends(office, key, AFTER_APPROVAL[left])


@pytest.mark.parametrize("left", BY_THE_CLOCK)
async def test_an_approval_that_waits_for_a_person_times_out(
    office: Office, left: ApprovalState
) -> None:
    key = await left_in(office, left, expires_at=HOUR_AGO, release_at=HOUR_AGO)
    await office.sweep()
    approval = await office.world.services.records.approvals.get(key)
    assert approval
    assert approval.state is BY_THE_CLOCK[left]
    await ends(office, key, AFTER_APPROVAL[approval.state])


async def test_an_approval_card_is_posted_after_an_outage(office: Office) -> None:
    name, world = office.world.name(), office.world
    world.slack.faults.add("chat.postMessage", OUTAGE, None)
    submit = await reviewed_form(office, name)
    await submit()
    await world.settled(lambda: world.slack.count("chat.postMessage") >= 2)
    assert cards(office, name) == []
    world.slack.faults.clear()
    key = await office.key(name)
    await world.idle()
    (card,) = cards(office, name)
    await office.ravi.click(card, "Approve")
    await ends(office, key, State.DONE)


@pytest.mark.parametrize("left", [State.FAILED, State.UNKNOWN])
async def test_an_unreported_failure_is_reported_once(office: Office, left: State) -> None:
    office.set(Grants(), Policy())
    asked = await accepted(office, office.world.name())
    records = office.world.services.records
    failure = ENDS[left]
    assert isinstance(failure, Failure)
    await records.mark(asked, left, failure, tell=of_failure(failure))
    for _ in range(2):
        await office.world.services.work.resume(datetime.now(UTC))
        await office.world.idle()
    told = office.ana.messages("@campaign-bot")
    assert sum(asked.command.label in each.words for each in told) == 1
    assert await records.unfinished(before=datetime.now(UTC)) == []


async def test_work_that_only_the_engine_takes_for_done_is_done(office: Office) -> None:
    """The records were restored from a backup; the engine's tables were not."""
    office.set(Grants(), Policy())
    name, records = office.world.name(), office.world.services.records
    asked = await accepted(office, name)
    await office.world.services.work.resume(datetime.now(UTC))
    await ends(office, asked.key, State.DONE)
    earlier = update(tables.submissions).where(tables.submissions.c.key == asked.key)
    with records.engine.begin() as db:
        db.execute(earlier.values(state=State.ACCEPTED, outcome=None, finished_at=None))
    del office.world.kore.state.campaigns[Author(office.world).campaign_id(name)]
    await office.world.services.work.resume(datetime.now(UTC))
    await ends(office, asked.key, State.DONE)
    assert office.made(name) == 1


async def test_a_failure_is_reported_after_an_outage(office: Office) -> None:
    office.set(Grants(), Policy())
    name, world = office.world.name(), office.world
    await world.read_account()
    await world.idle()
    world.kore.faults.add(Operation.CREATE, FaultKind.FAILURE_200, when=When.BEFORE)
    world.slack.faults.add("chat.postMessage", OUTAGE, None)
    submit = await reviewed_form(office, name)
    await submit()
    await world.settled(lambda: world.slack.count("chat.postMessage") >= 2)
    assert await world.services.records.outbox.pending() == 1
    world.slack.faults.clear()
    await world.idle()
    assert sum(name in each.words for each in office.ana.messages("@campaign-bot")) == 1


async def reviewed_form(office: Office, name: str) -> Callable[[], Awaitable[object]]:
    """Review a form as Ana, and return the method that submits it."""
    author = Author(office.world)
    form = await author.form(f"/campaign sms {name}", "New SMS campaign")
    return (await author.review(form, SIMPLE)).submit


async def accepted(office: Office, name: str) -> Submission:
    """Save a submission of Ana's, as by a process that dies right after."""
    channel = office.world.slack.workspace.channel_named("campaigns").id
    asked = submission(
        CreateSms(campaign=sms_campaign(name)),
        author=office.ana.user.id,
        channel=channel,
        asked_in=channel,
    )
    await office.world.services.records.accept(asked)
    return asked


async def left_in(office: Office, state: ApprovalState, **moments: datetime) -> str:
    """Submit a campaign as Ana, leave its approval in this state, and return its key."""
    name = office.world.name()
    await office.asked(name)
    await office.world.idle()
    key = await office.key(name)
    decided = {"decided_by": office.ravi.user.id, "canceled_by": office.ravi.user.id}
    await office.change(tables.approvals, name, state=state, reason="No", **decided, **moments)
    return key


async def ends(office: Office, key: str, state: State) -> None:
    """Wait until a submission is in this state and no work is left."""
    records = office.world.services.records
    async with asyncio.timeout(PATIENCE):
        while (asked := await records.submission(key)) and asked.state is not state:  # noqa: ASYNC110 # as `settled`
            await asyncio.sleep(0.01)
    await office.world.idle()


def cards(office: Office, name: str) -> list[Message]:
    """Return the cards that ask for approval of this campaign."""
    return [each for each in office.ravi.messages(APPROVALS) if name in each.words]
