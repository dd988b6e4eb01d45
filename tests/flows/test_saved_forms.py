"""A form is saved under a name, and another campaign starts from it."""

from pathlib import Path

import pytest

from blocks.ids import Button
from bot.campaigns.roles import Grants
from sandbox.slack import Message, Modal, Person
from sandbox.slack.channels import Channel
from tests.filling import fill_in
from tests.flows.conftest import SIMPLE, Answers, Author
from tests.flows.forging import press_forged
from tests.flows.homes import opened_home
from tests.flows.two_environments import SANDBOX, send, two_environments
from tests.reviewing import confirm_review, wait_review

TITLE = "New SMS campaign"
EVERYBODY = "Everybody, in every channel"


@pytest.fixture
def elsewhere(ana: Author) -> Channel:
    """Another channel, with Ana, Ravi and the bot."""
    workspace = ana.world.slack.workspace
    people = (ana.person.user, ana.world.slack.person("Ravi Iyer").user, workspace.bot)
    return workspace.add_channel(ana.world.name("elsewhere").replace(" ", "-").lower(), *people)


async def save(ana: Author, saved: str, more: Answers | None = None) -> str:
    """Create a campaign, save its form, and return the campaign's name."""
    name = ana.world.name()
    await ana.sms(name, SIMPLE | {"Save this form as": saved} | (more or {}))
    return name


async def listed(person: Person, channel: str = "campaigns", text: str = "") -> Message:
    await person.command(f"/campaign saved {text}".strip(), channel)
    return person.messages(channel)[-1]


async def started(person: Person, saved: str) -> Modal:
    await person.command(f"/campaign saved {saved}")
    return await person.wait_modal(TITLE)


async def test_a_campaign_starts_from_a_saved_form(author: Author) -> None:
    """Typed as people type names, opened at once, and its campaign is the same but for the name."""
    name = await save(author, "Monthly “reminder”", {"Priority": "2"})
    form = await started(author.person, 'monthly "REMINDER"')
    assert form.value("Campaign name") == f"{name} (copy)"
    assert f"From the saved form “Monthly “reminder”” of <@{author.person.user.id}>" in form.text
    assert "priority 2 · DNC: Do not call" in form.text
    await form.submit()
    await confirm_review(author.person)
    await author.card(f"{name} (copy)", "Created by")
    campaigns = author.world.kore.state.campaigns
    first = dict(campaigns[author.campaign_id(name)].body)
    second = dict(campaigns[author.campaign_id(f"{name} (copy)")].body)
    assert second == first | {"name": f"{name} (copy)"}


async def test_the_review_says_what_is_saved_and_nothing_is_before_it_is_confirmed(
    ana: Author,
) -> None:
    form = await ana.form(f"/campaign sms {ana.world.name()}", TITLE)
    review = await ana.review(form, SIMPLE | {"Save this form as": "Monthly"})
    assert "This form is saved as “Monthly” for <#" in review.text
    assert "Saved forms: none" in (await listed(ana.person)).post.text
    await confirm_review(ana.person)
    assert "Saved forms: Monthly" in (await listed(ana.person)).post.text


async def test_saving_again_replaces_the_form_after_saying_so(ana: Author) -> None:
    await save(ana, "Monthly")
    form = await ana.form(f"/campaign sms {ana.world.name()}", TITLE)
    again: Answers = {"Save this form as": "MONTHLY", "Message": "Another text"}
    review = await ana.review(form, SIMPLE | again)
    assert "It replaces your saved form “Monthly” of " in review.text
    await confirm_review(ana.person)
    assert "Saved forms: MONTHLY" in (await listed(ana.person)).post.text
    assert (await started(ana.person, "monthly")).value("Message") == "Another text"


async def test_the_name_of_anothers_form_is_refused_on_its_field(ana: Author) -> None:
    await save(ana, "Monthly")
    ravi = ana.world.slack.person("Ravi Iyer")
    await ravi.command(f"/campaign sms {ana.world.name()}")
    form = await ravi.wait_modal(TITLE)
    await fill_in(form, SIMPLE | {"Save this form as": "monthly"})
    await form.submit()
    assert form.errors == {
        "Save this form as": "Somebody else saved the form “Monthly” under this name, and only "
        "they can replace it. Choose another name."
    }


async def test_a_name_that_was_taken_during_the_review_sends_nothing(ana: Author) -> None:
    ravi, name = ana.world.slack.person("Ravi Iyer"), ana.world.name()
    await ravi.command(f"/campaign sms {name}")
    form = await ravi.wait_modal(TITLE)
    await fill_in(form, SIMPLE | {"Save this form as": "Monthly"})
    await form.submit()
    review = await wait_review(ravi)
    await save(ana, "Monthly")
    await review.submit()
    notice = await ravi.wait_modal("Name taken")
    assert "so nothing was sent" in notice.text
    await ana.world.idle()
    assert name not in {each.name for each in ana.world.kore.state.campaigns.values()}
    ravi.state.views.clear(ravi.user.id)


async def test_a_channel_does_not_see_the_forms_of_another(ana: Author, elsewhere: Channel) -> None:
    await save(ana, "Ours")
    await save(ana, "All of us", {"Saved form is for": EVERYBODY})
    assert "Saved forms: All of us, Ours" in (await listed(ana.person)).post.text
    shown = await listed(ana.person, elsewhere.name)
    assert "Saved forms: All of us" in shown.post.text
    assert "Ours" not in shown.post.text
    await ana.person.click(shown, "Use")
    assert (await ana.person.wait_modal(TITLE)).value("Post in channel") == f"#{elsewhere.name}"


async def test_a_button_of_another_channels_form_opens_nothing(
    ana: Author, elsewhere: Channel
) -> None:
    await save(ana, "Ours")
    (ours,) = await ana.world.services.records.saved_forms.search(
        ana.world.slack.workspace.channel_named("campaigns").id
    )
    await save(ana, "All of us", {"Saved form is for": EVERYBODY})
    shown = await listed(ana.person, elsewhere.name)
    for action in (Button.USE_SAVED_FORM, Button.DELETE_SAVED_FORM):
        await press_forged(ana.person, shown, action, ours.id)
    await ana.world.idle()
    assert ana.person.modal() is None
    assert "Ours" in (await listed(ana.person)).post.text


async def test_several_that_fit_are_listed(ana: Author) -> None:
    await save(ana, "Monthly one")
    await save(ana, "Monthly two")
    shown = await listed(ana.person, text="monthly")
    assert "Saved forms for “monthly”: Monthly one, Monthly two" in shown.post.text
    assert ana.person.modal() is None


async def test_the_author_deletes_a_form(ana: Author) -> None:
    await save(ana, "Monthly")
    shown = await listed(ana.person)
    await ana.person.click(shown, "Delete")
    await ana.world.settled(lambda: shown.says("There is no saved form"))
    assert "Saved forms: none" in (await listed(ana.person)).post.text


async def test_only_an_admin_deletes_anothers_form(ana: Author) -> None:
    await save(ana, "Monthly")
    ravi = ana.world.slack.person("Ravi Iyer")
    shown = await listed(ravi)
    assert shown.buttons == ["Use"]
    (saved,) = await ana.world.services.records.saved_forms.search(shown.channel.id)
    await press_forged(ravi, shown, Button.DELETE_SAVED_FORM, saved.id)
    await ana.world.idle()
    assert "You may not delete the forms that others saved" in ravi.messages()[-1].text

    environment = ana.world.services.environments.first
    before = environment.grants
    object.__setattr__(environment, "grants", Grants(admins=(ravi.user.id,)))
    try:
        shown = await listed(ravi)
        await ravi.click(shown, "Delete")
        await ana.world.settled(lambda: shown.says("There is no saved form"))
    finally:
        object.__setattr__(environment, "grants", before)


async def test_a_new_form_begins_with_what_its_channel_last_used(
    ana: Author, elsewhere: Channel
) -> None:
    """With the hours' zone; never with whom the campaign reached or what it said."""
    await ana.sms(ana.world.name(), SIMPLE | {"Priority": "2", "Time zone": "Asia/Kolkata"})
    ravi = ana.world.slack.person("Ravi Iyer")
    name = ana.world.name()
    await ravi.command(f"/campaign sms {name}")
    form = await ravi.wait_modal(TITLE)
    assert (
        "As last used in this channel: Caller ID, DNC list, Priority and calling hours with their "
        "time zone."
    ) in form.text
    assert "(Asia/Kolkata) · priority 2 · DNC: Do not call" in form.text
    assert form.value("Caller ID") == "+1 202-555-0100"
    given = ("Campaign name", "Message", "Contact lists")
    assert [form.value(label) or None for label in given] == [name, None, None]
    await form.close()

    await ravi.command("/campaign sms", elsewhere.name)
    form = await ravi.wait_modal(TITLE)
    assert "As last used" not in form.text
    assert not form.value("Caller ID")
    await form.close()


async def test_a_form_with_a_line_or_of_the_other_kind_is_not_preset(ana: Author) -> None:
    await ana.sms(ana.world.name(), SIMPLE | {"Priority": "2"})
    for line, title in (
        ("sms Spring sale to VIP customers", TITLE),
        ("voice", "New voice campaign"),
    ):
        await ana.person.command(f"/campaign {line}")
        form = await ana.person.wait_modal(title)
        assert "As last used" not in form.text
        assert "priority 5" in form.text
        await form.close()


async def test_on_home_there_are_the_forms_for_everybody(ana: Author) -> None:
    """They are in a modal, in whose place the form opens; its channel is still to be chosen."""
    name = await save(ana, "All of us", {"Saved form is for": EVERYBODY})
    await save(ana, "Ours")
    await (await opened_home(ana.person)).click("Saved forms")
    page = await ana.person.wait_modal("Campaigns", containing="All of us")
    assert "Ours" not in page.text
    await page.click("Use")
    form = await ana.person.wait_modal(TITLE)
    assert form.value("Campaign name") == f"{name} (copy)"
    assert form.value("Post in channel") is None


async def test_an_edit_neither_saves_a_form_nor_counts_as_last_used(ana: Author) -> None:
    name = ana.world.name()
    await ana.person.click(await ana.sms(name, SIMPLE | {"Priority": "2"}), "Edit")
    form = await ana.person.wait_modal("Edit SMS campaign")
    assert "Save this form as" not in form.labels
    await ana.send(form, {"Priority": "3"})
    await ana.card(name, "Edited by")
    await ana.person.command("/campaign sms")
    form = await ana.person.wait_modal(TITLE)
    assert "priority 2" in form.text
    await form.close()


async def test_values_of_another_environment_are_never_preset(tmp_path: Path) -> None:
    """Where the environment is not known yet, nothing is: a sender belongs to one."""
    async with two_environments(tmp_path) as two, two.installed.running():
        form = await two.form("/campaign sms Trial", TITLE, "trials")
        await send(two.ana, form, SIMPLE)
        await two.ana.wait_message("trials", containing="Created by")
        await two.make("Spring sale", SANDBOX)
        form = await two.form("/campaign sms", TITLE, "trials")
        assert form.value("Caller ID") == "+1 202-555-0100"
        await form.close()
        form = await two.form("/campaign sms", TITLE)
        assert form.value("Caller ID") is None
        assert "As last used" not in form.text
