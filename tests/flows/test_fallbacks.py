"""Where a card goes when the bot cannot post in the channel, and what Slack's own faults do."""

from sandbox.slack import OutcomeKind
from tests.flows.conftest import SIMPLE, Author


async def test_public_channel_without_the_bot_is_posted_to(ana: Author) -> None:
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


async def test_another_channel_that_is_closed_becomes_a_direct_message(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    await ana.send(form, SIMPLE | {"Post in channel": "#leads"})
    card = await ana.card(name, "Created by", "@campaign-bot")
    assert ana.campaign_id(name) in card.words
    assert "/invite" in card.words


async def test_slack_asking_to_wait_is_waited_for(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    ana.world.slack.faults.add("chat.postMessage", "ratelimited", seconds=1)
    await ana.send(form, SIMPLE)
    card = await ana.card(name, "Created by")
    assert ana.campaign_id(name) in card.words


async def test_a_form_that_slack_does_not_open_is_told(ana: Author) -> None:
    ana.world.slack.faults.add("views.open", "expired_trigger_id")
    await ana.person.command("/campaign sms Too late")
    notice = await ana.person.wait_message(containing="did not open the form")
    assert notice.is_ephemeral
    assert "Nothing was created" in notice.words


async def test_names_cannot_ping_or_link(ana: Author) -> None:
    name = ana.world.name("<!channel> & <@U1>")
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    assert form.value("Campaign name") == name
    await form.fill(SIMPLE)
    assert (await form.submit()).kind is OutcomeKind.CLOSED
    card = await ana.card(name, "Created by")
    assert "<!channel>" not in card.text
    assert "&lt;!channel&gt;" in card.text
