"""Create campaigns from Slack: each format and mode is confirmed with ID and status."""

import pytest

from sandbox.slack import OutcomeKind
from tests.filling import fill_in
from tests.flows.conftest import AUDIENCE, SIMPLE, Answers, Author

SMS: dict[str, tuple[Answers, dict[str, object]]] = {
    "message": (SIMPLE, {"format": "simple", "dncLists": {"name": "Do not call"}}),
    "template": (
        AUDIENCE | {"Format": "Template", "Template name": "Welcome", "Message": "Hi"},
        {"format": "simple"},
    ),
    "flow": (
        AUDIENCE | {"Format": "Experience flow", "Experience flow": "SMS support"},
        {"format": "advanced", "experienceFlowName": "SMS support"},
    ),
}
VOICE: dict[str, tuple[Answers, dict[str, object]]] = {
    "agentless": (
        AUDIENCE
        | {
            "Experience flow": "Appointment reminder",
            "Answering machine": "Detect and disconnect",
            "DNC list": "Do not call",
        },
        {"dialingMode": "Agentless", "enableMachineDetect": "disconnect"},
    ),
    "progressive": (
        AUDIENCE | {"Dialing mode": "Progressive", "Queue": "Sales"},
        {"dialingMode": "Progressive", "queue_name": "Sales", "enableMachineDetect": False},
    ),
    "preview": (
        AUDIENCE
        | {"Dialing mode": "Preview", "Queue": "Support", "Maximum skips": "2"}
        | {
            "DNC list": "Do not call",
            "Ring time (seconds)": "45",
            "Dialing order": "LIFO (last in, first out)",
        },
        {"dialingMode": "Preview", "queue_name": "Support", "maxSkips": 2},
    ),
}


@pytest.mark.parametrize("format_", SMS)
async def test_sms_campaign_is_made_and_confirmed(author: Author, format_: str) -> None:
    answers, expected = SMS[format_]
    name = author.world.name()
    card = await author.sms(name, answers)
    campaign_id = author.campaign_id(name)
    stored = author.world.kore.state.campaigns[campaign_id].body
    assert {key: stored.get(key) for key in expected} == expected
    assert stored["dialingStrategy"]["callerId"]["phoneNumber"] == "+12025550100"
    assert campaign_id in card.words
    assert "Ready" in card.words
    assert f"Created by <@{author.person.user.id}>" in card.words


@pytest.mark.parametrize("mode", VOICE)
async def test_voice_campaign_is_made_and_followed_until_ready(author: Author, mode: str) -> None:
    answers, expected = VOICE[mode]
    name = author.world.name("Renewal call")
    card = await author.voice(name, answers)
    campaign_id = author.campaign_id(name)
    stored = author.world.kore.state.campaigns[campaign_id].body
    assert {key: stored.get(key) for key in expected} == expected
    assert campaign_id in card.words
    await author.world.settled(lambda: "Ready" in card.words)
    assert len([m for m in author.person.messages() if name in m.words]) == 1


async def test_double_click_makes_one_campaign(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    submission = next(
        d for d in reversed(ana.world.slack.deliveries) if d.name == "view_submission"
    )
    await ana.world.slack.redeliver(submission, copies=3)
    again = await ana.form("/campaign sms", "New SMS campaign")
    await again.close()
    assert ana.campaign_id(name) in card.words
    assert len([m for m in ana.person.messages() if name in m.words]) == 1


async def test_fields_come_and_go_and_what_was_typed_stays(ana: Author) -> None:
    form = await ana.form("/campaign sms Kept", "New SMS campaign")
    await fill_in(form, {"Message": "Do not lose me", "Description": "Nor me"})
    assert "Template name" not in form.labels
    await form.fill({"Format": "Experience flow"})
    assert "Message" not in form.labels
    assert "Experience flow" in form.labels
    await form.fill({"Format": "Template"})
    assert form.value("Message") == "Do not lose me"
    assert form.value("Description") == "Nor me"
    assert form.value("Campaign name") == "Kept"
    assert "Template name" in form.labels
    await form.close()


async def test_bad_input_keeps_the_form_open(ana: Author) -> None:
    form = await ana.form("/campaign sms Bad", "New SMS campaign")
    await fill_in(form, SIMPLE | {"Caller ID": "not a number", "Calling hours to": "08:00"})
    outcome = await form.submit()
    assert outcome.kind is OutcomeKind.ERRORS
    assert form.errors == {
        "Caller ID": "Write a phone number, a short code of 3 to 8 digits, or a sender ID of up to "
        "11 letters and digits.",
        "Calling hours to": "Calling hours must end after they begin, and must not overlap.",
    }
    assert form.value("Description") == SIMPLE["Description"]
    await form.close()


async def test_forged_submission_is_checked_too(ana: Author) -> None:
    form = await ana.form("/campaign voice", "New voice campaign")
    outcome = await form.submit(unchecked=True)
    assert outcome.kind is OutcomeKind.ERRORS
    assert form.errors == dict.fromkeys(
        ["Campaign name", "Experience flow", "Contact lists", "Caller ID"],
        "Fill this in.",
    )
    await form.close()


async def test_typeahead_offers_lists_and_takes_what_is_typed(ana: Author) -> None:
    form = await ana.form("/campaign sms", "New SMS campaign")
    await ana.world.read_account()
    assert await form.suggestions("Contact lists", "vip") == ["VIP customers", "vip"]
    await form.click("More options")
    await ana.world.settled(lambda: "DNC list" in form.labels)
    assert await form.suggestions("DNC list", "Never heard of") == ["Never heard of"]
    assert (await form.suggestions("Time zone", "kolkata"))[0] == "Asia/Kolkata"
    await form.close()


async def test_name_taken_after_the_review_is_refused_and_the_form_can_be_reopened(
    ana: Author,
) -> None:
    name, other = ana.world.name(), ana.world.name("Other")
    await ana.sms(other)
    review = await ana.review(await ana.form(f"/campaign sms {name}", "New SMS campaign"), SIMPLE)
    ana.world.kore.state.campaigns[ana.campaign_id(other)].body["name"] = name.upper()
    await review.submit()
    notice = await ana.person.wait_message("@campaign-bot", containing=name)
    assert "was not created" in notice.words
    assert "Nothing was created in Kore.ai" in notice.words
    pointer = await ana.card(name, "sent you a direct message")
    assert pointer.is_ephemeral
    await ana.person.click(notice, "Edit and try again")
    again = await ana.person.wait_modal("New SMS campaign", containing="Campaign name")
    assert again.value("Message") == SIMPLE["Message"]
    assert again.value("Contact lists") == SIMPLE["Contact lists"]
    other = ana.world.name()
    await ana.send(again, {"Campaign name": other})
    assert (await ana.person.wait_message(containing=other)).text


@pytest.mark.parametrize(
    "typed",
    [
        "Fish & chips for #marketing",
        "For @here and @leads",
        "Ask ana@example.com",
        "As on https://example.com/a?b=1&c=2",
    ],
)
async def test_names_with_slack_markup_are_kept_as_typed(ana: Author, typed: str) -> None:
    form = await ana.form(f"/campaign sms {typed}", "New SMS campaign")
    assert form.value("Campaign name") == typed
    await form.close()
