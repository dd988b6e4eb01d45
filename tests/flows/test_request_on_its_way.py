"""A request may still be on its way when its process dies: whoever resumes the work waits."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.campaigns.actions import Action
from bot.records import State
from bot.work import job
from sandbox.kore import Kind, Operation, Status
from sandbox.kore.seed import add_campaigns
from tests.asked import command_for, submission
from tests.flows.conftest import Author, end_all_runs
from tests.world import PATIENCE

CALL_SECONDS = 1.5


@pytest.fixture(autouse=True)
def _short_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "LOOKS", (0.01,))
    monkeypatch.setattr(job, "LATEST_SECONDS", CALL_SECONDS)


async def left_sending(ana: Author, action: Action, campaign: str, before: str = "") -> str:
    """Store a submission as by a process that died right after it sent the request."""
    channel = ana.world.slack.workspace.channel_named("campaigns").id
    asked = submission(
        command_for(action, campaign),
        author=ana.person.user.id,
        channel=channel,
        asked_in=channel,
    )
    records = ana.world.services.records
    await records.accept(asked)
    if before:
        kore = ana.world.services.work.kores["production"]
        await records.keep_before(asked.key, await kore.get_campaign(before))
    await records.mark(asked, State.SENDING)
    return asked.key


async def resumed(ana: Author, look: Operation, looks: int) -> None:
    """Resume the work, and wait until it has looked in Kore.ai as often as without a wait."""
    asked = ana.world.kore.requests
    asked.clear()
    await ana.world.services.work.resume(datetime.now(UTC))
    await ana.world.settled(lambda: sum(each.operation is look for each in asked) == looks)


async def ends(ana: Author, key: str, state: State) -> None:
    records = ana.world.services.records
    async with asyncio.timeout(PATIENCE):
        while (found := await records.submission(key)) and not found.finished_at:  # noqa: ASYNC110 # as `settled`
            await asyncio.sleep(0.01)
    assert found
    assert found.state is state


async def test_a_creation_that_arrives_after_its_process_died_is_found(ana: Author) -> None:
    name = ana.world.name()
    key = await left_sending(ana, Action.CREATE, name)
    await resumed(ana, Operation.SEARCH, 1)
    add_campaigns(ana.world.kore.state, Kind.SMS, [name])
    await ends(ana, key, State.DONE)


async def test_a_start_that_arrives_after_its_process_died_is_not_told_as_failed(
    ana: Author,
) -> None:
    name = ana.world.name()
    await ana.sms(name)
    await ana.world.idle()
    end_all_runs(ana)
    id_ = ana.campaign_id(name)
    campaign = ana.world.kore.state.campaigns[id_]
    campaign.status = Status.READY
    key = await left_sending(ana, Action.START, id_, before=id_)
    await resumed(ana, Operation.GET, 1)
    campaign.status = Status.ACTIVE
    await ends(ana, key, State.DONE)


async def test_nobody_waits_for_a_request_that_was_sent_long_ago(ana: Author) -> None:
    name = ana.world.name()
    key = await left_sending(ana, Action.CREATE, name)
    await asyncio.sleep(CALL_SECONDS)
    await resumed(ana, Operation.SEARCH, 1)
    await ends(ana, key, State.UNKNOWN)
    searches = [each for each in ana.world.kore.requests if each.operation is Operation.SEARCH]
    assert len(searches) == 1
