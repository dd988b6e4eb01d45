"""A card in a channel says by itself what became of its campaign in Kore.ai's console."""

from sandbox.kore.state import Status
from sandbox.slack import Message
from sandbox.slack.journal import Call
from tests.flows.conftest import Author


def updates(ana: Author, card: Message) -> list[Call]:
    """Return the bot's attempts to update a card."""
    calls = [each for each in ana.world.slack.calls if each.method == "chat.update"]
    return [each for each in calls if each.arguments["ts"] == card.ts]


async def test_a_card_shows_what_changed_in_the_console(author: Author) -> None:
    name = author.world.name()
    card = await author.sms(name)
    state = author.world.kore.state
    campaign = state.campaigns[author.campaign_id(name)]
    for status in (Status.ACTIVE, Status.COMPLETED):
        state.turn(campaign, status)
        await author.world.read_account()
        await author.world.idle()
        assert status in card.words
    assert "Start" in card.buttons
    await author.world.idle()
    assert [each.words for each in card.replies] == [
        ":white_circle: Ready → :large_green_circle: Active",
        ":large_green_circle: Active → :white_check_mark: Completed",
    ]
    assert card.says(f"Created by <@{author.person.user.id}>")


async def test_the_card_of_a_campaign_that_was_deleted_in_the_console_says_so(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    del ana.world.kore.state.campaigns[ana.campaign_id(name)]
    await ana.world.read_account()
    await ana.world.settled(lambda: "Deleted" in card.words)
    assert card.buttons == []


async def test_a_campaign_that_is_found_again_is_not_shown_as_deleted(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    campaigns, id_ = ana.world.kore.state.campaigns, ana.campaign_id(name)
    campaign = campaigns[id_]
    del campaigns[id_]
    await ana.world.read_account()
    await ana.world.settled(lambda: "Deleted" in card.words)
    campaigns[id_] = campaign
    await ana.world.read_account()
    await ana.world.settled(lambda: "Ready" in card.words)
    assert "Start" in card.buttons


async def test_a_card_is_not_updated_for_what_it_does_not_show(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    await ana.world.idle()
    state = ana.world.kore.state
    campaign = state.campaigns[ana.campaign_id(name)]
    before = updates(ana, card)
    campaign.updated_at = state.now
    await ana.world.read_account()
    await ana.world.idle()
    assert updates(ana, card) == before


async def test_a_card_that_somebody_deleted_is_not_updated_again(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    await ana.world.idle()
    before = len(updates(ana, card))
    card.channel.posts.remove(card.post)
    state = ana.world.kore.state
    campaign = state.campaigns[ana.campaign_id(name)]
    for status in (Status.ACTIVE, Status.COMPLETED):
        state.turn(campaign, status)
        await ana.world.read_account()
        await ana.world.idle()
    assert len(updates(ana, card)) == before + 1
    assert await ana.world.services.records.cards.of(campaign.id) == []
