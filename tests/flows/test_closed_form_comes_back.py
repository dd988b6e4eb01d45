"""A form closed with something in it can be reopened; an untouched one is just closed."""

from sandbox.slack import OutcomeKind
from tests.flows.conftest import SIMPLE, Author

# At such a choice Slack sends the values of the form; it does not when the form is closed.
CHANGES = {"Format": "Experience flow"}
BACK = {"Format": "Simple message"}


async def test_a_form_closed_half_way_is_offered_back(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    await form.fill({"Message": "Half a thought"} | CHANGES)
    notice = await ana.offered(form)
    assert notice.is_ephemeral
    await ana.person.click(notice, "Go on with it")
    again = await ana.person.wait_modal("New SMS campaign")
    await again.fill(BACK)
    assert again.value("Message") == "Half a thought"
    assert again.value("Campaign name") == name
    await ana.send(again, SIMPLE)
    await ana.card(name, "Created by")


async def test_a_review_closed_with_its_form_is_offered_back(ana: Author) -> None:
    form = await ana.form(f"/campaign sms {ana.world.name()}", "New SMS campaign")
    review = await ana.review(form, SIMPLE)
    notice = await ana.offered(review, all_views=True)
    assert notice.buttons == ["Go on with it"]


async def test_a_form_that_was_refused_and_closed_is_offered_back(ana: Author) -> None:
    form = await ana.form(f"/campaign sms {ana.world.name()}", "New SMS campaign")
    await form.fill({"Message": "Not all of it"})
    assert (await form.submit(unchecked=True)).kind is OutcomeKind.ERRORS
    await ana.world.services.tasks.drain()
    await ana.person.click(await ana.offered(form), "Go on with it")
    again = await ana.person.wait_modal("New SMS campaign")
    assert again.value("Message") == "Not all of it"


async def test_a_form_changed_after_its_review_is_offered_with_the_changes(ana: Author) -> None:
    form = await ana.form(f"/campaign sms {ana.world.name()}", "New SMS campaign")
    await (await ana.review(form, SIMPLE)).close()
    await form.fill({"Message": "Better"} | CHANGES)
    await ana.world.services.tasks.drain()
    await ana.person.click(await ana.offered(form), "Go on with it")
    again = await ana.person.wait_modal("New SMS campaign")
    await again.fill(BACK)
    assert again.value("Message") == "Better"


async def test_values_that_slack_never_sent_are_not_offered_back(ana: Author) -> None:
    before = len(ana.person.messages())
    form = await ana.form("/campaign sms Typed", "New SMS campaign")
    await form.fill({"Message": "Gone with the form"})
    await form.close()
    await ana.world.services.tasks.drain()
    assert len(ana.person.messages()) == before


async def test_an_untouched_form_is_just_closed(ana: Author) -> None:
    before = len(ana.person.messages())
    await (await ana.form("/campaign sms Untouched", "New SMS campaign")).close()
    await ana.world.services.tasks.drain()
    assert len(ana.person.messages()) == before


async def test_another_persons_form_is_not_reopened(ana: Author) -> None:
    form = await ana.form("/campaign sms Mine", "New SMS campaign")
    await form.fill({"Message": "Private"} | CHANGES)
    notice = await ana.offered(form)
    notice.post.only_for = None
    ravi = ana.world.slack.person("Ravi Iyer")
    await ravi.click(notice, "Go on with it")
    await ravi.wait_message(containing="no longer has this form")
    assert ravi.modal() is None
