"""Where a card goes if the bot cannot post in the channel, or if Slack answers with an error."""

import asyncio

from tests.flows.conftest import SIMPLE, Author
from tests.world import PATIENCE


async def test_the_card_is_posted_in_a_public_channel_without_the_bot(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign", "marketing")
    await ana.send(form, SIMPLE)
    card = await ana.card(name, "Created by", "marketing")
    assert ana.campaign_id(name) in card.words


async def test_private_channel_is_answered_through_the_command(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign", "leads")
    await ana.send(form, SIMPLE)
    card = await ana.card(name, "Created by", "leads")
    assert not card.is_ephemeral
    assert ana.campaign_id(name) in card.words
    assert "/invite" in card.words


async def test_the_card_for_another_private_channel_is_a_direct_message(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    await ana.send(form, SIMPLE | {"Post in channel": "#leads"})
    card = await ana.card(name, "Created by", "@campaign-bot")
    assert ana.campaign_id(name) in card.words
    assert "/invite" in card.words


async def test_the_bot_waits_as_long_as_slack_asks(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    ana.world.slack.faults.add("chat.postMessage", "ratelimited", seconds=1)
    await ana.send(form, SIMPLE)
    card = await ana.card(name, "Created by")
    assert ana.campaign_id(name) in card.words


async def test_a_form_that_slack_does_not_open_is_reported(ana: Author) -> None:
    ana.world.slack.faults.add("views.open", "expired_trigger_id")
    await ana.person.command("/campaign sms Too late")
    notice = await ana.person.wait_message(containing="did not open the form")
    assert notice.is_ephemeral
    assert "Nothing was created" in notice.words


async def test_names_cannot_ping_or_link(ana: Author) -> None:
    name = ana.world.name("<!channel> & <@U1>")
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    assert form.value("Campaign name") == name
    await ana.send(form, SIMPLE)
    card = await ana.card(name, "Created by")
    assert "<!channel>" not in card.text
    assert "&lt;!channel&gt;" in card.text


async def test_a_card_whose_post_was_carried_out_but_answered_as_failed_is_not_posted_twice(
    ana: Author,
) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    ana.world.slack.faults.add("chat.postMessage", "fatal_error", carried_out=True)
    await ana.send(form, SIMPLE)
    card = await ana.card(name, "Created by")
    await ana.person.click(card, "Schedule")
    await (await ana.person.wait_modal("Schedule a campaign")).close()
    campaign_id = ana.campaign_id(name)
    async with asyncio.timeout(PATIENCE):
        while not (posts := await ana.world.services.records.cards.of(campaign_id)):  # noqa: ASYNC110 # as `settled`
            await asyncio.sleep(0.01)
    assert [post.ts for post in posts] == [card.ts]
    assert len([each for each in ana.person.messages() if name in each.words]) == 1


async def test_a_call_is_tried_again_after_a_passing_fault_of_slack(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    ana.world.slack.faults.add("chat.postMessage", "internal_error")
    await ana.send(form, SIMPLE)
    card = await ana.card(name, "Created by")
    assert ana.campaign_id(name) in card.words
