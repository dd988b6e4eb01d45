"""Status, list, menu and help."""

import pytest

from bot.records import Post
from bot.records.cards import LiveCards
from sandbox.kore import Kind
from sandbox.kore.seed import add_campaigns
from sandbox.kore.state import Status
from tests.flows.conftest import Author
from tests.flows.homes import MENU


async def test_status_by_name_and_by_id_posts_the_card(author: Author) -> None:
    name = author.world.name()
    await author.sms(name)
    campaign_id = author.campaign_id(name)
    for asked in (name.lower(), campaign_id):
        before = len(author.person.messages())
        await author.person.command(f"/campaign status {asked}")
        await author.world.settled(lambda: len(author.person.messages()) == before + 1)  # noqa: B023 # awaited in the loop
        card = author.person.messages()[-1]
        assert campaign_id in card.words
        assert "Ready" in card.words
        assert "SMS · to Spring leads (80), VIP customers (12)" in card.words
        assert "*Contact lists*\nSpring leads, VIP customers" in await author.details(card)


async def test_a_command_is_understood_as_phones_write_it(ana: Author) -> None:
    name = ana.world.name("Fish & chips")
    await ana.sms(name)
    before = len(ana.person.messages())
    await ana.person.command(f"/campaign STATUS\u00a0\u201c{name.upper()}\u201d")
    await ana.world.settled(lambda: len(ana.person.messages()) == before + 1)
    assert ana.campaign_id(name) in ana.person.messages()[-1].words
    await ana.person.command(f"/campaign List\tSMS\u00a0Ready \u201c{name.lower()}\u201d")
    assert ana.campaign_id(name) in ana.person.messages()[-1].words
    await ana.person.command("/campaign \u201cHelp\u201d\u202fSchedule")
    assert "/campaign schedule Spring sale" in ana.person.messages()[-1].words
    form = await ana.form("/campaign Sms\t\u201cSpring sale\u201d", "New SMS campaign")
    assert form.value("Campaign name") == "Spring sale"
    await form.close()


async def test_refresh_changes_the_card_in_place(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    count = len(ana.person.messages())
    ana.world.kore.state.campaigns[ana.campaign_id(name)].status = Status.ACTIVE
    await ana.person.click(card, "Refresh")
    await ana.world.settled(lambda: "Active" in card.words)
    assert len(ana.person.messages()) == count


async def test_unknown_campaign_gets_a_private_answer(ana: Author) -> None:
    await ana.person.command("/campaign status No such thing")
    notice = await ana.person.wait_message(containing="No such thing")
    assert notice.is_ephemeral
    assert "Kore.ai has no campaign with this name or ID" in notice.words


async def test_a_list_leads_to_the_cards(ana: Author) -> None:
    name = ana.world.name("Findable")
    await ana.sms(name)
    await ana.person.command(f"/campaign list sms ready {name.lower()}")
    listed = await ana.person.wait_message(containing="Campaigns for")
    assert listed.is_ephemeral
    assert ana.campaign_id(name) in listed.words
    await ana.person.click(listed, "Show")
    card = await ana.person.wait_message(containing="Requested by")
    assert not card.is_ephemeral


async def test_menu_and_help(ana: Author) -> None:
    await ana.person.command("/campaign")
    menu = ana.person.messages()[-1]
    assert menu.buttons == MENU
    await ana.person.click(menu, "New voice campaign")
    form = await ana.person.wait_modal("New voice campaign")
    await form.close()
    await ana.person.command("/campaign help schedule")
    assert "/campaign schedule Spring sale" in ana.person.messages()[-1].words


async def test_wrong_word_gets_the_nearest_command(ana: Author) -> None:
    await ana.person.command("/campaign shedule Spring")
    answer = ana.person.messages()[-1]
    assert answer.is_ephemeral
    assert "“shedule Spring” was not understood" in answer.words
    assert "/campaign schedule" in answer.words
    await ana.person.command("/campaign status")
    assert "Say which campaign" in ana.person.messages()[-1].words


async def test_only_the_newest_card_in_a_channel_has_buttons(ana: Author) -> None:
    name = ana.world.name()
    first = await ana.sms(name)
    await ana.person.command(f"/campaign status {name}")
    await ana.world.settled(lambda: first.buttons == [])
    assert "Created by" in first.words
    second = ana.person.messages()[-1]
    assert second.buttons[:3] == ["Refresh", "Schedule", "Start"]
    ana.world.kore.state.campaigns[ana.campaign_id(name)].status = Status.ACTIVE
    await ana.person.click(second, "Refresh")
    await ana.world.settled(lambda: "Active" in second.words)


async def test_a_card_posted_during_an_update_does_not_get_the_news_of_the_one_before(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, usual = ana.world.name(), LiveCards.of
    first = await ana.sms(name)
    await ana.world.idle()
    campaign = ana.campaign_id(name)

    async def and_then_another_card(records: LiveCards, asked: str) -> list[Post]:
        found = await usual(records, asked)
        monkeypatch.setattr(LiveCards, "of", usual)
        await ana.person.command(f"/campaign status {name}")
        await ana.world.settled(lambda: first.buttons == [])
        return found

    monkeypatch.setattr(LiveCards, "of", and_then_another_card)
    await ana.world.services.records.cards.update(campaign)
    await ana.world.settled(lambda: first.buttons == [])
    await ana.world.idle()
    assert "Created by" in first.words
    assert "Created by" not in ana.person.messages()[-1].words


async def test_a_long_list_is_paged_in_place(ana: Author) -> None:
    base = ana.world.name("Paged")
    names = [f"{base} no {number}" for number in range(9)]
    for each in add_campaigns(ana.world.kore.state, Kind.VOICE, names):
        each.updated_at = ana.world.kore.state.now
    await ana.world.read_account()
    await ana.person.command(f"/campaign list {base}")
    first = ana.person.messages()[-1]
    assert first.buttons.count("Show") == 8
    assert first.buttons[-1] == "Next"
    await ana.person.click(first, "Next")
    await ana.world.settled(lambda: "page 2" in ana.person.messages()[-1].words)
    second = ana.person.messages()[-1]
    assert second.buttons == ["Show", "Previous"]
    assert base in second.words
    assert "All campaigns in Kore.ai, as of" in second.words
