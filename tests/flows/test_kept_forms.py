"""A form that was closed with something in it can be had back; an empty one is left in peace."""

from tests.flows.conftest import SIMPLE, Author


async def test_a_form_closed_half_way_is_offered_back(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    await form.fill({"Message": "Half a thought"})
    await form.close()
    notice = await ana.person.wait_message(containing="What you filled in is kept")
    assert notice.is_ephemeral
    await ana.person.click(notice, "Go on with it")
    again = await ana.person.wait_modal("New SMS campaign")
    assert again.value("Message") == "Half a thought"
    assert again.value("Campaign name") == name
    await ana.send(again, SIMPLE)
    await ana.card(name, "Created by")


async def test_a_review_closed_with_its_form_is_offered_back(ana: Author) -> None:
    form = await ana.form(f"/campaign sms {ana.world.name()}", "New SMS campaign")
    review = await ana.review(form, SIMPLE)
    before = len(ana.person.messages())
    await review.close(all_views=True)
    await ana.world.settled(lambda: len(ana.person.messages()) > before)
    assert "What you filled in is kept" in ana.person.messages()[-1].words


async def test_an_untouched_form_is_just_closed(ana: Author) -> None:
    before = len(ana.person.messages())
    await (await ana.form("/campaign sms Untouched", "New SMS campaign")).close()
    await ana.world.desk.errands.drain()
    assert len(ana.person.messages()) == before


async def test_somebody_elses_form_is_not_given_out(ana: Author) -> None:
    form = await ana.form("/campaign sms Mine", "New SMS campaign")
    await form.fill({"Message": "Private"})
    await form.close()
    notice = await ana.person.wait_message(containing="What you filled in is kept")
    notice.post.only_for = None
    ravi = ana.world.slack.person("Ravi Iyer")
    await ravi.click(notice, "Go on with it")
    await ravi.wait_message(containing="no longer kept")
    assert ravi.modal() is None
