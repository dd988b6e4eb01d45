"""App Home: the menu without a channel, and the campaigns this person asked for last."""

from dataclasses import replace

import pytest

from blocks.home import ROWS_MAX
from blocks.ids import Button
from bot.records import DatabaseFault
from handlers.lookups import PAGE_ROWS
from sandbox.kore.state import Status
from sandbox.slack import events
from tests.filling import zone_in
from tests.flows.conftest import SIMPLE, Author, end_all_runs, in_days
from tests.flows.forging import press_in
from tests.flows.homes import MENU, asked_for, opened_home, own, redrawn, show
from tests.reviewing import confirm_review


async def test_the_tab_shows_the_menu_and_opens_a_campaign(author: Author) -> None:
    name = author.world.name()
    await author.sms(name)
    home = await opened_home(author.person, name)
    assert home.buttons[: len(MENU)] == MENU
    assert f"*{name}*\nSMS · :white_circle: Ready · `{author.campaign_id(name)}`" in home.text
    await show(home, name)
    facts = await author.person.wait_modal("Campaigns", containing="Spring leads, VIP customers")
    assert author.campaign_id(name) in facts.text
    assert "Requested by" in facts.text
    assert facts.buttons == ["Schedule", "Start", "Edit", "Delete", "Clone"]


async def test_a_campaign_is_edited_from_the_tab_and_its_card_comes_as_a_direct_message(
    ana: Author,
) -> None:
    name = ana.world.name()
    await ana.sms(name)
    await show(await opened_home(ana.person, name), name)
    facts = await ana.person.wait_modal("Campaigns", containing="Spring leads, VIP customers")
    await facts.click("Edit")
    form = await ana.person.wait_modal("Edit SMS campaign")
    await ana.send(form, {"Priority": "2", "Post in channel": "#campaigns"})
    await ana.card(name, "Edited by")


async def test_a_campaign_is_started_from_the_tab_without_a_channel(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    end_all_runs(ana)
    ana.world.kore.state.campaigns[ana.campaign_id(name)].status = Status.READY
    await show(await opened_home(ana.person, name), name)
    facts = await ana.person.wait_modal("Campaigns", containing="Spring leads, VIP customers")
    await facts.click("Start")
    await confirm_review(ana.person)
    card = await ana.card(name, "Started by", "@campaign-bot")
    assert not card.says("could not post")


@pytest.mark.parametrize("name", MENU[:2])
async def test_the_tab_opens_a_form_without_a_channel(ana: Author, name: str) -> None:
    await (await opened_home(ana.person)).click(name)
    form = await ana.person.wait_modal(name)
    assert form.value("Post in channel") is None


async def test_the_tab_opens_the_schedule_form_and_help(ana: Author) -> None:
    home = await opened_home(ana.person)
    await home.click("Schedule")
    await (await ana.person.wait_modal("Schedule a campaign")).close()
    await home.click("Help")
    await ana.person.wait_modal("Campaigns", containing="/campaign unschedule")


async def test_a_campaign_made_from_the_tab_is_shown_when_the_tab_is_opened_again(
    ana: Author,
) -> None:
    name = ana.world.name()
    await (await opened_home(ana.person)).click("New SMS campaign")
    form = await ana.person.wait_modal("New SMS campaign")
    await ana.world.settled(lambda: zone_in(form) == "America/New_York")
    await ana.send(form, SIMPLE | {"Campaign name": name, "Post in channel": "#campaigns"})
    await ana.card(name, "Created by")
    home = await opened_home(ana.person, name)
    assert home.text.index(name) < home.text.index("Requested")


async def test_the_list_is_paged_in_its_modal_and_opens_a_campaign(ana: Author) -> None:
    base = ana.world.name("Paged")
    for number in range(PAGE_ROWS + 1):
        await asked_for(ana.person, ana.world, f"{base} no {number}")
    await (await opened_home(ana.person)).click("List")
    page = await ana.person.wait_modal("Campaigns", containing=f"{base} no {PAGE_ROWS}")
    await page.click("Next")
    await ana.person.wait_modal("Campaigns", containing="page 2")
    assert page.is_open
    await page.click("Previous")
    await ana.person.wait_modal("Campaigns", containing="page 1")
    await show(page, f"{base} no {PAGE_ROWS}")
    facts = await ana.person.wait_modal("Campaigns", containing="Checked in Kore.ai")
    assert facts.id != page.id
    await facts.close()
    assert ana.person.modal() == page


async def test_the_ten_latest_campaigns_are_shown_latest_first(ana: Author) -> None:
    base = ana.world.name("Many")
    for number in range(ROWS_MAX + 1):
        await asked_for(ana.person, ana.world, f"{base} no {number}.")
    end_all_runs(ana)
    await ana.world.read_account()
    home = await opened_home(ana.person, f"{base} no {ROWS_MAX}.")
    mine = own(home)
    order = [number for number in range(ROWS_MAX + 1) if f"{base} no {number}." in mine]
    assert order == list(range(1, ROWS_MAX + 1))
    places = [mine.index(f"{base} no {number}.") for number in order]
    assert places == sorted(places, reverse=True)
    filters = ["SMS", "Voice", "Active", "Scheduled", "Completed"]
    rows = [*["Show"] * ROWS_MAX, *filters, *["Show"] * PAGE_ROWS]
    assert home.buttons == [*MENU, *rows, "Next"]


async def test_what_runs_and_what_runs_next_is_shown(ana: Author) -> None:
    end_all_runs(ana)
    runs, scheduled = ana.world.name("Runs"), ana.world.name("Soon")
    await ana.sms(scheduled)
    form = await ana.form(f"/campaign schedule {scheduled}", "Schedule a campaign")
    await ana.send(form, {"Start date": in_days(2), "End date": in_days(9)})
    await ana.card(scheduled, "Scheduled by")
    await ana.sms(runs)
    campaign = ana.world.kore.state.campaigns[ana.campaign_id(runs)]
    ana.world.kore.state.turn(campaign, Status.ACTIVE)
    await ana.world.read_account()
    home = await opened_home(ana.person, runs)
    running, coming = home.text.index("Running now"), home.text.index("Next runs")
    assert running < home.text.index(runs) < coming < home.text.index(scheduled)
    assert "\nRuns <!date^" in home.text[coming:]


async def test_names_neither_ping_nor_link(ana: Author) -> None:
    name = ana.world.name("<!channel> <https://x|y> *& `co`")
    seen = await asked_for(ana.person, ana.world, name, status="<@U1>")
    home = await opened_home(ana.person, "&lt;!channel&gt;")
    assert "<!channel>" not in home.text
    assert "<https:" not in home.text
    assert ":grey_question: &lt;@U1&gt;" in home.text
    await show(home, "&lt;!channel&gt;")
    facts = await ana.person.wait_modal("Campaigns", containing=seen.id)
    assert "<@U1>" not in facts.text


async def test_a_press_draws_the_tab_again(ana: Author) -> None:
    name = ana.world.name()
    await ana.world.idle()
    home = await opened_home(ana.person)
    await asked_for(ana.person, ana.world, name)
    assert name not in home.text
    await redrawn(ana.person, home.click("Help"))
    assert name in home.text


async def test_the_status_is_the_last_known(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    ana.world.kore.state.campaigns[ana.campaign_id(name)].status = Status.ACTIVE
    home = await opened_home(ana.person, name)
    assert f"Ready · `{ana.campaign_id(name)}`" in home.text
    await ana.person.click(card, "Refresh")
    await ana.world.settled(lambda: "Active" in card.words)
    await opened_home(ana.person, f"Active · `{ana.campaign_id(name)}`")


async def test_opening_the_messages_tab_draws_nothing(ana: Author) -> None:
    packet = events.home_opened(ana.person.state, ana.person.user)
    event = {**packet.payload["event"], "tab": "messages"}
    told = replace(packet, payload={**packet.payload, "event": event})
    delivery = await ana.person.state.courier.deliver(told)
    assert delivery.status == "acknowledged"
    await ana.world.idle()
    assert "views.publish" not in {call.method for call in ana.world.slack.calls}


async def test_campaigns_come_from_a_file_from_the_tab_too(ana: Author) -> None:
    home = await opened_home(ana.person)
    await home.click("Campaigns from a file")
    form = await ana.person.wait_modal("Import campaigns")
    assert "Post in channel" in form.labels
    await form.close()


async def test_a_form_that_slack_does_not_open_is_reported_in_a_direct_message(ana: Author) -> None:
    home = await opened_home(ana.person)
    ana.world.slack.faults.add("views.open", "expired_trigger_id")
    await home.click("New voice campaign")
    await ana.person.wait_message("@campaign-bot", containing="did not open the form")


async def test_an_answer_that_slack_does_not_show_is_a_direct_message(ana: Author) -> None:
    home = await opened_home(ana.person)
    ana.world.slack.faults.add("views.open", "expired_trigger_id")
    await home.click("Help")
    await ana.person.wait_message("@campaign-bot", containing="/campaign unschedule")


async def test_a_database_fault_is_reported(ana: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    async def closed(*_asked: object, **_how: object) -> None:
        raise DatabaseFault("the disk is full")

    home = await opened_home(ana.person)
    campaigns = ana.world.services.records.campaigns
    monkeypatch.setattr(campaigns, "asked_for", closed)
    monkeypatch.setattr(campaigns, "search", closed)
    await home.click("List")
    await ana.person.wait_modal("Campaigns", containing="The bot cannot save anything")
    await ana.person.wait_home(containing="The bot cannot save anything")
    assert home.buttons == []


async def test_a_campaign_the_bot_does_not_know_is_not_shown(ana: Author) -> None:
    home = await opened_home(ana.person)
    await press_in(ana.person, home, Button.SHOW_STATUS, "cd-forged <!here>")
    notice = await ana.person.wait_modal("Campaigns")
    assert "The bot no longer knows “cd-forged &lt;!here&gt;”" in notice.text
