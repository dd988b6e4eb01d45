"""Late work is not sent: the author gets a message and can submit it again."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.campaigns.actions import Action
from bot.campaigns.commands import AnyCommand, ScheduleCampaign
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Recurrence, Schedule
from bot.work.run import START_WITHIN
from sandbox.kore import Operation
from sandbox.kore.state import Campaign, Status
from tests.asked import command_for, submission
from tests.flows.conftest import Author, end_all_runs

PASSED = "Its time passed before the bot could do it."
AGAIN = "If you still want it, submit it again."
MOMENT = timedelta(seconds=30)


@pytest.fixture
async def campaign(ana: Author) -> Campaign:
    """A campaign that is ready to start."""
    end_all_runs(ana)
    name = ana.world.name()
    await ana.sms(name)
    return ana.world.kore.state.campaigns[ana.campaign_id(name)]


async def accepted(ana: Author, command: AnyCommand, at: datetime) -> None:
    """Carry out a command as if it had been accepted at this time."""
    channel = ana.world.slack.workspace.channel_named("campaigns").id
    asked = submission(
        command,
        author=ana.person.user.id,
        channel=channel,
        asked_in=channel,
        accepted_at=at,
    )
    await ana.world.services.work.accept(asked)


def sent(ana: Author, operation: Operation) -> int:
    return sum(each.operation is operation for each in ana.world.kore.requests)


async def test_a_late_start_is_not_sent(ana: Author, campaign: Campaign) -> None:
    before = sent(ana, Operation.START)
    await accepted(ana, command_for(Action.START, campaign.id), datetime.now(UTC) - START_WITHIN)
    notice = await ana.card(campaign.name, PASSED, "@campaign-bot")
    await ana.world.idle()
    assert "Nobody was contacted, and nothing was changed in Kore.ai." in notice.words
    assert AGAIN in notice.words
    assert sent(ana, Operation.START) == before
    assert campaign.status is Status.READY


async def test_a_start_just_in_time_is_sent(ana: Author, campaign: Campaign) -> None:
    at = datetime.now(UTC) - START_WITHIN + MOMENT
    await accepted(ana, command_for(Action.START, campaign.id), at)
    await ana.card(campaign.name, "Started by")
    assert campaign.status is Status.ACTIVE


async def test_a_stop_is_never_too_late(ana: Author, campaign: Campaign) -> None:
    campaign.status = Status.ACTIVE
    at = datetime.now(UTC) - 9 * START_WITHIN
    await accepted(ana, command_for(Action.STOP, campaign.id), at)
    await ana.card(campaign.name, "Stopped by")
    assert campaign.status is Status.STOPPED


@pytest.mark.parametrize("ago", [MOMENT, -9 * MOMENT])
async def test_a_schedule_is_not_sent_once_its_start_has_passed(
    ana: Author, campaign: Campaign, ago: timedelta
) -> None:
    before, now = sent(ana, Operation.SCHEDULE), datetime.now(UTC)
    start = (now - ago).replace(tzinfo=None)
    plan = Schedule(
        recurrence=Recurrence.DAILY, zone="UTC", start=start, end=start + timedelta(days=9)
    )
    command = ScheduleCampaign(campaign=CampaignRef(id=campaign.id), schedule=plan)
    await accepted(ana, command, now - START_WITHIN)
    if ago > timedelta():
        notice = await ana.card(campaign.name, PASSED, "@campaign-bot")
        assert "Nothing was changed in Kore.ai." in notice.words
        assert AGAIN in notice.words
    else:
        await ana.card(campaign.name, "Scheduled by")
    assert (sent(ana, Operation.SCHEDULE) == before) is (ago > timedelta())
    assert (campaign.schedule is None) is (ago > timedelta())
