"""While Slack is away nothing is lost, and afterwards every message arrives once."""

import asyncio

import pytest

from bot.slack import outbox as delivery
from sandbox.canned import Canned
from sandbox.kore import FaultKind, Operation, When
from sandbox.slack import Message
from tests.flows.conftest import SIMPLE, Author
from tests.flows.homes import opened_home
from tests.reviewing import confirm_review
from tests.world import World

AWAY = Canned(503, b"upstream connect error", {"Content-Type": "text/plain"})
POST = "chat.postMessage"


@pytest.fixture(autouse=True)
async def nothing_to_tell(world: World) -> None:
    """Tell now of what other tests changed in Kore.ai, so that only this test's news wait."""
    await world.read_account()
    await world.idle()


async def submitted(ana: Author) -> str:
    """Submit a new campaign and return its name."""
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    await ana.review(form, SIMPLE)
    await confirm_review(ana.person)
    return name


async def untold(ana: Author, count: int) -> None:
    """Wait until so many messages are not delivered."""
    while await ana.world.services.records.outbox.pending() != count:  # noqa: ASYNC110 # as `settled`
        await asyncio.sleep(0.01)


def about(ana: Author, name: str, *channels: str) -> list[Message]:
    return [m for each in channels for m in ana.person.messages(each) if name in m.words]


async def test_cards_and_notices_arrive_once_after_an_outage(ana: Author) -> None:
    ana.world.slack.faults.add(POST, AWAY, None)
    made = [await submitted(ana) for _ in range(3)]
    await untold(ana, 3)
    ana.world.kore.faults.add(Operation.CREATE, FaultKind.FAILURE_200, when=When.BEFORE)
    refused = await submitted(ana)
    await untold(ana, 4)
    ana.world.slack.faults.clear()
    await ana.world.idle()
    for name in made:
        (card,) = about(ana, name, "campaigns", "@campaign-bot")
        assert "Created by" in card.words
    (notice,) = about(ana, refused, "@campaign-bot")
    assert "was not created" in notice.words


async def test_a_message_that_slack_took_without_answering_is_not_repeated(ana: Author) -> None:
    ana.world.slack.faults.add(POST, Canned(502, b"", {}), carried_out=True)
    name = await submitted(ana)
    await ana.world.idle()
    assert len(about(ana, name, "campaigns")) == 1
    assert ana.world.slack.count("conversations.history") == 1


async def test_while_slack_is_away_one_message_at_a_time_is_tried(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "FIRST_PAUSE", delivery.LONGEST_PAUSE)
    ana.world.slack.faults.add(POST, AWAY, None)
    for _ in range(4):
        await submitted(ana)
    tried = ana.world.slack.count(POST)
    assert tried <= 4
    ana.world.slack.faults.clear()
    await ana.world.services.records.outbox.hasten()
    await ana.world.idle()


async def test_the_home_tab_shows_what_was_not_delivered(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.records.late.LATE", delivery.FIRST_PAUSE * 0)
    ana.world.slack.faults.add(POST, AWAY, None)
    name = await submitted(ana)
    records = ana.world.services.records
    while not await records.outbox.late(ana.person.user.id, 1):  # noqa: ASYNC110 # as `settled`
        await asyncio.sleep(0.01)
    home = await opened_home(ana.person, "Not delivered")
    assert name in home.text
    ana.world.slack.faults.clear()
    await ana.world.idle()
    assert "Not delivered" not in (await opened_home(ana.person, "Your latest")).text


async def test_an_attempt_that_takes_too_long_counts_as_a_failure(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "ATTEMPT", delivery.FIRST_PAUSE * 0.2)
    monkeypatch.setattr(delivery, "ON_ITS_WAY", delivery.FIRST_PAUSE * 0.2)
    ana.world.slack.faults.add(POST, "hang", seconds=1)
    name = await submitted(ana)
    await ana.world.idle()
    assert len(about(ana, name, "campaigns")) == 1
