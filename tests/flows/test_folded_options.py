"""A campaign's form folds its options into one line, and nothing typed is ever lost by that."""

import pytest

from handlers.filled import LastDrawn
from sandbox.kore import FaultKind, Operation, When
from sandbox.slack import DELIVERY, Delivery, Modal, OutcomeKind
from tests.filling import OPTIONS, fill_in, zone_in
from tests.flows.conftest import SIMPLE, Answers, Author, in_days
from tests.flows.forging import press_in
from tests.flows.logged import Log
from tests.reviewing import confirm_review
from tests.world import PATIENCE

TITLE = "New SMS campaign"
UNREADABLE = "whenever it suits"


async def opened(ana: Author) -> Modal:
    return await ana.form(f"/campaign sms {ana.world.name()}", TITLE)


async def fold(ana: Author, form: Modal) -> None:
    await form.click("Fewer options")
    await ana.world.settled(lambda: is_folded(form))


async def unfold(ana: Author, form: Modal) -> None:
    await form.click("More options")
    await ana.world.settled(lambda: not is_folded(form))


def is_folded(form: Modal) -> bool:
    return "More options" in form.buttons and "Priority" not in form.labels


async def choose_undelivered(ana: Author, form: Modal, label: str, choice: str) -> Delivery:
    """Make a choice that does not reach the bot yet, and return its request."""
    field = await form.enter(label, choice)
    ana.world.slack.faults.add(DELIVERY, "dispatch_failed")
    await form.tell(field)
    return ana.world.slack.deliveries[-1]


async def test_a_form_starts_with_what_must_be_decided(author: Author) -> None:
    form = await opened(author)
    assert form.labels == [
        *("Campaign name", "Format", "Message", "Contact lists", "Caller ID", "Post in channel"),
    ]
    assert "Mon-Fri 9:00 AM-6:00 PM (America/New_York) · priority 5 · *no DNC list*" in form.text
    await unfold(author, form)
    assert set(form.labels) >= {"Description", "DNC list", "Priority", "Time zone", "Calling days"}


async def test_a_form_that_slack_does_not_redraw_can_be_unfolded_again(
    ana: Author, log: Log
) -> None:
    form = await opened(ana)
    await form.fill({"Message": "Still here"})
    ana.world.slack.faults.add("views.update", "reset", None)
    await form.click("More options")
    await ana.world.settled(lambda: "form.not_redrawn" in log.text)
    await ana.world.idle()
    ana.world.slack.faults.clear()
    assert is_folded(form)
    await unfold(ana, form)
    assert form.value("Message") == "Still here"
    assert "Traceback" not in log.text


async def test_what_was_typed_stays_through_folds_and_choices(ana: Author) -> None:
    form = await opened(ana)
    typed = {"Description": "Nor me", "Priority": "2", "DNC list": "Do not call"}
    await fill_in(form, {"Message": "Do not lose me"} | typed)
    await form.fill({"Format": "Experience flow"})
    assert not is_folded(form)
    await fold(ana, form)
    assert "· priority 2 · DNC: Do not call · description: Nor me" in form.text
    await form.fill({"Format": "Template"})
    assert is_folded(form)
    assert form.value("Message") == "Do not lose me"
    await unfold(ana, form)
    assert {label: form.value(label) for label in typed} == typed


async def test_folded_values_are_sent(ana: Author) -> None:
    form = await opened(ana)
    name = str(form.value("Campaign name"))
    await fill_in(form, SIMPLE | {"Calling days": ["Saturday"], "Description": "Weekends"})
    await form.fill({"Time zone": "Asia/Kolkata"})
    await fold(ana, form)
    await ana.send(form, {})
    await ana.card(name, "Created by")
    body = ana.world.kore.state.campaigns[ana.campaign_id(name)].body
    assert body["description"] == "Weekends"
    assert body["dncLists"] == {"name": "Do not call"}
    assert "Asia/Kolkata" in str(body)


async def test_a_campaign_without_a_description_is_described_by_its_name(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name, {each: SIMPLE[each] for each in SIMPLE if each != "Description"})
    body = ana.world.kore.state.campaigns[ana.campaign_id(name)].body
    assert body["description"] == name


async def test_an_error_on_a_folded_field_unfolds_the_form(author: Author) -> None:
    form = await opened(author)
    name = str(form.value("Campaign name"))
    await fill_in(form, SIMPLE | {"Different hours by day": UNREADABLE})
    await fold(author, form)
    assert f"{UNREADABLE} (America/New_York) ·" in form.text
    assert (await form.submit()).kind is OutcomeKind.UPDATED
    assert not is_folded(form)
    assert "*Nothing was sent yet.* Please change *Different hours by day*." in form.text
    assert "*Different hours by day*: “whenever it suits”: a day and its hours are" in form.text
    assert form.value("Different hours by day") == UNREADABLE
    assert form.value("Message") == SIMPLE["Message"]
    assert (await form.submit()).kind is OutcomeKind.ERRORS
    assert list(form.errors) == ["Different hours by day"]
    await author.send(form, {"Different hours by day": "Mon-Fri 9 AM-6 PM"})
    await author.card(name, "Created by")


async def test_errors_on_folded_and_on_shown_fields_are_said_together(ana: Author) -> None:
    form = await opened(ana)
    await fill_in(form, SIMPLE | {"Calling hours to": "08:00", "Caller ID": "not a number"})
    await fold(ana, form)
    assert (await form.submit()).kind is OutcomeKind.UPDATED
    assert "Please change *Caller ID*, *Calling hours to*." in form.text


async def test_a_required_field_that_was_emptied_does_not_fold(ana: Author) -> None:
    form = await ana.form("/campaign voice", "New voice campaign")
    await fill_in(form, {"Ring time (seconds)": None, "Maximum attempts": "7"})
    await form.click("Fewer options")
    await ana.world.settled(lambda: is_folded(form))
    assert [label for label in form.labels if label in OPTIONS] == ["Ring time (seconds)"]
    assert form.troubles["Ring time (seconds)"] == "Ring time (seconds) is required."
    assert "attempts: 7 · retry after 60 min" in form.text


async def test_an_edit_begins_folded_with_what_is_there(author: Author) -> None:
    name = author.world.name()
    card = await author.sms(name, SIMPLE | {"Priority": "3"})
    await author.person.click(card, "Edit")
    form = await author.person.wait_modal("Edit SMS campaign")
    assert is_folded(form)
    assert f"· priority 3 · DNC: Do not call · description: {SIMPLE['Description']}" in form.text
    await unfold(author, form)
    await form.fill({"Priority": "2", "Calling hours to": "08:00"})
    await fold(author, form)
    assert (await form.submit()).kind is OutcomeKind.UPDATED
    assert "Please change *Calling hours to*." in form.text
    await form.fill({"Calling hours to": "17:00"})
    await fold(author, form)
    before = dict(author.world.kore.state.campaigns[author.campaign_id(name)].body)
    review = await author.review(form, {})
    assert "*Priority*\n3\n→ 2" in review.text
    await confirm_review(author.person)
    await author.card(name, "Edited by")
    after = author.world.kore.state.campaigns[author.campaign_id(name)].body
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert changed == {"priority", "dialingStrategy"}


async def test_a_clone_remembers_its_original_through_folds(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    dates: Answers = {"Start date": in_days(2), "End date": in_days(9)}
    await ana.send(await ana.form(f"/campaign schedule {name}", "Schedule a campaign"), dates)
    await ana.person.click(await ana.card(name, "Scheduled by"), "Clone")
    form = await ana.person.wait_modal(TITLE)
    assert is_folded(form)
    assert f"· DNC: Do not call · description: {SIMPLE['Description']}" in form.text
    await unfold(ana, form)
    await fold(ana, form)
    await ana.send(form, {})
    copy = f"{name} (copy)"
    offer = await ana.person.wait_message(
        "@campaign-bot", containing=copy, also="Do you want the same one?", within=PATIENCE
    )
    assert offer.buttons == ["Schedule like this"]


async def test_what_was_not_understood_of_a_line_stays_on_top_folded_or_not(ana: Author) -> None:
    line = '"Renewal" to Spring leads queue Sales dnc list Do not call: now'
    form = await ana.form(f"/campaign voice {line}", "New voice campaign")
    assert is_folded(form)
    assert "· DNC: Do not call ·" in form.text
    for change in (unfold, fold, unfold):
        assert form.text.startswith("Not understood: “now”. Fill it in below.")
        await change(ana, form)
    assert form.text.startswith("Not understood: “now”. Fill it in below.")
    assert form.value("DNC list") == "Do not call"


@pytest.mark.parametrize("state", ["folded", "unfolded"])
async def test_a_form_is_reopened_as_it_was_folded(ana: Author, state: str) -> None:
    form = await opened(ana)
    name = str(form.value("Campaign name"))
    await fill_in(form, SIMPLE | {"Priority": "3"})
    if state == "folded":
        await fold(ana, form)
    ana.world.kore.faults.add(Operation.CREATE, FaultKind.FAILURE_200, when=When.BEFORE)
    await ana.send(form, {})
    told = await ana.card(name, "Edit and try again", "@campaign-bot")
    await ana.person.click(told, "Edit and try again")
    again = await ana.person.wait_modal(TITLE)
    assert is_folded(again) is (state == "folded")
    await fill_in(again, {"Message": "Better", "DNC list": "Do not call"})
    assert again.value("Priority") == "3"


async def test_a_closed_form_comes_back_with_its_folded_values(ana: Author) -> None:
    form = await opened(ana)
    await fill_in(form, {"Priority": "2"})
    await fold(ana, form)
    await ana.world.idle()
    await ana.person.click(await ana.offered(form), "Go on with it")
    again = await ana.person.wait_modal(TITLE)
    assert is_folded(again)
    assert "· priority 2 ·" in again.text


async def test_a_closed_form_with_an_error_in_its_options_comes_back_unfolded(ana: Author) -> None:
    form = await opened(ana)
    await fill_in(form, SIMPLE | {"Different hours by day": UNREADABLE})
    await fold(ana, form)
    await ana.world.idle()
    await ana.person.click(await ana.offered(form), "Go on with it")
    again = await ana.person.wait_modal(TITLE)
    assert again.value("Different hours by day") == UNREADABLE


async def test_a_choice_that_arrives_late_does_not_fold_the_form(ana: Author) -> None:
    form = await opened(ana)
    late = await choose_undelivered(ana, form, "Format", "Experience flow")
    await fill_in(form, {"Description": "Typed meanwhile", "Time zone": "Asia/Kolkata"})
    await ana.world.slack.redeliver(late)
    await ana.world.idle()
    assert "Experience flow" in form.labels
    assert form.value("Description") == "Typed meanwhile"
    assert form.value("Time zone") == "Asia/Kolkata"


async def test_a_choice_that_arrives_late_keeps_what_was_folded_meanwhile(ana: Author) -> None:
    form = await opened(ana)
    await unfold(ana, form)
    late = await choose_undelivered(ana, form, "Format", "Experience flow")
    await form.fill({"Description": "Typed meanwhile", "Time zone": "Asia/Kolkata"})
    await fold(ana, form)
    await ana.world.slack.redeliver(late)
    await ana.world.idle()
    assert "Experience flow" in form.labels
    assert is_folded(form)
    assert "description: Typed meanwhile" in form.text
    assert zone_in(form) == "Asia/Kolkata"


async def test_a_choice_that_reaches_another_process_late_loses_nothing(ana: Author) -> None:
    form = await opened(ana)
    late = await choose_undelivered(ana, form, "Format", "Experience flow")
    await fill_in(form, {"Description": "Typed meanwhile"})
    await ana.world.idle()
    object.__setattr__(ana.world.services, "last_drawn", LastDrawn())
    await ana.world.slack.redeliver(late)
    await ana.world.idle()
    assert "Experience flow" in form.labels
    assert form.value("Description") == "Typed meanwhile"


async def test_a_second_press_that_arrives_late_keeps_what_was_folded(ana: Author) -> None:
    form = await opened(ana)
    ana.world.slack.faults.add(DELIVERY, "dispatch_failed")
    await form.click("More options")
    late = ana.world.slack.deliveries[-1]
    await fill_in(form, {"Description": "Typed meanwhile"})
    await fold(ana, form)
    await ana.world.slack.redeliver(late)
    await ana.world.settled(lambda: not is_folded(form))
    assert form.value("Description") == "Typed meanwhile"


async def test_typeaheads_know_the_environment_and_zone_while_folded(ana: Author) -> None:
    await ana.world.read_account()
    form = await opened(ana)
    assert await form.suggestions("Contact lists", "vip") == ["VIP customers", "vip"]
    await unfold(ana, form)
    assert await form.suggestions("DNC list", "Never heard of") == ["Never heard of"]


async def test_a_press_that_no_form_has_is_refused(ana: Author, log: Log) -> None:
    form = await opened(ana)
    await press_in(ana.person, form, "options", "half")
    await press_in(ana.person, form, "options", "more")
    await ana.world.settled(lambda: not is_folded(form))
    assert [place for _, place in log.malformed()] == ["actions.0.value"]
