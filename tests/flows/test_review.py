"""The review comes before anything is sent, and exactly what it shows is sent."""

import pytest

from handlers import EARLIER_START
from sandbox.kore import FaultKind, Operation, When
from sandbox.slack import OutcomeKind
from tests.filling import fill_in
from tests.flows.conftest import AUDIENCE, SIMPLE, Answers, Author, end_all_runs, in_days
from tests.flows.forging import press_forged
from tests.reviewing import confirm_review, wait_review

NO_DNC: Answers = AUDIENCE | {"Message": "Hello <First Name> & _welcome_"}


def requests(ana: Author, operation: Operation) -> int:
    return sum(each.operation is operation for each in ana.world.kore.requests)


async def test_nothing_is_sent_before_the_review_is_confirmed(ana: Author) -> None:
    name, before = ana.world.name(), requests(ana, Operation.CREATE)
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    review = await ana.review(form, SIMPLE)
    assert requests(ana, Operation.CREATE) == before
    for shown in (name, "Hello <First Name> & welcome", "Spring leads", "+1 202-555-0100"):
        assert shown in review.text
    assert review.submit_text == "Create"
    assert (await review.submit()).kind is OutcomeKind.CLOSED
    await ana.card(name, "Created by")
    stored = ana.world.kore.state.campaigns[ana.campaign_id(name)]
    assert stored.body["contactLists"] == ["Spring leads", "VIP customers"]


async def test_back_leaves_the_form_as_it_was_and_an_edit_is_reviewed_again(ana: Author) -> None:
    name, other = ana.world.name(), ana.world.name("Other")
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    review = await ana.review(form, SIMPLE)
    await review.close()
    assert form.value("Message") == SIMPLE["Message"]
    again = await ana.review(form, {"Campaign name": other})
    assert other in again.text
    await again.submit()
    await ana.card(other, "Created by")
    assert not [c for c in ana.world.kore.state.campaigns.values() if c.name == name]


async def test_a_review_of_an_earlier_version_sends_nothing(ana: Author) -> None:
    """The second review is confirmed with the digest of the first."""
    name, other = ana.world.name(), ana.world.name("Other")
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    first = await ana.review(form, SIMPLE)
    digest = first.view.content["private_metadata"]
    await first.close()
    second = await ana.review(form, {"Campaign name": other})
    second.view.content["private_metadata"] = digest
    assert (await second.submit()).kind is OutcomeKind.PUSHED
    notice = await ana.person.wait_modal("Review again")
    assert "nothing was sent" in notice.text
    await notice.close(all_views=True)
    names = {c.name for c in ana.world.kore.state.campaigns.values()}
    assert not names & {name, other}


async def test_a_blocked_review_cannot_be_confirmed_by_a_forged_request(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    form = await ana.form(f"/campaign sms {name.upper()}", "New SMS campaign")
    review = await ana.review(form, SIMPLE)
    assert "Not possible" in review.text
    assert not review.submit_text
    outcome = await review.submit(unchecked=True)
    assert outcome.kind is OutcomeKind.PUSHED
    await (await ana.person.wait_modal("Review again")).close(all_views=True)
    assert not [c for c in ana.world.kore.state.campaigns.values() if c.name == name.upper()]


async def test_sms_without_a_dnc_list_needs_a_reason_that_the_audit_keeps(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    review = await ana.review(form, NO_DNC)
    outcome = await review.submit(unchecked=True)
    assert outcome.kind is OutcomeKind.ERRORS
    assert list(outcome.errors) == ["Why without a DNC list?"]
    await confirm_review(ana.person, reason="Only staff are on it")
    await ana.card(name, "Created by")
    entries = [e async for e in ana.world.services.records.audit.entries(campaign=name)]
    (accepted,) = [e for e in entries if e.event == "accepted"]
    assert isinstance(accepted.after, dict)
    assert accepted.after["reason"] == "Only staff are on it"


@pytest.mark.parametrize("operation", [Operation.SEARCH, Operation.ALL_LISTS])
async def test_a_review_shows_what_kore_did_not_answer_as_not_checked(
    ana: Author, operation: Operation
) -> None:
    form = await ana.form(f"/campaign sms {ana.world.name()}", "New SMS campaign")
    fault = FaultKind.SERVER_ERROR_500
    ana.world.kore.faults.add(operation, fault, when=When.BEFORE, times=9)
    review = await ana.review(form, SIMPLE)
    assert "Not checked" in review.text
    assert review.submit_text == "Create"
    await review.close(all_views=True)


async def test_the_text_of_a_campaign_is_reviewed(ana: Author) -> None:
    text = "Ann\u2019s sale <Frist Name>, by <Renewal Date>: http://example.com/sale"
    form = await ana.form(f"/campaign sms {ana.world.name()}", "New SMS campaign")
    answers = SIMPLE | {"Message": text, "Contact lists": ["Renewals June"]}
    review = await ana.review(form, answers)
    assert "67 of 70 characters, 1 segment (Unicode, because of \u2019)" in review.text
    assert "write ' for \u2019: 67 of 160 characters" in review.text
    assert "About 45 messages of 1 segment" in review.text
    assert "“Renewals June” has no column for `&lt;Frist Name&gt;`. Did you mean" in review.text
    assert "not open them: `http://example.com/sale`" in review.text
    assert "`&lt;Renewal Date&gt;`" not in review.text
    assert review.submit_text == "Create"
    await review.close(all_views=True)


async def test_columns_that_kore_does_not_tell_are_not_checked(ana: Author) -> None:
    form = await ana.form(f"/campaign sms {ana.world.name()}", "New SMS campaign")
    review = await ana.review(form, SIMPLE | {"Message": "Dear <Nickname>, <First Name>"})
    _, unchecked = review.text.split("Not checked")
    assert "column for `&lt;Nickname&gt;`, because" in unchecked
    await review.close(all_views=True)


async def test_a_review_that_slack_does_not_show_at_first_is_drawn_later(ana: Author) -> None:
    form = await ana.form(f"/campaign sms {ana.world.name()}", "New SMS campaign")
    await fill_in(form, SIMPLE)
    ana.world.slack.faults.add("views.update", "fatal_error", 2)
    await form.submit()
    review = await wait_review(ana.person)
    assert review.submit_text == "Create"
    await review.close(all_views=True)


async def test_a_campaign_that_cannot_be_looked_up_is_shown_as_it_was_typed(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    fault = FaultKind.SERVER_ERROR_500
    for operation in (Operation.SEARCH, Operation.GET):
        ana.world.kore.faults.add(operation, fault, when=When.BEFORE, times=9)
    await ana.person.command(f"/campaign start {name}")
    review = await wait_review(ana.person)
    assert f"Campaign\n{name}" in review.text.replace("*", "")
    assert "Not checked" in review.text
    await review.close(all_views=True)


async def test_a_schedule_shows_its_next_runs_and_whom_they_reach(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    form = await ana.form(f"/campaign schedule {name}", "Schedule a campaign")
    review = await ana.review(
        form,
        {
            "Recurrence": "Weekly",
            "On these days": ["Saturday", "Monday"],
            "Start date": in_days(3),
            "End date": in_days(40),
        },
    )
    assert review.submit_text == "Schedule"
    assert review.text.count("9:00 AM") >= 5
    assert "contacts nobody that day" in review.text
    assert "UTC" in review.text
    await review.close(all_views=True)


async def test_a_schedule_that_reaches_nobody_is_refused(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    form = await ana.form(f"/campaign schedule {name}", "Schedule a campaign")
    weekend: Answers = {
        "Recurrence": "Weekly",
        "On these days": ["Saturday"],
        "Start date": in_days(3),
        "End date": in_days(40),
    }
    review = await ana.review(form, weekend)
    assert "Not possible" in review.text
    assert not review.submit_text
    await review.close(all_views=True)


async def test_a_schedule_in_place_of_another_shows_both(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    await ana.person.click(card, "Schedule")
    form = await ana.person.wait_modal("Schedule a campaign")
    await ana.send(form, {"Start date": in_days(2), "End date": in_days(9)})
    await ana.card(name, "Scheduled by")
    again = await ana.form(f"/campaign schedule {name}", "Schedule a campaign")
    review = await ana.review(again, {"Repeat every": "2"})
    assert "In place of" in review.text
    assert "Every 2 days" in review.text
    assert "Every day" in review.text
    await review.close(all_views=True)


async def test_a_start_is_reviewed_and_done_once(ana: Author) -> None:
    name = ana.world.name()
    end_all_runs(ana)
    card = await ana.sms(name)
    before = requests(ana, Operation.START)
    await ana.person.click(card, "Start")
    review = await wait_review(ana.person)
    assert review.submit_text == "Start now"
    assert name in review.text
    assert requests(ana, Operation.START) == before
    await confirm_review(ana.person)
    started = await ana.card(name, "Started by")
    assert "Active" in started.words
    assert requests(ana, Operation.START) == before + 1


async def test_start_on_a_card_of_an_earlier_version_opens_its_review(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    await press_forged(ana.person, card, EARLIER_START, ana.campaign_id(name))
    review = await wait_review(ana.person)
    assert review.submit_text == "Start now"
    assert name in review.text
    await review.close(all_views=True)


async def test_a_running_campaign_is_stopped_after_a_review(ana: Author) -> None:
    name = ana.world.name()
    end_all_runs(ana)
    await ana.person.click(await ana.sms(name), "Start")
    await confirm_review(ana.person)
    card = await ana.card(name, "Started by")
    await ana.person.click(card, "Stop")
    review = await wait_review(ana.person)
    assert "everybody on its contact list is contacted again" in review.text
    await confirm_review(ana.person)
    assert "Stopped" in (await ana.card(name, "Stopped by")).words
