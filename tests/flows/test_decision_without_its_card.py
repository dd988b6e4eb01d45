"""Decisions are carried out and reported even if a card cannot be changed."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.campaigns.policy import Policy
from bot.campaigns.roles import Grants
from bot.records import tables
from bot.work.run import START_WITHIN
from sandbox.kore import Operation
from sandbox.kore.state import Status
from sandbox.slack import Message
from tests.flows.conftest import SIMPLE, Author, end_all_runs, in_days
from tests.flows.kore_failing import rename_at
from tests.flows.office import APPROVALS, Office, opened
from tests.reviewing import wait_review
from tests.world import World

# A public channel that the bot has not joined: it may post there, but cannot read the channel.
UNJOINED = "marketing"


@pytest.fixture
def office(world: World) -> Iterator[Office]:
    with opened(world) as made:
        yield made


async def asked_from_unjoined(office: Office, name: str) -> Message:
    """Submit a campaign where the bot is not a member, and return the approval card."""
    author = Author(office.world)
    form = await author.form(f"/campaign sms {name}", "New SMS campaign", UNJOINED)
    await (await author.review(form, SIMPLE)).submit()
    return await author.card(name, "needs approval", APPROVALS)


async def test_a_start_is_sent_however_late_it_was_approved(office: Office) -> None:
    office.set(Grants(), Policy())
    author, name = Author(office.world), office.world.name()
    end_all_runs(author)
    await author.sms(name)
    office.put_in_force(approval_for=["start"])
    await office.ana.command(f"/campaign start {name}")
    await (await wait_review(office.ana)).submit()
    card = await author.card(name, "needs approval", APPROVALS)
    long_ago = datetime.now(UTC) - 2 * START_WITHIN
    await office.change(tables.submissions, name, accepted_at=long_ago)
    await office.ravi.click(card, "Approve")
    await author.card(name, "Started by")
    campaign = office.world.kore.state.campaigns[author.campaign_id(name)]
    assert campaign.status == Status.ACTIVE


async def test_a_hold_ends_even_if_its_notice_cannot_be_changed(office: Office) -> None:
    office.put_in_force(hold_minutes=5)
    name = office.world.name()
    await office.ravi.click(await asked_from_unjoined(office, name), "Approve")
    author = Author(office.world)
    await author.card(name, "unless it is canceled", UNJOINED)
    await office.move_to_past(name, "release_at")
    await office.sweep()
    await author.card(name, "Created by", UNJOINED)
    assert office.made(name) == 1


async def test_an_expired_request_is_reported_even_if_its_card_is_gone(office: Office) -> None:
    name = office.world.name()
    card = await office.asked(name)
    await office.ana.wait_message(containing=name, also="needs approval")
    office.channel.posts.remove(card.post)
    await office.move_to_past(name, "expires_at")
    await office.sweep()
    await office.ana.wait_message("@campaign-bot", containing="Nobody answered in time", also=name)
    assert office.made(name) == 0


async def test_an_alarm_is_raised_where_the_bot_cannot_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.set(Grants(), Policy())
    ana = Author(office.world)
    other, name = ana.world.name("Other"), ana.world.name()
    await ana.sms(other)
    await ana.sms(name)
    wrong = ana.campaign_id(other)
    form = await ana.form(f"/campaign schedule {name}", "Schedule a campaign", UNJOINED)
    review = await ana.review(form, {"Start date": in_days(2), "End date": in_days(9)})
    rename_at(ana.world.kore, monkeypatch, Operation.SCHEDULE, wrong, name)
    await review.submit()
    alarm = await ana.card(name, "Alarm", UNJOINED)
    assert "affected another campaign" in alarm.words
    await ana.card(name, "was not scheduled", "@campaign-bot")
