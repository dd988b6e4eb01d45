"""A form is sent once, even if Slack did not show that it was sent."""

from sandbox.slack import DELIVERY, OutcomeKind
from tests.flows.conftest import SIMPLE, Author
from tests.reviewing import wait_review


async def test_changes_after_the_form_was_sent_are_reported_as_not_sent(ana: Author) -> None:
    name, other = ana.world.name(), ana.world.name("Other")
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    review = await ana.review(form, SIMPLE)
    ana.world.slack.faults.add(DELIVERY, "dispatch_failed", carried_out=True)
    assert (await review.submit()).kind is OutcomeKind.FAILED
    await ana.card(name, "Created by")
    await review.close()
    changed = await ana.review(form, {"Campaign name": other})
    assert (await changed.submit()).kind is OutcomeKind.PUSHED
    told = await ana.person.wait_modal("Already sent")
    assert "Your later changes were not sent" in told.text
    await ana.world.idle()
    assert other not in [each.name for each in ana.world.kore.state.campaigns.values()]


async def test_an_unchanged_form_submitted_again_is_sent_once(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    await ana.review(form, SIMPLE)
    review = await wait_review(ana.person)
    ana.world.slack.faults.add(DELIVERY, "dispatch_failed", carried_out=True)
    assert (await review.submit()).kind is OutcomeKind.FAILED
    assert (await review.submit()).kind is OutcomeKind.CLOSED
    await ana.card(name, "Created by")
    await ana.world.idle()
    assert [each.name for each in ana.world.kore.state.campaigns.values()].count(name) == 1
