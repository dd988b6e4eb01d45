"""When the database or the bot's code fails, people get a message, and work goes on later."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from bot.catalog import Catalog
from bot.durable import Engine
from bot.kore import KoreClient
from bot.records import DatabaseFault
from bot.records.database import sqlite_file
from sandbox.slack import OutcomeKind
from tests.filling import fill_in
from tests.flows.conftest import SIMPLE, Author
from tests.flows.office import APPROVALS, opened
from tests.reviewing import confirm_review
from tests.world import World

CLOSED = "The bot cannot save anything at the moment"


@pytest.fixture(autouse=True)
async def nothing_under_way(world: World) -> None:
    """Finish the work of other tests, which would also wait for the locked database."""
    await world.idle()


@contextmanager
def held(ana: Author) -> Iterator[None]:
    """Lock the database, as another program could."""
    file = sqlite_file(ana.world.settings.database_url.get_secret_value())
    assert file
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


async def test_a_form_stays_filled_in_and_can_be_submitted_later(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    await fill_in(form, SIMPLE)
    with held(ana):
        outcome = await form.submit()
        assert outcome.kind is OutcomeKind.PUSHED
        notice = await ana.person.wait_modal("Not accepted")
        assert CLOSED in notice.text
        assert "nothing was created or changed in Kore.ai" in notice.text
        await notice.close()
    assert await ana.world.services.records.submission(form.id) is None
    assert (await form.submit()).kind is OutcomeKind.PUSHED
    await confirm_review(ana.person)
    await ana.card(name, "Created by")
    ana.campaign_id(name)


async def test_a_command_gets_a_message(ana: Author) -> None:
    with held(ana):
        await ana.person.command("/campaign status cd-1234")
        notice = await ana.person.wait_message(containing=CLOSED)
    assert notice.is_ephemeral


async def test_a_decision_that_cannot_be_saved_gets_a_message(ana: Author) -> None:
    with opened(ana.world) as office:
        card = await office.asked(ana.world.name())
        with held(ana):
            await office.ravi.click(card, "Approve")
            notice = await office.ravi.wait_message(APPROVALS, containing=CLOSED)
        assert notice.is_ephemeral
        assert "Approve" in card.buttons


async def test_a_button_gets_a_message(ana: Author) -> None:
    card = await ana.sms(ana.world.name())
    with held(ana):
        await ana.person.click(card, "Refresh")
        await ana.person.wait_message(containing=CLOSED)


async def test_accepted_work_goes_on_when_the_database_is_free(ana: Author) -> None:
    name = ana.world.name()
    ana.world.kore.latency_seconds = 0.3
    await ana.send(await ana.form(f"/campaign sms {name}", "New SMS campaign"), SIMPLE)
    with held(ana):
        await asyncio.sleep(3)
    ana.world.kore.latency_seconds = 0
    await ana.card(name, "Created by")
    ana.campaign_id(name)


async def test_work_begins_though_the_database_was_away_when_the_engine_was_told(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, usual = ana.world.name(), Engine.accept
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")

    async def away_once(*_asked: object) -> None:
        monkeypatch.setattr(Engine, "accept", usual)
        raise DatabaseFault("the database does not answer")

    monkeypatch.setattr(Engine, "accept", away_once)
    await ana.send(form, SIMPLE)
    await ana.card(name, "Created by")


async def test_an_internal_error_is_reported(ana: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")

    async def broken(*_asked: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(KoreClient, "create_campaign", broken)
    await ana.send(form, SIMPLE)
    notice = await ana.card(name, "Reference", "@campaign-bot")
    assert "The bot had an internal error" in notice.words
    assert "It is not known whether the campaign exists in Kore.ai" in notice.words


async def test_a_review_that_fails_says_so(ana: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    form = await ana.form(f"/campaign sms {ana.world.name()}", "New SMS campaign")

    async def broken(*_asked: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Catalog, "namesakes", broken)
    review = await ana.review(form, SIMPLE)
    assert "The review failed, and nothing was sent" in review.text
    assert not review.submit_text
    await review.close(all_views=True)


async def test_a_card_that_cannot_be_drawn_is_reported_and_the_campaign_exists(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")

    def broken(*_facts: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("blocks.card.card", broken)
    await ana.send(form, SIMPLE)
    notice = await ana.card(name, "could not show its card", "@campaign-bot")
    assert f"/campaign status {name}" in notice.words
    ana.campaign_id(name)
    monkeypatch.undo()
    await ana.world.services.records.outbox.hasten()
    await ana.card(name, "Created by")
