"""A campaign is edited: the form has what is there, and only what was changed changes."""

from datetime import timedelta
from typing import Literal

import pytest

from sandbox.kore import FaultKind, Kind, Operation, When
from sandbox.kore.seed import add_campaigns
from sandbox.kore.state import Status
from sandbox.slack import Message, Modal
from tests.flows.annex import annex, environment_question
from tests.flows.conftest import Answers, Author, in_days
from tests.reviewing import confirm_review, wait_review

VOICE: Answers = {
    "Description": "Calls for renewals",
    "Dialing mode": "Preview",
    "Queue": "Sales",
    "Maximum skips": "7",
    "Contact lists": ["Spring leads"],
    "DNC list": "Do not call",
    "Caller ID": "+1 202-555-0100",
    "Maximum attempts": "4",
}


async def opened(ana: Author, card: Message, title: str = "Edit SMS campaign") -> Modal:
    await ana.person.click(card, "Edit")
    return await ana.person.wait_modal(title)


def body(ana: Author, name: str) -> dict[str, object]:
    return dict(ana.world.kore.state.campaigns[ana.campaign_id(name)].body)


async def scheduled(ana: Author, name: str) -> Message:
    await ana.sms(name)
    form = await ana.form(f"/campaign schedule {name}", "Schedule a campaign")
    await ana.send(form, {"Start date": in_days(2), "End date": in_days(9)})
    return await ana.card(name, "Scheduled by")


async def test_an_edit_changes_one_setting_and_keeps_the_others(author: Author) -> None:
    name = author.world.name()
    form = await opened(author, await author.sms(name))
    before = body(author, name)
    assert form.value("Campaign name") == name
    assert "DNC: Do not call · description: Everybody on the spring list" in form.text
    assert form.value("Message") == "Hello <First Name> & welcome"

    review = await author.review(form, {"Description": "Everybody in spring"})
    assert "Everybody on the spring list\n→ Everybody in spring" in review.text
    assert "Contact lists" not in review.text
    await confirm_review(author.person)

    await author.card(name, "Edited by")
    after = body(author, name)
    assert after == before | {"description": "Everybody in spring"}
    assert after["dncLists"] == {"name": "Do not call"}


async def test_settings_that_kore_does_not_show_are_kept(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.voice(name, VOICE)
    await ana.world.settled(lambda: "Edit" in card.buttons)
    form = await opened(ana, card, "Edit voice campaign")
    assert (form.value("Queue"), form.value("Maximum skips")) == ("Sales", "7")
    before = body(ana, name)
    await ana.send(form, {"Maximum attempts": "5"})
    await ana.card(name, "Edited by")
    changed = {**before["dialingStrategy"], "maxAttemptsPerRecord": 5}  # type: ignore[dict-item]
    assert body(ana, name) == before | {"dialingStrategy": changed}


async def test_nothing_to_change_is_said(ana: Author) -> None:
    form = await opened(ana, await ana.sms(ana.world.name()))
    review = await ana.review(form, {})
    assert "The campaign has these settings already." in review.text
    assert not review.submit_text


@pytest.mark.parametrize("touched", [False, True])
async def test_a_change_made_elsewhere_is_noticed_at_the_review(
    ana: Author, *, touched: bool
) -> None:
    name = ana.world.name()
    form = await opened(ana, await ana.sms(name))
    campaign = ana.world.kore.state.campaigns[ana.campaign_id(name)]
    campaign.body["description"] = "Changed in the console"
    mine: Answers = {"Description": "Mine"} if touched else {}
    review = await ana.review(form, {"Priority": "2", **mine})
    way = "replaces" if touched else "keeps"
    assert f"Your edit {way} what they changed in: Description." in review.text
    await confirm_review(ana.person)
    await ana.card(name, "Edited by")
    assert body(ana, name)["description"] == ("Mine" if touched else "Changed in the console")
    assert body(ana, name)["priority"] == "2"


async def test_a_change_made_after_the_review_is_not_overwritten(ana: Author) -> None:
    name = ana.world.name()
    form = await opened(ana, await ana.sms(name))
    await ana.review(form, {"Priority": "2"})
    campaign = ana.world.kore.state.campaigns[ana.campaign_id(name)]
    campaign.body["description"] = "Changed in the console"
    await confirm_review(ana.person)
    notice = await ana.card(name, "Somebody changed the campaign in Kore.ai", "@campaign-bot")
    assert notice.says("was not changed", "Open the form again")
    assert (body(ana, name)["priority"], body(ana, name)["description"]) == (
        "5",
        "Changed in the console",
    )


@pytest.mark.parametrize("keeps", ["always", "as_sent", "never"])
async def test_the_schedule_survives_an_edit(
    ana: Author, keeps: Literal["always", "as_sent", "never"]
) -> None:
    name = ana.world.name()
    card = await scheduled(ana, name)
    campaign = ana.world.kore.state.campaigns[ana.campaign_id(name)]
    before = campaign.schedule
    ana.world.kore.keeps_schedule = keeps
    try:
        review = await ana.review(await opened(ana, card), {"Priority": "2"})
        assert "its next runs have the new settings" in review.text
        await confirm_review(ana.person)
        await ana.card(name, "Edited by")
    finally:
        ana.world.kore.keeps_schedule = "always"
    assert (campaign.schedule, campaign.status) == (before, Status.SCHEDULED)
    assert campaign.body["priority"] == "2"


async def test_a_schedule_that_the_bot_does_not_know_is_reported_as_lost(ana: Author) -> None:
    name = ana.world.name()
    card = await scheduled(ana, name)
    await ana.world.services.records.campaigns.remember_schedule(ana.campaign_id(name), None)
    ana.world.kore.keeps_schedule = "never"
    try:
        review = await ana.review(await opened(ana, card), {"Priority": "2"})
        assert "The bot does not know the schedule" in review.text
        await confirm_review(ana.person)
        lost = await ana.card(name, "dropped its schedule")
    finally:
        ana.world.kore.keeps_schedule = "always"
    assert lost.says("was changed as you asked", "until you schedule it again")
    assert lost.buttons == ["Schedule"]


async def test_a_new_name_that_is_in_use_is_refused(ana: Author) -> None:
    name, taken = ana.world.name(), ana.world.name("Taken")
    await ana.sms(taken)
    review = await ana.review(await opened(ana, await ana.sms(name)), {"Campaign name": taken})
    assert f"The name “{taken}” is in use" in review.text


async def test_a_campaign_is_renamed(ana: Author) -> None:
    name, new = ana.world.name(), ana.world.name("Renamed")
    await ana.send(await opened(ana, await ana.sms(name)), {"Campaign name": new})
    card = await ana.card(new, "Edited by")
    assert card.says(ana.campaign_id(new))


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (Status.ACTIVE, "It is running. In Kore.ai it is as it was. Stop it first"),
        (Status.PREPARING, "Kore.ai is still preparing it."),
    ],
)
async def test_a_status_that_does_not_fit_is_refused_before_the_form(
    ana: Author, status: Status, why: str
) -> None:
    name = ana.world.name()
    await ana.sms(name)
    campaign = ana.world.kore.state.campaigns[ana.campaign_id(name)]
    campaign.ready_at += timedelta(hours=1)
    campaign.status = status
    await ana.person.command(f"/campaign edit {name}")
    await ana.person.wait_modal("Edit a campaign", containing=why)


async def test_an_edit_whose_answer_is_lost_is_found_out(ana: Author) -> None:
    name = ana.world.name()
    form = await opened(ana, await ana.sms(name))
    ana.world.kore.faults.add(Operation.UPDATE, FaultKind.RESET, when=When.AFTER)
    await ana.send(form, {"Priority": "2"})
    await ana.card(name, "Edited by")
    assert body(ana, name)["priority"] == "2"


async def test_an_edit_that_kore_refuses_can_be_tried_again(ana: Author) -> None:
    name = ana.world.name()
    form = await opened(ana, await ana.sms(name))
    ana.world.kore.faults.add(Operation.UPDATE, FaultKind.FAILURE_200)
    await ana.send(form, {"Priority": "2"})
    notice = await ana.card(name, "was not changed", "@campaign-bot")
    await ana.person.click(notice, "Edit and try again")
    again = await ana.person.wait_modal("Edit SMS campaign")
    assert again.value("Priority") == "2"
    await again.submit()
    await wait_review(ana.person)
    await confirm_review(ana.person)
    await ana.card(name, "Edited by")
    assert body(ana, name)["priority"] == "2"


@pytest.mark.parametrize(
    ("word", "title"), [("edit", "Edit SMS campaign"), ("clone", "New SMS campaign")]
)
async def test_the_form_is_drawn_once_if_the_environment_is_delivered_twice(
    ana: Author, word: str, title: str
) -> None:
    """A second drawing could come after the person has begun to type."""
    name = ana.world.name("Elsewhere")
    (made,) = add_campaigns(ana.world.kore.state, Kind.SMS, [name])
    made.updated_at = ana.world.kore.state.now
    with annex(ana.world):
        question = await environment_question(ana.person, word, name)
        await question.submit()
        answered = ana.world.slack.deliveries[-1]
        form = await ana.person.wait_modal(title)
        await ana.world.services.tasks.drain()
        drawn = ana.world.slack.count("views.update")
        await ana.world.slack.redeliver(answered, copies=2)
        await ana.world.services.tasks.drain()
        assert ana.world.slack.count("views.update") == drawn
        await form.close(all_views=True)
