"""Before a run its author is warned, once, of what has changed since it was scheduled."""

from datetime import UTC, datetime, timedelta

from bot.campaigns.schedule import Recurrence, Schedule
from sandbox.kore.state import ContactList, Status
from sandbox.slack import Message
from tests.flows.conftest import Author, in_days
from tests.flows.listing import add_list
from tests.reviewing import wait_review

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
