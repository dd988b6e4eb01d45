"""Slack or the servers in front of it fail: each card appears once, and failures are reported."""

from datetime import timedelta

import pytest

from bot.slack import outbox
from handlers import review
from sandbox.canned import Canned
from sandbox.clock import Clock
from tests.filling import fill_in
from tests.flows.conftest import SIMPLE, Author
from tests.reviewing import wait_review

# Answers of the servers in front of Slack during an outage.
OUTAGES = {
    "text": Canned(503, b"upstream connect error", {"Content-Type": "text/plain"}),
    "HTML": Canned(502, b"<html>Bad gateway</html>", {"Content-Type": "text/html"}),
    "half a JSON": Canned(200, b'{"ok": true, "ts": "1', {"Content-Type": "application/json"}),
}
EDGE = OUTAGES["text"]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look soon for a message whose request may still be on its way."""
    monkeypatch.setattr(outbox, "ON_ITS_WAY", timedelta(seconds=0.1))


@pytest.mark.parametrize("outage", OUTAGES.values(), ids=OUTAGES)
async def test_a_card_is_posted_after_an_outage(ana: Author, outage: Canned) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    ana.world.slack.faults.add("chat.postMessage", outage)
    await ana.send(form, SIMPLE)
    await ana.card(name, "Created by")
    await only_card(ana, name)


@pytest.mark.parametrize("ahead", [timedelta(minutes=-10), timedelta(), timedelta(minutes=10)])
@pytest.mark.parametrize("lost", ["reset", EDGE], ids=["reset", "edge"])
async def test_a_card_whose_answer_is_lost_is_posted_once_whatever_slacks_clock_says(
    ana: Author, lost: str | Canned, ahead: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    clock.ahead = ahead
    monkeypatch.setattr(ana.world.slack.workspace, "clock", clock)
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    ana.world.slack.faults.add("chat.postMessage", lost, carried_out=True)
    await ana.send(form, SIMPLE)
    await ana.card(name, "Created by")
    await only_card(ana, name)


async def test_a_card_is_found_below_hundreds_of_messages(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.client.HISTORY_PAGE", 2)
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    ana.world.slack.faults.add("chat.postMessage", "reset", carried_out=True)
    await ana.send(form, SIMPLE)
    await ana.card(name, "Created by")
    for number in range(5):
        ana.person.say(f"Message {number}", "campaigns")
    await only_card(ana, name)


@pytest.mark.parametrize("outage", OUTAGES.values(), ids=OUTAGES)
async def test_a_form_opens_at_the_second_try(ana: Author, outage: Canned) -> None:
    ana.world.slack.faults.add("views.open", outage)
    form = await ana.form("/campaign sms Spring sale", "New SMS campaign")
    assert form.value("Campaign name") == "Spring sale"


@pytest.mark.parametrize("outage", OUTAGES.values(), ids=OUTAGES)
async def test_a_form_that_does_not_open_is_reported(ana: Author, outage: Canned) -> None:
    ana.world.slack.faults.add("views.open", outage, 2)
    await ana.person.command("/campaign sms Spring sale")
    notice = await ana.person.wait_message(containing="did not open the form")
    assert "Nothing was created" in notice.words


async def test_it_is_reported_by_direct_message_if_the_command_cannot_be_answered(
    ana: Author,
) -> None:
    ana.world.slack.faults.add("views.open", EDGE, 2)
    ana.world.slack.faults.add("response_url", EDGE)
    await ana.person.command("/campaign voice Renewal")
    notice = await ana.person.wait_message("@campaign-bot", containing="did not open the form")
    assert not notice.is_ephemeral


async def test_a_review_is_drawn_after_an_outage(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "UNTIL_SHOWN", (0.0, 0.02))
    monkeypatch.setattr(review, "UNTIL_WELL", (0.02, 0.02, 0.02))
    form = await ana.form(f"/campaign sms {ana.world.name()}", "New SMS campaign")
    await fill_in(form, SIMPLE)
    ana.world.slack.faults.add("views.update", EDGE, 9)
    await form.submit()
    shown = await wait_review(ana.person)
    assert shown.submit_text == "Create"


async def test_help_comes_by_direct_message_if_slack_accepts_no_other_answer(
    ana: Author,
) -> None:
    await ana.person.command("/campaign")
    menu = await ana.person.wait_message(containing="What would you like to do?")
    ana.world.slack.faults.add("response_url", EDGE, 2)
    ana.world.slack.faults.add("views.open", EDGE, 2)
    await ana.person.click(menu, "Help")
    told = await ana.person.wait_message("@campaign-bot", containing="/campaign sms")
    assert not told.is_ephemeral


async def only_card(ana: Author, name: str) -> None:
    """Check that the channel has one card of the campaign: the one the bot recorded."""
    await ana.world.idle()
    posts = await ana.world.services.records.cards.of(ana.campaign_id(name))
    cards = [each for each in ana.person.messages() if name in each.words]
    assert [each.ts for each in cards] == [each.ts for each in posts]
