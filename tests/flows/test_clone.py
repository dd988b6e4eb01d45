"""A campaign is cloned: the form is filled with its settings, and its schedule is offered."""

from sandbox.slack import Message
from tests.flows.conftest import Author, in_days
from tests.reviewing import confirm_review
from tests.world import PATIENCE


async def offered(ana: Author, name: str) -> Message:
    return await ana.person.wait_message(
        "@campaign-bot", containing=name, also="Do you want the same one?", within=PATIENCE
    )


async def test_a_clone_has_the_settings_and_a_name_of_its_own(author: Author) -> None:
    name = author.world.name()
    await author.person.click(await author.sms(name), "Clone")
    form = await author.person.wait_modal("New SMS campaign")
    assert form.value("Campaign name") == f"{name} (copy)"
    await form.submit()
    await confirm_review(author.person)
    await author.card(f"{name} (copy)", "Created by")
    campaigns = author.world.kore.state.campaigns
    first = dict(campaigns[author.campaign_id(name)].body)
    second = dict(campaigns[author.campaign_id(f"{name} (copy)")].body)
    assert second == first | {"name": f"{name} (copy)"}


async def test_the_second_copy_has_another_name(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    await ana.sms(f"{name} (copy)")
    await ana.person.command(f"/campaign clone {name}")
    form = await ana.person.wait_modal("New SMS campaign")
    assert form.value("Campaign name") == f"{name} (copy 2)"


async def test_the_schedule_is_a_proposal(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    form = await ana.form(f"/campaign schedule {name}", "Schedule a campaign")
    await ana.send(form, {"Start date": in_days(2), "End date": in_days(9)})
    await ana.person.click(await ana.card(name, "Scheduled by"), "Clone")
    form = await ana.person.wait_modal("New SMS campaign")
    await form.submit()
    await confirm_review(ana.person)
    copy = f"{name} (copy)"
    proposal = await offered(ana, copy)
    assert ana.world.kore.state.campaigns[ana.campaign_id(copy)].schedule is None

    await ana.person.click(proposal, "Schedule like this")
    form = await ana.person.wait_modal("Schedule a campaign")
    assert form.value("Start date") == in_days(2)
    await form.submit()
    await confirm_review(ana.person)
    await ana.card(copy, "Scheduled by")
    campaigns = ana.world.kore.state.campaigns
    schedules = [campaigns[ana.campaign_id(each)].schedule for each in (name, copy)]
    assert schedules[0] == schedules[1] is not None


async def test_a_campaign_without_a_schedule_leads_to_no_proposal(ana: Author) -> None:
    name = ana.world.name()
    await ana.person.click(await ana.sms(name), "Clone")
    await (await ana.person.wait_modal("New SMS campaign")).submit()
    await confirm_review(ana.person)
    await ana.card(f"{name} (copy)", "Created by")
    await ana.world.idle()
    told = ana.person.messages("@campaign-bot")
    assert not [each for each in told if each.says(f"{name} (copy)")]
