"""Before a campaign is stopped or its schedule removed, the bot asks Kore.ai what is true."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.kore import retries
from bot.work import questions
from sandbox.kore import Campaign, FaultKind, Kind, Operation, Schedule, Status
from sandbox.kore.seed import add_campaigns
from sandbox.slack import Modal
from tests.flows.conftest import Author
from tests.reviewing import confirm_review, wait_review

HEADINGS = {"stop": "Stop this campaign?", "unschedule": "Remove this schedule?"}
UNCHECKED = {
    "stop": "could not check whether the campaign is running",
    "unschedule": "could not check whether the campaign has a schedule",
}
GO_ON = "You can go on: the bot looks again before it sends anything."
both = pytest.mark.parametrize("action", HEADINGS)


@pytest.fixture(autouse=True)
def _short_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "DELAY_SECONDS", 0.001)


@pytest.fixture
def campaign(ana: Author) -> Iterator[Campaign]:
    """A campaign that was made in Kore.ai's console, is scheduled, and runs."""
    state = ana.world.kore.state
    (made,) = add_campaigns(state, Kind.SMS, [ana.world.name()])
    start = datetime.now(UTC) + timedelta(days=1)
    made.schedule = Schedule(start, start + timedelta(days=9), "Daily", 1)
    made.status = Status.ACTIVE
    yield made
    del state.campaigns[made.id]


async def review(ana: Author, action: str, named: str) -> Modal:
    await ana.person.command(f"/campaign {action} {named}")
    return await wait_review(ana.person)


def sent(ana: Author) -> list[Operation | None]:
    writes = {Operation.STOP, Operation.UNSCHEDULE}
    return [each.operation for each in ana.world.kore.requests if each.operation in writes]


@both
async def test_the_review_shows_the_campaign_as_it_is_now(
    ana: Author, campaign: Campaign, action: str
) -> None:
    shown = await review(ana, action, campaign.name)
    for said in (HEADINGS[action], campaign.name, campaign.id, "Active"):
        assert said in shown.text
    assert sent(ana) == []
    await confirm_review(ana.person)
    await ana.card(campaign.name, {"stop": "Stopped by"}.get(action, "Schedule removed by"))
    assert len(sent(ana)) == 1


@both
async def test_the_review_says_that_it_checks_until_kore_answers(
    ana: Author, campaign: Campaign, action: str
) -> None:
    ana.world.kore.latency_seconds = 0.3
    await ana.person.command(f"/campaign {action} {campaign.name}")
    shown = await ana.person.wait_modal("Review")
    assert "Checking with Kore.ai. Nothing has been sent yet." in shown.text
    assert not shown.submit_text
    ana.world.kore.latency_seconds = 0.0
    assert HEADINGS[action] in (await wait_review(ana.person)).text
    await shown.close()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.READY, "It is not running: Kore.ai shows the campaign as Ready."),
        (Status.COMPLETED, "Its last run is over: Kore.ai shows the campaign as Completed."),
    ],
)
async def test_a_campaign_that_does_not_run_needs_no_stop(
    ana: Author, campaign: Campaign, status: Status, words: str
) -> None:
    campaign.status, campaign.schedule = status, None
    shown = await review(ana, "stop", campaign.id)
    assert "Nothing to do" in shown.text
    assert words in shown.text
    assert "Stop this campaign?" not in shown.text
    assert not shown.submit_text
    await shown.close()
    assert sent(ana) == []


async def test_a_forged_confirmation_of_a_needless_stop_changes_nothing(
    ana: Author, campaign: Campaign
) -> None:
    campaign.status = Status.STOPPED
    shown = await review(ana, "stop", campaign.id)
    await shown.submit(unchecked=True)
    await (await ana.person.wait_modal("Review again")).close(all_views=True)
    await ana.world.idle()
    assert sent(ana) == []


@both
async def test_a_campaign_that_does_not_exist_is_not_found(ana: Author, action: str) -> None:
    shown = await review(ana, action, "cd-12345 Nobody")
    assert "Kore.ai has no campaign named “Nobody”" in shown.text
    assert not shown.submit_text
    await shown.close()


async def test_a_stop_by_a_shared_name_asks_for_the_id(ana: Author, campaign: Campaign) -> None:
    (other,) = add_campaigns(ana.world.kore.state, Kind.VOICE, [campaign.name])
    shown = await review(ana, "stop", campaign.name)
    assert "Use the ID of the one you mean." in shown.text
    assert campaign.id in shown.text
    assert other.id in shown.text
    assert not shown.submit_text
    await shown.close()
    shown = await review(ana, "stop", campaign.id)
    assert shown.submit_text == "Stop"
    await shown.close()
    del ana.world.kore.state.campaigns[other.id]


@both
@pytest.mark.parametrize("fault", [FaultKind.SERVER_ERROR_500, FaultKind.HANG])
async def test_a_person_can_go_on_if_kore_cannot_be_asked(
    ana: Author,
    campaign: Campaign,
    monkeypatch: pytest.MonkeyPatch,
    action: str,
    fault: FaultKind,
) -> None:
    monkeypatch.setattr(questions, "SECONDS", 0.5)
    for operation in (Operation.GET, Operation.SEARCH):
        ana.world.kore.faults.add(operation, fault, times=3, seconds=5)
    shown = await review(ana, action, campaign.id)
    assert UNCHECKED[action] in shown.text
    assert GO_ON in shown.text
    assert campaign.id in shown.text
    ana.world.kore.faults.clear()
    await confirm_review(ana.person)
    await ana.card(campaign.name, {"stop": "Stopped by"}.get(action, "Schedule removed by"))
    assert len(sent(ana)) == 1


async def test_a_run_that_ends_after_the_review_is_not_stopped(
    ana: Author, campaign: Campaign
) -> None:
    await review(ana, "stop", campaign.name)
    campaign.status = Status.COMPLETED
    await confirm_review(ana.person)
    told = await ana.card(campaign.name, "It is not running", "@campaign-bot")
    assert "Nothing was changed in Kore.ai" in told.words
    assert sent(ana) == []


async def test_a_modal_that_is_closed_while_the_bot_looks_stays_closed(
    ana: Author, campaign: Campaign
) -> None:
    ana.world.kore.latency_seconds = 0.2
    await ana.person.command(f"/campaign stop {campaign.name}")
    await (await ana.person.wait_modal("Review")).close()
    ana.world.kore.latency_seconds = 0.0
    await ana.world.services.tasks.drain()
    assert ana.person.modal() is None
    assert sent(ana) == []


async def test_a_confirmation_delivered_twice_stops_once(ana: Author, campaign: Campaign) -> None:
    await review(ana, "stop", campaign.name)
    await confirm_review(ana.person)
    answers = await ana.world.slack.redeliver(copies=2)
    assert [each.answer for each in answers] == [{"response_action": "clear"}] * 2
    await ana.card(campaign.name, "Stopped by")
    await ana.world.idle()
    assert sent(ana) == [Operation.STOP]


async def test_of_a_deleted_campaign_it_is_not_said_that_no_other_has_its_name(
    ana: Author, campaign: Campaign
) -> None:
    """It was looked up by its ID alone; asked again, the bot finds the one made since."""
    await ana.world.read_account()
    campaigns = ana.world.kore.state.campaigns
    del campaigns[campaign.id]
    (other,) = add_campaigns(ana.world.kore.state, Kind.SMS, [campaign.name])
    shown = await review(ana, "start", campaign.name)
    assert f"Kore.ai no longer has the campaign “{campaign.name}”" in shown.text
    await shown.close()
    shown = await review(ana, "start", campaign.name)
    assert other.id in shown.text
    await shown.close()
    campaigns[campaign.id] = campaign
