"""Senders as people write them: understood, shown back, warned of at most, and remembered."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.slack import Modal, OutcomeKind
from tests.filling import fill_in
from tests.flows.conftest import SIMPLE, Answers, Author
from tests.flows.two_environments import PRODUCTION, SANDBOX, Two, two_environments
from tests.process import installation
from tests.reviewing import confirm_review, wait_review

CALLER_ID = "Caller ID"
NO_COUNTRY = "Write the number with its country code, such as +1 202-555-0100."
NOT_SEEN = "No campaign in this environment is known to use the {} “{}”."
OTHERS: Answers = {label: answer for label, answer in SIMPLE.items() if label != CALLER_ID}


async def filled(ana: Author, name: str, typed: str, chosen: str) -> Modal:
    """Fill in the form of an SMS campaign; type a sender and choose the option with this text."""
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    await fill_in(form, OTHERS)
    await form.enter(CALLER_ID, chosen, typed=typed)
    return form


def sent_from(ana: Author, name: str) -> object:
    """Return the sender that Kore.ai got for a campaign."""
    body = ana.world.kore.state.campaigns[ana.campaign_id(name)].body
    return body["dialingStrategy"]["callerId"]["phoneNumber"]


@pytest.mark.parametrize(
    ("typed", "shown", "sender"),
    [
        ("(202) 555-0100", "+1 202-555-0100", "+12025550100"),
        ("0044 20 7946 0000", "+44 20 7946 0000", "+442079460000"),
    ],
)
async def test_a_number_as_people_write_it_is_shown_back_and_sent_in_full(
    ana: Author, typed: str, shown: str, sender: str
) -> None:
    name = ana.world.name()
    form = await filled(ana, name, typed, shown)
    # The zone of the campaign says nothing about where Ana is.
    await form.fill({"Time zone": "Europe/London"})
    assert (await form.submit()).kind is OutcomeKind.PUSHED
    review = await wait_review(ana.person)
    assert shown in review.text
    assert sender not in review.text
    await confirm_review(ana.person)
    card = await ana.card(name, "Created by")
    assert shown in card.words
    assert sent_from(ana, name) == sender
    await ana.person.command(f"/campaign sms {name} again")
    again = await ana.person.wait_modal("New SMS campaign")
    assert (await again.suggestions(CALLER_ID, typed)) == [shown]
    assert shown in await again.suggestions(CALLER_ID, typed[-4:])
    await again.close()


async def test_a_number_of_another_country_than_the_authors_needs_its_code(ana: Author) -> None:
    form = await filled(ana, ana.world.name(), "020 7946 0000", "020 7946 0000")
    assert (await form.submit()).kind is OutcomeKind.ERRORS
    assert form.errors == {CALLER_ID: NO_COUNTRY}
    assert form.value("Message") == SIMPLE["Message"]
    await form.close()


async def test_the_workspaces_region_counts_before_the_authors(tmp_path: Path) -> None:
    async with installation(tmp_path) as installed, installed.running(DEFAULT_REGION="gb"):
        ravi = installed.slack.person("Ravi Iyer")
        await ravi.command("/campaign voice")
        form = await ravi.wait_modal("New voice campaign", containing=CALLER_ID)
        assert await form.suggestions(CALLER_ID, "020 7946 0000") == ["+44 20 7946 0000"]
        assert await form.suggestions(CALLER_ID, "(0) 99") == ["(0) 99"]
        await form.close()
        for command, title in (
            ("/campaign import", "Import campaigns"),
            ("/campaign add-contacts", "Add contacts"),
        ):
            await ravi.command(command)
            form = await ravi.wait_modal(title)
            assert form.value("Country of the numbers") == "GB"
            await form.close()


@pytest.mark.parametrize(("sender", "called"), [("72399", "short code"), ("AUTUMN", "sender ID")])
async def test_what_kore_accepted_is_remembered_and_suggested_to_others(
    ana: Author, sender: str, called: str
) -> None:
    ana.world.kore.state.caller_ids[sender] = "num-more"
    first, second = ana.world.name(), ana.world.name()
    form = await filled(ana, first, sender, sender)
    await form.submit()
    review = await wait_review(ana.person)
    assert NOT_SEEN.format(called, sender) in review.text
    assert review.submit_text == "Create"
    await confirm_review(ana.person)
    assert sender in (await ana.card(first, "Created by")).words
    assert sent_from(ana, first) == sender
    await ana.world.idle()
    again = await filled(ana, second, sender, sender)
    await again.submit()
    review = await wait_review(ana.person)
    assert "is known to use the" not in review.text
    await review.close(all_views=True)


async def test_a_sender_that_only_kore_knows_is_suggested(ana: Author) -> None:
    ana.world.kore.state.caller_ids["WINTER"] = "num-winter"
    name = ana.world.name()
    await ana.sms(name)
    made = ana.world.kore.state.campaigns[ana.campaign_id(name)]
    made.body["dialingStrategy"] |= {"callerId": {"phoneNumber": "WINTER"}}
    made.turn(made.status, ana.world.kore.state.now)
    await ana.world.read_account()
    form = await ana.form("/campaign sms", "New SMS campaign")
    assert await form.suggestions(CALLER_ID, "wint") == ["WINTER", "wint"]
    await form.close()


async def test_a_sender_of_texts_is_not_suggested_for_calls(ana: Author) -> None:
    ana.world.kore.state.caller_ids["81234"] = "num-texts"
    await ana.sms(ana.world.name(), SIMPLE | {CALLER_ID: "81234"})
    await ana.world.idle()
    texts = await ana.form("/campaign sms", "New SMS campaign")
    assert await texts.suggestions(CALLER_ID, "812") == ["81234", "812"]
    await texts.close()
    calls = await ana.form("/campaign voice", "New voice campaign")
    assert await calls.suggestions(CALLER_ID, "812") == ["812"]
    await calls.close()


async def test_a_refusal_of_the_sender_by_kore_is_told(ana: Author) -> None:
    name = ana.world.name()
    form = await filled(ana, name, "NOTOURS", "NOTOURS")
    await form.submit()
    review = await wait_review(ana.person)
    assert NOT_SEEN.format("sender ID", "NOTOURS") in review.text
    await confirm_review(ana.person)
    notice = await ana.person.wait_message("@campaign-bot", containing=name)
    assert "Caller ID does not exist: NOTOURS" in notice.words
    assert "Nothing was created in Kore.ai" in notice.words
    await ana.world.idle()
    await ana.person.click(notice, "Edit and try again")
    again = await ana.person.wait_modal("New SMS campaign", containing="Campaign name")
    assert again.value(CALLER_ID) == "NOTOURS"
    await again.submit()
    review = await wait_review(ana.person)
    assert NOT_SEEN.format("sender ID", "NOTOURS") in review.text
    await review.close(all_views=True)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    async with two_environments(tmp_path) as made, made.installed.running():
        yield made


async def test_a_sender_of_another_environment_does_not_count(two: Two) -> None:
    texts = []
    for environment in (SANDBOX, PRODUCTION):
        form = await two.form("/campaign sms Summer sale", "New SMS campaign")
        await fill_in(form, OTHERS | {"Environment": environment, CALLER_ID: "72345"})
        await form.submit()
        review = await wait_review(two.ana)
        texts.append(review.text)
        if environment == SANDBOX:
            await confirm_review(two.ana)
            await two.ana.wait_message("campaigns", containing="Summer sale", also="Created by")
        else:
            await review.close(all_views=True)
    assert all(NOT_SEEN.format("short code", "72345") in text for text in texts)
