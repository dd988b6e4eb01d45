"""A series across a clock change can be split in two; only the first part is sent."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot.campaigns.policy import Policy
from bot.campaigns.roles import Grants
from bot.records import tables
from sandbox.kore import Operation
from sandbox.kore.state import Schedule
from sandbox.slack import Message, Modal, OutcomeKind, payloads
from sandbox.slack.message import action_for
from tests.flows.conftest import Answers, Author
from tests.reviewing import wait_review
from tests.world import World

SPLIT = "End before the clocks change"
DIRECT = "@campaign-bot"
NEW_YORK = ZoneInfo("America/New_York")
# In UTC: one minute before 9:00 AM in daylight saving time, at either change of the clocks.
LAST_MINUTE = time(12, 59)


def next_change() -> date:
    """Return the day New York next changes its clocks, at least a week ahead."""
    day = datetime.now(UTC).date() + timedelta(days=7)
    while offset(day) == offset(day - timedelta(days=1)):
        day += timedelta(days=1)
    return day


def offset(day: date) -> timedelta | None:
    return datetime.combine(day, time(12), NEW_YORK).utcoffset()


def around(change: date, *, until: int = 10) -> Answers:
    """Return answers for runs every morning from three days before the change."""
    start, end = change - timedelta(days=3), change + timedelta(days=until)
    return {"Start date": start.isoformat(), "End date": end.isoformat(), "Start time": "09:00"}


class Series:
    """A campaign of Ana's, and the review of its daily runs across a clock change."""

    def __init__(self, ana: Author, name: str, change: date) -> None:
        self.ana, self.name, self.change = ana, name, change

    async def review(self, *, until: int = 10) -> Modal:
        await self.ana.sms(self.name)
        form = await self.ana.form(f"/campaign schedule {self.name}", "Schedule a campaign")
        return await self.ana.review(form, around(self.change, until=until))

    async def split(self) -> Modal:
        """Split the review, and return the review of the first part."""
        review = await self.review()
        await review.click(SPLIT)
        await self.ana.person.wait_change(lambda: SPLIT in review.buttons, before=True)
        return await wait_review(self.ana.person)

    async def notice(self) -> Message:
        """Confirm the first part, and return the message to Ana about the rest."""
        assert (await (await self.split()).submit()).kind is OutcomeKind.CLOSED
        await self.ana.card(self.name, "Scheduled by")
        return await self.ana.card(self.name, "The rest", DIRECT)

    def looks(self) -> int:
        """Count how often Kore.ai was asked for a campaign."""
        return sum(each.operation is Operation.GET for each in self.ana.world.kore.requests)

    @property
    def scheduled(self) -> Schedule | None:
        """The campaign's schedule in Kore.ai."""
        return self.ana.world.kore.state.campaigns[self.ana.campaign_id(self.name)].schedule

    @property
    def start(self) -> datetime:
        local = datetime.combine(self.change - timedelta(days=3), time(9), NEW_YORK)
        return local.astimezone(UTC)

    @property
    def end(self) -> datetime:
        """When the first part ends."""
        return datetime.combine(self.change, LAST_MINUTE, UTC)


@pytest.fixture
def series(ana: Author) -> Series:
    return Series(ana, ana.world.name(), next_change())


@pytest.fixture
def approval(world: World) -> Iterator[None]:
    """Require approval for schedules, with the approval cards in #campaigns."""
    environment = world.services.environments.first
    before = environment.grants, environment.policy
    asked_in = world.slack.workspace.channel_named("campaigns").id
    policy = {"approval_for": ["schedule"], "approvers_channel": asked_in}
    _put_in_force(world, Grants(approvers=("everyone",)), Policy.model_validate(policy))
    yield
    _put_in_force(world, *before)


def _put_in_force(world: World, grants: Grants, policy: Policy) -> None:
    environment = world.services.environments.first
    object.__setattr__(environment, "grants", grants)
    object.__setattr__(environment, "policy", policy)


async def test_a_series_without_a_clock_change_cannot_be_split(series: Series) -> None:
    review = await series.review(until=-1)
    assert "The clocks change" not in review.text
    assert review.buttons == []
    await review.close(all_views=True)


async def test_the_first_part_is_reviewed_in_the_same_modal_and_back_leads_to_the_form(
    series: Series,
) -> None:
    review = await series.review()
    assert "The clocks change" in review.text
    assert "Not scheduled yet" not in review.text
    await review.click(SPLIT)
    await series.ana.person.wait_change(lambda: SPLIT in review.buttons, before=True)
    again = await wait_review(series.ana.person)
    assert again.id == review.id
    assert "The clocks change" not in again.text
    assert "Not scheduled yet" in again.text
    assert f"{series.change:%a}, {series.change:%b} {series.change.day}" in again.text
    assert again.text.count("9:00 AM") >= 4
    await again.close()
    form = await series.ana.person.wait_modal("Schedule a campaign")
    assert form.value("End date") == around(series.change)["End date"]
    whole = await series.ana.review(form, {})
    assert whole.buttons == [SPLIT]
    await whole.close(all_views=True)
    assert series.scheduled is None


async def test_kore_receives_exactly_the_first_part_and_the_author_hears_of_the_rest_once(
    series: Series,
) -> None:
    notice = await series.notice()
    assert series.scheduled is not None
    assert (series.scheduled.start, series.scheduled.end) == (series.start, series.end)
    last = series.change - timedelta(days=1)
    assert f"Its last run is {last:%a}, {last:%b} {last.day}, {last.year}, 9:00 AM" in notice.words
    assert notice.buttons == ["Schedule the rest"]
    (key,) = {action["elements"][0]["value"] for action in notice.blocks if "elements" in action}
    # As if the process had died after the message and before it recorded the end.
    services = series.ana.world.services
    unfinished = update(tables.submissions).where(tables.submissions.c.key == key)
    with services.records.engine.begin() as db:
        db.execute(unfinished.values(finished_at=None))
    await services.work.carry_out_task(key)
    told = [each for each in series.ana.person.messages(DIRECT) if series.name in each.words]
    assert [each.ts for each in told] == [notice.ts]


async def test_a_review_from_before_the_split_cannot_be_confirmed(series: Series) -> None:
    review = await series.review()
    digest = review.view.content["private_metadata"]
    await review.click(SPLIT)
    await series.ana.person.wait_change(lambda: SPLIT in review.buttons, before=True)
    again = await wait_review(series.ana.person)
    assert again.view.content["private_metadata"] not in ("", digest)
    again.view.content["private_metadata"] = digest
    assert (await again.submit()).kind is OutcomeKind.PUSHED
    await (await series.ana.person.wait_modal("Review again")).close(all_views=True)
    assert series.scheduled is None


async def test_a_second_press_changes_nothing(series: Series) -> None:
    review = await series.review()
    state, person, looks = review.state, series.ana.person, series.looks()
    action = action_for(review.blocks, SPLIT)
    press = payloads.view_action(state, person.user, review.view, action)
    for _ in range(2):
        await state.courier.deliver(press)
    await person.wait_change(lambda: SPLIT in review.buttons, before=True)
    again = await wait_review(person)
    assert series.looks() == looks + 1
    assert (await again.submit()).kind is OutcomeKind.CLOSED
    await series.ana.card(series.name, "Scheduled by")
    assert series.scheduled is not None
    assert series.scheduled.end == series.end


async def test_the_rest_is_scheduled_from_its_button_at_the_time_asked_for(series: Series) -> None:
    ana, notice = series.ana, await series.notice()
    await ana.person.click(notice, "Schedule the rest")
    form = await ana.person.wait_modal("Schedule a campaign")
    filled = {label: form.value(label) for label in form.labels}
    assert filled == {
        "Campaign": series.name,
        "Recurrence": "Daily",
        "Repeat every": "1",
        "Time zone": "America/New_York",
        "Start date": series.change.isoformat(),
        "Start time": "09:00",
        "End date": around(series.change)["End date"],
        "End time": "18:00",
        "Post in channel": "#campaigns",
    }
    review = await ana.review(form, {})
    assert "In place of" in review.text
    assert review.buttons == []
    assert (await review.submit()).kind is OutcomeKind.CLOSED
    begins = datetime.combine(series.change, time(9), NEW_YORK).astimezone(UTC)
    await ana.world.settled(lambda: bool(series.scheduled and series.scheduled.start == begins))


async def test_somebody_else_is_told_whose_button_it_is(series: Series) -> None:
    notice = await series.notice()
    ravi = series.ana.world.slack.person("Ravi Iyer")
    await ravi.click(notice, "Schedule the rest")
    posts = notice.channel.posts
    await series.ana.world.settled(lambda: posts[-1].only_for == ravi.user.id)
    assert f"This button is for <@{series.ana.person.user.id}>" in posts[-1].text
    assert ravi.modal() is None


async def test_an_author_who_lost_the_role_cannot_schedule_the_rest(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = await series.notice()
    environment = series.ana.world.services.environments.first
    monkeypatch.setitem(environment.__dict__, "grants", Grants(viewers=("everyone",)))
    await series.ana.person.click(notice, "Schedule the rest")
    await series.ana.person.wait_message(DIRECT, containing="You may not schedule campaigns")
    assert series.ana.person.modal() is None


@pytest.mark.usefixtures("approval")
async def test_the_approver_sees_that_the_rest_is_not_included(series: Series) -> None:
    review = await series.split()
    assert review.submit_text == "Ask for approval"
    await review.submit()
    # The news to Ana, in the same channel, has no such button.
    card = await series.ana.card(series.name, "Decline")
    assert "needs approval" in card.words
    assert "Not scheduled yet" in card.words
    assert SPLIT not in card.buttons
    await series.ana.world.slack.person("Ravi Iyer").click(card, "Approve")
    await series.ana.card(series.name, "Scheduled by")
    assert series.scheduled is not None
    assert series.scheduled.end == series.end
    await series.ana.card(series.name, "The rest", DIRECT)
