"""The author of a schedule hears, once each, of what would be a surprise about its runs."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update

from bot.campaigns.actions import Action
from bot.campaigns.hours import Weekday
from bot.campaigns.roles import Grants
from bot.campaigns.schedule import Recurrence, Schedule
from bot.kore import KoreClient
from bot.records.tables import campaigns, submissions
from sandbox.kore.state import ContactList, Status
from sandbox.slack import Message
from tests.flows.conftest import Author, in_days
from tests.flows.listing import add_list
from tests.flows.office import opened
from tests.flows.voice_runs import ALWAYS
from tests.reviewing import confirm_review, wait_review

DIRECT = "@campaign-bot"


async def scheduled(ana: Author, name: str) -> ContactList:
    """Schedule a campaign on a list of its own from Slack."""
    made = add_list(ana.world, f"{name} list", contacts=3)
    await ana.world.read_account()
    await ana.sms(name)
    campaign = ana.world.kore.state.campaigns[ana.campaign_id(name)]
    campaign.body = {**campaign.body, "contactLists": [made.name]}
    campaign.updated_at = ana.world.kore.state.now
    await ana.world.read_account()
    form = await ana.form(f"/campaign schedule {name}", "Schedule a campaign")
    await ana.send(form, {"Start date": in_days(2), "End date": in_days(9)})
    await ana.card(name, "Scheduled by")
    await ana.world.idle()
    return made


async def in_half_an_hour(ana: Author, name: str) -> None:
    """Let the bot take the next run for one in half an hour, and look ahead twice."""
    start = datetime.now(UTC).replace(tzinfo=None) + timedelta(minutes=30)
    plan = Schedule(
        recurrence=Recurrence.DAILY,
        every=1,
        days=(),
        zone="UTC",
        start=start,
        end=start + timedelta(days=9),
    )
    campaign = ana.world.kore.state.campaigns[ana.campaign_id(name)]
    await ana.world.services.records.campaigns.remember_schedule(campaign.id, plan)
    ana.world.kore.state.turn(campaign, Status.SCHEDULED)
    campaign.updated_at = ana.world.kore.state.now
    await ana.world.read_account()
    for _ in range(2):
        await ana.world.services.work.look_ahead()
        await ana.world.idle()


def warnings(ana: Author, name: str) -> list[Message]:
    seen = ana.person.messages(DIRECT)
    return [each for each in seen if each.says(f"*{name}* will run")]


async def test_the_author_is_warned_once_of_what_has_changed(author: Author) -> None:
    ana, name = author, author.world.name()
    made = await scheduled(ana, name)
    made.contacts = []
    campaign = ana.world.kore.state.campaigns[ana.campaign_id(name)]
    campaign.body["priority"] = 1
    await in_half_an_hour(ana, name)
    (warning,) = warnings(ana, name)
    assert warning.says(f"The contact list {made.name} is empty.")
    assert warning.says("Priority: 5 (highest) → 1 (lowest)")
    assert warning.says("It runs all the same, unless you remove the schedule.")
    await ana.person.click(warning, "Remove schedule")
    assert name in (await wait_review(ana.person)).text


async def test_a_list_that_has_grown_tenfold_is_told(ana: Author) -> None:
    name = ana.world.name()
    made = await scheduled(ana, name)
    made.contacts *= 10
    await in_half_an_hour(ana, name)
    (warning,) = warnings(ana, name)
    assert warning.says(f"The contact list {made.name} has 30 contacts; it had 3.")


async def test_nobody_is_warned_if_nothing_has_changed(ana: Author) -> None:
    name = ana.world.name()
    await scheduled(ana, name)
    await in_half_an_hour(ana, name)
    assert warnings(ana, name) == []


async def with_plan(ana: Author, name: str, plan: Schedule, *, changed: datetime) -> None:
    """Let the bot know a schedule of a campaign that calls at any hour, and look ahead twice."""
    campaign = ana.world.kore.state.campaigns[ana.campaign_id(name)]
    records = ana.world.services.records
    await records.campaigns.remember_schedule(campaign.id, plan)
    ana.world.kore.state.turn(campaign, Status.SCHEDULED)
    campaign.body["dialingStrategy"]["callingHours"] = ALWAYS
    campaign.updated_at = ana.world.kore.state.now
    seen = await kore_of(ana).get_campaign(campaign.id)
    await records.campaigns.remember(seen)
    # It was all that long ago.
    earlier = seen.model_copy(update={"updated_at": changed})
    with records.engine.begin() as db:
        asked = update(submissions).where(submissions.c.action == Action.SCHEDULE)
        db.execute(asked.values(accepted_at=changed))
        stored = update(campaigns).where(campaigns.c.id == campaign.id)
        content = earlier.model_dump(mode="json", exclude={"environment", "details"})
        db.execute(stored.values(turned_at=changed, snapshot=content))
    for _ in range(2):
        await ana.world.services.work.look_ahead()
        await ana.world.idle()


def across_a_clock_change() -> Schedule:
    """Return a schedule whose runs were at 9:00 AM; its next one, tomorrow, is an hour off."""
    zone = ZoneInfo("America/New_York")
    tomorrow = datetime.now(zone).replace(tzinfo=None) + timedelta(days=1)
    coming = tomorrow.replace(hour=9, minute=0, second=0, microsecond=0)
    weeks = next(
        each
        for each in range(1, 60)
        if (coming - timedelta(weeks=each)).replace(tzinfo=zone).utcoffset()
        != coming.replace(tzinfo=zone).utcoffset()
    )
    start = coming - timedelta(weeks=weeks)
    return Schedule(
        recurrence=Recurrence.WEEKLY,
        every=weeks,
        days=(Weekday(start.weekday()),),
        zone=zone.key,
        start=start,
        end=coming + timedelta(weeks=weeks),
    )


async def test_the_author_can_keep_the_hour_when_the_clocks_change(author: Author) -> None:
    ana, name = author, author.world.name()
    await scheduled(ana, name)
    plan = across_a_clock_change()
    await with_plan(ana, name, plan, changed=datetime.now(UTC) - timedelta(days=3))
    (asked,) = told(ana, name, "not at 9:00 AM as you scheduled it")
    await ana.person.click(asked, "Keep 9:00 AM")
    review = await wait_review(ana.person)
    assert name in review.text
    await confirm_review(ana.person)
    await ana.world.idle()
    known = await ana.world.services.records.campaigns.known(ana.campaign_id(name))
    assert known
    assert known.schedule
    assert known.schedule.start == plan.start + plan.every * timedelta(weeks=1)
    await ana.person.click(asked, "Keep 9:00 AM")
    await ana.person.wait_message(DIRECT, containing="There is nothing to set right now")


async def test_who_lost_the_role_cannot_keep_the_hour(ana: Author) -> None:
    name = ana.world.name()
    await scheduled(ana, name)
    await with_plan(ana, name, across_a_clock_change(), changed=datetime.now(UTC))
    (asked,) = told(ana, name, "not at 9:00 AM as you scheduled it")
    with opened(ana.world) as office:
        nobody = Grants(admins=("U0ELSEWHERE",))
        office.set(nobody, ana.world.services.environments.first.policy)
        await ana.person.click(asked, "Keep 9:00 AM")
        await ana.person.wait_message(DIRECT, containing="You may not schedule campaigns")
        assert ana.person.modal() is None


async def test_the_author_hears_once_of_a_run_that_did_not_happen(ana: Author) -> None:
    name = ana.world.name()
    await scheduled(ana, name)
    await with_plan(ana, name, half_an_hour_ago(), changed=datetime.now(UTC) - timedelta(days=3))
    (missed,) = told(ana, name, "seems not to have run")
    assert missed.says("Look there before you start it by hand")


async def test_a_run_that_kore_shows_to_have_begun_is_not_told(ana: Author) -> None:
    name = ana.world.name()
    await scheduled(ana, name)
    await with_plan(ana, name, half_an_hour_ago(), changed=datetime.now(UTC))
    assert told(ana, name, "seems not to have run") == []


async def test_what_runs_is_read_at_once_after_a_start(ana: Author) -> None:
    name = ana.world.name()
    await scheduled(ana, name)
    (reader,) = ana.world.services.readers.values()
    await ana.world.read_account()
    assert not await reader.read_next()
    await with_plan(ana, name, half_an_hour_ago(), changed=datetime.now(UTC))
    assert not await reader.read_next()
    await with_plan(ana, name, since(timedelta(seconds=30)), changed=datetime.now(UTC))
    assert await reader.read_next()


def half_an_hour_ago() -> Schedule:
    """Return a schedule with a run half an hour ago."""
    return since(timedelta(minutes=30))


def since(ago: timedelta) -> Schedule:
    """Return a schedule whose last run was so long ago."""
    due = datetime.now(UTC).replace(tzinfo=None) - ago
    start, end = due - timedelta(days=2), due + timedelta(days=9)
    return Schedule(recurrence=Recurrence.DAILY, zone="UTC", start=start, end=end)


def told(ana: Author, name: str, words: str) -> list[Message]:
    return [each for each in ana.person.messages(DIRECT) if each.says(name, words)]


def kore_of(ana: Author) -> KoreClient:
    """Return the bot's client of the only environment."""
    return next(iter(ana.world.services.work.kores.values()))
