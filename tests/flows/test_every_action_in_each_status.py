"""Each action on a campaign, from each place that has it, in each status: done, or refused."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from blocks.ids import Button, opens
from bot.campaigns.actions import Action
from bot.campaigns.refs import CampaignRef
from bot.work import job
from sandbox.kore import Kind, Operation, Schedule
from sandbox.kore.running import begin
from sandbox.kore.state import Campaign, Status
from sandbox.slack import Message
from tests.flows.conftest import Answers, Author, in_days
from tests.flows.forging import press_forged, press_in
from tests.flows.homes import opened_home, show
from tests.flows.voice_runs import voice_campaign
from tests.reviewing import confirm_review, wait_review

pytestmark = pytest.mark.drill
SCHEDULED = (Status.SCHEDULED, Status.RESCHEDULED)
RUNNING = (Status.ACTIVE, Status.PAUSED)
OVER = (Status.STOPPED, Status.COMPLETED)
STATUSES = (Status.PREPARING, Status.READY, *SCHEDULED, *RUNNING, *OVER)
CHANGES = {
    *(Operation.CREATE, Operation.UPDATE, Operation.DELETE, Operation.START, Operation.STOP),
    *(Operation.SCHEDULE, Operation.UNSCHEDULE),
}
STOP_FIRST, PREPARES = "Stop it first", "Try again in a few minutes, when it is Ready"
TYPED_NAME = "Type the name to confirm"


@dataclass(frozen=True, slots=True)
class Cell:
    """A campaign, with its settings and schedule before an action."""

    ana: Author
    campaign: Campaign
    body: Mapping[str, object]
    schedule: Schedule | None

    @property
    def name(self) -> str:
        return self.campaign.name

    @property
    def value(self) -> str:
        """Return what a button of the campaign carries."""
        return str(CampaignRef(id=self.campaign.id, name=self.name, environment="production"))

    @property
    def campaigns(self) -> Mapping[str, Campaign]:
        return self.ana.world.kore.state.campaigns

    @property
    def changes(self) -> list[Operation | None]:
        """Return what Kore.ai was asked to change so far."""
        sent = self.ana.world.kore.requests
        return [each.operation for each in sent if each.operation in CHANGES]


@dataclass(frozen=True, slots=True)
class Case:
    """An action: its word and its button, and how to see that it is done.

    `refused` has what the bot says in the statuses in which it refuses, and `in_kore` are those in
    which only the pretend Kore.ai does. A form that opens first gets the `answers`.
    """

    word: str
    button: str
    done: Callable[[Cell], bool]
    refused: Mapping[Status, str] = field(default_factory=dict)
    in_kore: tuple[Status, ...] = ()
    form: str = ""
    answers: Answers = field(default_factory=dict)


CASES = [
    Case(
        "schedule",
        Button.OPEN_SCHEDULE,
        lambda cell: cell.campaign.schedule not in {None, cell.schedule},
        in_kore=(Status.ACTIVE,),
        form="Schedule a campaign",
        answers={"Start date": in_days(3), "End date": in_days(12)},
    ),
    Case(
        "unschedule",
        opens(Action.UNSCHEDULE),
        lambda cell: cell.campaign.schedule is None,
        dict.fromkeys(set(STATUSES) - {*SCHEDULED}, "has no schedule"),
    ),
    Case(
        "start",
        opens(Action.START),
        lambda cell: cell.campaign.status is Status.ACTIVE,
        {Status.ACTIVE: "is running already"} | dict.fromkeys(SCHEDULED, "will start by itself"),
        in_kore=(Status.PREPARING, Status.PAUSED),
    ),
    Case(
        "stop",
        opens(Action.STOP),
        lambda cell: cell.campaign.status is Status.STOPPED,
        dict.fromkeys((Status.PREPARING, Status.READY), "is not running")
        | dict.fromkeys(OVER, "Its last run is over"),
        in_kore=SCHEDULED,
    ),
    Case(
        "edit",
        opens(Action.EDIT),
        lambda cell: cell.campaign.body.items() >= (dict(cell.body) | {"priority": "2"}).items(),
        {Status.ACTIVE: STOP_FIRST, Status.PREPARING: PREPARES},
        form="Edit SMS campaign",
        answers={"Priority": "2"},
    ),
    Case(
        "delete",
        opens(Action.DELETE),
        lambda cell: cell.campaign.id not in cell.campaigns,
        dict.fromkeys(RUNNING, STOP_FIRST) | {Status.PREPARING: PREPARES},
    ),
    Case(
        "clone",
        Button.CLONE,
        lambda cell: any(each.name == f"{cell.name} (copy)" for each in cell.campaigns.values()),
        form="New SMS campaign",
    ),
]


@pytest.fixture(autouse=True)
def quick(ana: Author, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(job, "LOOKS", (0.01,))
    monkeypatch.setattr(job, "LATEST_SECONDS", 0.0)
    yield
    ana.person.state.views.clear(ana.person.user.id)


def made(ana: Author, status: Status, kind: Kind = Kind.SMS) -> Cell:
    """Add a campaign in this status, with a contact list that no other campaign uses."""
    state = ana.world.kore.state
    campaign = voice_campaign(state, ana.world.name("Each"), kind)
    if status in {*RUNNING, *OVER}:
        instance = begin(state, campaign, timedelta(hours=1))
        # Of 230 hours with a contact each, a month has fewer than half.
        campaign.instance = replace(instance, began=state.now - timedelta(days=30))
    if status in SCHEDULED:
        start = state.now + timedelta(days=1)
        campaign.schedule = Schedule(start, start + timedelta(days=9), "Daily", 1)
    if status is Status.PREPARING:
        campaign.ready_at = state.now + timedelta(hours=1)
    campaign.turn(status, state.now)
    return Cell(ana, campaign, dict(campaign.body), campaign.schedule)


async def by_command(cell: Cell, case: Case) -> None:
    await cell.ana.person.command(f"/campaign {case.word} {cell.name}")


async def by_card(cell: Cell, case: Case) -> None:
    """Press the button even if the card has it no more: somebody may still see it."""
    await cell.ana.person.command(f"/campaign status {cell.campaign.id}")
    card = await cell.ana.card(cell.name, "Checked in Kore.ai")
    await press_forged(cell.ana.person, card, case.button, cell.value)


async def by_home(cell: Cell, case: Case) -> None:
    await cell.ana.world.read_account()
    await show(await opened_home(cell.ana.person, cell.name), cell.name)
    facts = await cell.ana.person.wait_modal("Campaigns", containing=cell.campaign.id)
    await press_in(cell.ana.person, facts, case.button, cell.value)


PLACES = pytest.mark.parametrize("press", [by_command, by_card, by_home])
Press = Callable[[Cell, Case], Awaitable[None]]


async def check_refused(cell: Cell, words: str, before: list[Operation | None]) -> None:
    shown = await cell.ana.person.wait_modal(containing=words, within=5)
    assert not shown.submit_text
    await cell.ana.world.idle()
    assert cell.changes == before
    assert (cell.campaign.body, cell.campaign.schedule) == (cell.body, cell.schedule)


async def confirm(cell: Cell, case: Case) -> None:
    """Fill in the form, if there is one, and confirm the review."""
    person = cell.ana.person
    if case.form:
        form = await person.wait_modal(case.form)
        # On Home there is no channel yet.
        channel: Answers = (
            {} if form.value("Post in channel") else {"Post in channel": "#campaigns"}
        )
        await cell.ana.review(form, case.answers | channel)
    review = await wait_review(person)
    if TYPED_NAME in review.labels:
        await review.fill({TYPED_NAME: cell.name})
    await confirm_review(person)


@PLACES
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("case", CASES, ids=[each.word for each in CASES])
async def test_an_action_is_done_or_refused(
    ana: Author, case: Case, status: Status, press: Press
) -> None:
    cell = made(ana, status)
    before = cell.changes
    await press(cell, case)
    if status in case.refused:
        await check_refused(cell, case.refused[status], before)
        return
    await confirm(cell, case)
    await ana.world.idle()
    assert cell.changes != before
    assert case.done(cell) is (status not in case.in_kore)


@PLACES
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("kind", Kind)
async def test_results_are_those_of_a_voice_campaign_that_ran(
    ana: Author, kind: Kind, status: Status, press: Press
) -> None:
    results = Case("results", Button.OPEN_RESULTS, lambda _: True)
    cell = made(ana, status, kind)
    await press(cell, results)
    await ana.world.idle()
    ran = status in {*RUNNING, *OVER}
    expected = {Kind.SMS: "this is an SMS campaign", Kind.VOICE: "Kore.ai has called nobody for it"}
    words = f"Results of “{cell.name}”" if ran and kind is Kind.VOICE else expected[kind]
    assert any(cell.name in said and words in said for said in visible(ana))


def visible(ana: Author) -> list[str]:
    """Return the words of every message in Slack."""
    workspace = ana.world.slack.workspace
    return [
        Message(workspace, channel, post).words
        for channel in workspace.channels.values()
        for post in channel.posts
    ]
