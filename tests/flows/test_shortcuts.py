"""Shortcuts open the forms from anywhere in Slack, without a channel, or from a message."""

from collections.abc import Iterator

import pytest

from blocks.ids import Button
from blocks.ids import Shortcut as Shortcuts
from bot.campaigns.policy import Policy
from bot.campaigns.roles import Grants
from sandbox.slack import (
    Modal,
    OutcomeKind,
    Person,
    Shortcut,
    ShortcutType,
    project_manifest,
)
from tests.filling import fill_in, zone_in
from tests.flows.conftest import AUDIENCE, SIMPLE, Author
from tests.flows.forging import check_no_effect
from tests.flows.office import Office, opened
from tests.world import World

# The shortcut "New campaign" has no form of its own.
SHORTCUTS = [
    each
    for each in project_manifest().shortcuts_in(ShortcutType.GLOBAL)
    if each.callback_id != Shortcuts.NEW_CAMPAIGN
]
NAMES = [each.name for each in SHORTCUTS]


@pytest.fixture
def office(world: World) -> Iterator[Office]:
    with opened(world) as made:
        made.set(made.grants(), Policy())
        yield made


async def sms_form(author: Author) -> Modal:
    """Open the form by its shortcut, and wait for Ana's own time zone."""
    await author.person.shortcut(Button.OPEN_SMS)
    form = await author.person.wait_modal("New SMS campaign")
    await author.world.settled(lambda: zone_in(form) == "America/New_York")
    return form


@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=NAMES)
async def test_a_shortcut_opens_the_form_of_its_name(ana: Author, shortcut: Shortcut) -> None:
    await ana.person.shortcut(shortcut.callback_id)
    form = await ana.person.wait_modal(shortcut.name)
    assert form.value("Post in channel") is None


@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=NAMES)
async def test_opening_the_form_is_the_first_call_to_slack(ana: Author, shortcut: Shortcut) -> None:
    await ana.world.idle()
    ana.world.slack.calls.clear()
    await ana.person.shortcut(shortcut.callback_id)
    await ana.person.wait_modal(shortcut.name)
    assert ana.world.slack.calls[0].method == "views.open"


async def test_the_card_is_posted_in_the_chosen_channel(author: Author) -> None:
    name = author.world.name()
    form = await sms_form(author)
    await fill_in(form, SIMPLE | {"Campaign name": name})
    assert (await form.submit(unchecked=True)).kind is OutcomeKind.ERRORS
    assert form.errors == {"Post in channel": "Fill this in."}
    await author.send(form, {"Post in channel": "#marketing"})
    card = await author.card(name, "Created by", "marketing")
    assert author.campaign_id(name) in card.words


async def test_a_form_that_is_closed_is_offered_back_in_a_direct_message(ana: Author) -> None:
    name = ana.world.name()
    form = await sms_form(ana)
    # At such a choice Slack sends the values of the form; it does not when the form is closed.
    chosen = {"Format": "Experience flow"}
    await form.fill({"Campaign name": name, "Message": "Hello again"} | chosen)
    await ana.world.services.tasks.drain()
    told = len(ana.person.messages("@campaign-bot"))
    await form.close()
    await ana.world.settled(lambda: len(ana.person.messages("@campaign-bot")) > told)
    kept = await ana.person.wait_message("@campaign-bot", containing="For a day you can go on")
    await ana.person.click(kept, "Go on with it")
    again = await ana.person.wait_modal("New SMS campaign")
    await again.fill({"Format": "Simple message"})
    assert (again.value("Campaign name"), again.value("Message")) == (name, "Hello again")


async def test_a_form_that_slack_does_not_open_is_reported_in_a_direct_message(ana: Author) -> None:
    ana.world.slack.faults.add("views.open", "expired_trigger_id")
    await ana.person.shortcut(Button.OPEN_VOICE)
    await ana.person.wait_message("@campaign-bot", containing="did not open the form")


async def refused(person: Person, callback_id: str) -> None:
    await person.shortcut(callback_id)
    notice = await person.wait_modal("Campaigns")
    assert "You may not" in notice.text
    assert not notice.submit_text
    await notice.close()


@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=NAMES)
async def test_shortcuts_need_the_role(office: Office, shortcut: Shortcut) -> None:
    """Tom may only look; Ana has the role and gets the form."""
    await check_no_effect(office.world, office.tom, refused(office.tom, shortcut.callback_id))
    await office.ana.shortcut(shortcut.callback_id)
    await office.ana.wait_modal(shortcut.name)


async def test_a_role_from_a_channel_does_not_count_without_the_channel(office: Office) -> None:
    channel = office.world.slack.workspace.channel_named("campaigns").id
    office.set(Grants(authors=(channel,)), Policy())
    await check_no_effect(office.world, office.ana, refused(office.ana, Button.OPEN_SMS))
    await office.ana.shortcut(Button.OPEN_SMS)
    notice = await office.ana.wait_modal("Campaigns")
    assert f"Ask in <#{channel}>" in notice.text
    await notice.close()
    await office.ana.command("/campaign sms Here")
    await office.ana.wait_modal("New SMS campaign")


async def test_a_role_lost_before_the_review_is_confirmed_no_longer_counts(
    office: Office,
) -> None:
    name, author = office.world.name(), Author(office.world)
    form = await sms_form(author)
    review = await author.review(
        form, SIMPLE | {"Campaign name": name, "Post in channel": "#campaigns"}
    )
    office.set(Grants(admins=("U0ELSEWHERE",)), Policy())
    await review.submit()
    await office.ana.wait_modal("Not permitted")
    assert office.made(name) == 0


async def test_new_campaign_asks_for_the_kind_and_becomes_its_form(ana: Author) -> None:
    for kind in ("SMS", "voice"):
        await ana.person.shortcut(Shortcuts.NEW_CAMPAIGN)
        question = await ana.person.wait_modal("Campaigns")
        assert "Which kind" in question.text
        await question.click(f"New {kind} campaign")
        form = await ana.person.wait_modal(f"New {kind} campaign")
        assert ana.person.modal() == form
        await form.close()
        assert ana.person.modal() is None


async def test_the_message_of_a_shortcut_is_the_text_of_the_campaign(ana: Author) -> None:
    name = ana.world.name()
    said = ana.person.say("Spring sale! 20% off <today> & tomorrow", "marketing")
    await ana.person.message_shortcut(said, Shortcuts.FROM_MESSAGE)
    form = await ana.person.wait_modal("New SMS campaign")
    assert form.value("Message") == "Spring sale! 20% off <today> & tomorrow"
    assert form.value("Post in channel") == "#marketing"
    await ana.world.settled(lambda: zone_in(form) == "America/New_York")
    await ana.send(form, {"Campaign name": name} | AUDIENCE | {"DNC list": "Do not call"})
    card = await ana.card(name, "Created by", "marketing")
    assert ana.campaign_id(name) in card.words


async def test_a_message_without_text_or_with_too_much_of_it_is_told_on_the_form(
    ana: Author,
) -> None:
    for text, told in (
        ("", "That message has no text"),
        ("x" * 1700, "only the first 1600 characters fit"),
    ):
        await ana.person.message_shortcut(ana.person.say(text), Shortcuts.FROM_MESSAGE)
        form = await ana.person.wait_modal("New SMS campaign")
        assert told in form.text
        assert form.value("Message") == (text[:1600] or None)
        await form.close()


async def test_the_other_shortcuts_need_the_role_too(office: Office) -> None:
    said = office.tom.say("Hello")
    forbidden = refused(office.tom, Shortcuts.NEW_CAMPAIGN)
    await check_no_effect(office.world, office.tom, forbidden)
    await office.tom.message_shortcut(said, Shortcuts.FROM_MESSAGE)
    await office.tom.wait_message(containing="You may not create campaigns")
    assert office.tom.modal() is None
