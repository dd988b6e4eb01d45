"""One card of a campaign in a channel: an action updates it, and is told below it."""

from dataclasses import replace

import pytest

from bot.records import Post
from sandbox.kore.state import Status
from sandbox.slack import Message
from tests.flows.conftest import Author, end_all_runs
from tests.reviewing import confirm_review


async def started(ana: Author, card: Message) -> None:
    """Start a campaign from its card."""
    await ana.person.click(card, "Start")
    await confirm_review(ana.person)


@pytest.fixture(autouse=True)
def free_lists(ana: Author) -> None:
    """Let new campaigns start: Kore.ai runs one campaign at a time on a contact list."""
    end_all_runs(ana)


def cards(ana: Author, name: str) -> list[Message]:
    """Return the messages about a campaign in the channel, without replies."""
    return [each for each in ana.person.messages() if each.says(name) and not each.thread_ts]


async def test_an_action_updates_the_card_and_is_told_below_it(author: Author) -> None:
    ana, name = author, author.world.name()
    card = await ana.sms(name)
    await started(ana, card)
    started_by = f"Started by <@{ana.person.user.id}>"
    reply = await ana.person.wait_reply(card, containing=started_by)
    await ana.world.idle()
    assert card.says(name, started_by, "Active")
    assert "Stop" in card.buttons
    assert reply.says(name, "Active", ana.campaign_id(name))
    assert reply.buttons == []
    assert [each.ts for each in cards(ana, name)] == [card.ts]
    assert [each.ts for each in card.replies] == [reply.ts]
    # The card may be far up: the channel shows the reply too.
    assert reply.ts in {each.ts for each in ana.person.messages()}


async def test_each_action_is_told_once_below_the_one_card(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    await started(ana, card)
    await ana.person.wait_reply(card, containing="Started by")
    await ana.world.settled(lambda: "Stop" in card.buttons)
    await ana.person.command(f"/campaign stop {name}")
    await confirm_review(ana.person)
    await ana.person.wait_reply(card, containing="Stopped by")
    await ana.world.idle()
    assert [each.words.split(": ")[1].split(" <")[0] for each in card.replies] == [
        "Started by",
        "Stopped by",
    ]
    assert card.says("Stopped by")
    assert [each.ts for each in cards(ana, name)] == [card.ts]


async def test_a_reply_whose_answer_is_lost_is_not_repeated(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    await ana.world.idle()
    ana.world.slack.faults.add("chat.postMessage", "reset", carried_out=True)
    await started(ana, card)
    await ana.world.settled(lambda: "Started by" in card.words)
    await ana.world.idle()
    assert len(card.replies) == 1
    assert [each.ts for each in cards(ana, name)] == [card.ts]


async def test_a_reply_is_not_repeated_below_a_card_that_came_later(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    await ana.world.idle()
    # The attempt that posts the reply does not learn of it, and until the next one the card moves.
    ana.world.slack.faults.add("chat.postMessage", "reset", carried_out=True)
    await started(ana, card)
    await ana.world.settled(lambda: len(card.replies) == 1)
    later = Post(campaign_id=ana.campaign_id(name), channel=card.channel.id, ts=moved(card))
    await ana.world.services.records.cards.keep(later)
    await ana.world.idle()
    replies = [each for each in card.channel.posts if each.thread_ts]
    assert [each.thread_ts for each in replies if "Started by" in each.first.text] == [card.ts]


def moved(card: Message) -> str:
    """Post a copy of a card, and return its timestamp."""
    copy = replace(card.post, ts=f"{float(card.ts) + 1:.6f}")
    card.channel.posts.append(copy)
    return copy.ts


async def test_a_card_posted_by_an_attempt_whose_answer_was_lost_is_found_beside_another(
    ana: Author,
) -> None:
    name = ana.world.name()
    ana.world.slack.faults.add("chat.postMessage", "reset", carried_out=True)
    card = await ana.sms(name)
    another = Post(campaign_id=ana.campaign_id(name), channel=card.channel.id, ts="1.000001")
    await ana.world.services.records.cards.keep(another)
    await ana.world.idle()
    live = await ana.world.services.records.cards.of(another.campaign_id)
    assert [each.ts for each in live] == [card.ts]
    assert card.replies == []


async def test_if_somebody_deleted_the_card_another_is_posted(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    await ana.world.idle()
    card.channel.posts.remove(card.post)
    await ana.person.command(f"/campaign start {name}")
    await confirm_review(ana.person)
    again = await ana.card(name, "Started by")
    assert again.ts != card.ts
    assert "Stop" in again.buttons


async def test_the_cards_in_other_channels_show_what_was_done(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    await ana.person.command(f"/campaign status {name}", "marketing")
    other = await ana.person.wait_message("marketing", containing=name)
    await ana.world.idle()
    await started(ana, card)
    await ana.world.settled(lambda: "Active" in other.words)
    await ana.world.idle()
    assert other.replies == []
    assert "Active" in card.words


async def test_an_earlier_card_leads_to_the_one_that_was_asked_for(ana: Author) -> None:
    name = ana.world.name()
    first = await ana.sms(name)
    await ana.person.command(f"/campaign status {name}")
    await ana.world.settled(lambda: first.buttons == [])
    second = cards(ana, name)[-1]
    place = f"archives/{second.channel.id}/p{second.ts.replace('.', '')}"
    assert f"<https://sandbox.slack.com/{place}|Its card>" in first.words
    ana.world.kore.state.campaigns[ana.campaign_id(name)].status = Status.ACTIVE
    await ana.person.click(second, "Refresh")
    await ana.world.settled(lambda: "Active" in second.words)
    assert "Active" not in first.words
