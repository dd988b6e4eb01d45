"""Submitted forms, and how the bot's answer changes them."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.slack import FormError, Modal, OutcomeKind, Person, PretendSlack

Body = dict[str, Any]
Form = Callable[..., Body]


def plain(text: str) -> Body:
    return {"type": "plain_text", "text": text}


async def test_a_command_opens_a_form_whose_submission_posts_a_message(
    ana: Person, completed: Modal
) -> None:
    assert (completed.submit_text, completed.close_text) == ("Create", "Cancel")
    assert completed.labels[:2] == ["Campaign name", "Format"]
    assert completed.labels[-1] == "Template"
    outcome = await completed.submit()
    assert outcome.kind is OutcomeKind.CLOSED
    assert not completed.is_open
    assert ana.modal() is None
    with pytest.raises(FormError, match="'Campaign' is closed"):
        await completed.submit()
    assert (await ana.wait_message(containing="Created")).text == "Created Spring sale"


async def test_errors_are_shown_at_their_fields_until_the_next_submission(
    completed: Modal, acks: list[Body]
) -> None:
    acks.append({"response_action": "errors", "errors": {"name": "This name is taken."}})
    outcome = await completed.submit()
    assert outcome.kind is OutcomeKind.ERRORS
    assert outcome.errors == completed.errors == {"Campaign name": "This name is taken."}
    assert completed.is_open
    assert (await completed.submit()).kind is OutcomeKind.CLOSED


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "No such input."}},
        {"response_action": "update", "view": {"type": "modal", "private_metadata": "x" * 250_001}},
        {"response_action": "dance"},
        {"text": "Thank you"},
        "Thank you",
        {"response_action": "update", "view": {"type": "modal"}},
    ],
)
async def test_an_invalid_ack_is_a_failure(
    slack: PretendSlack, ana: Person, completed: Modal, acks: list[Any], answer: object
) -> None:
    acks.append(answer)
    assert (await completed.submit()).kind is OutcomeKind.FAILED
    assert completed.is_open
    assert ana.notices == ["We had some trouble connecting. Try again?"]
    assert slack.complaints[0].startswith("the ack of view_submission: ")
    slack.complaints.clear()


async def test_an_ack_can_update_the_view(completed: Modal, acks: list[Body]) -> None:
    working = {"type": "section", "text": plain("Creating…")}
    view = {"type": "modal", "title": plain("Working"), "blocks": [working]}
    acks.append({"response_action": "update", "view": view})
    assert (await completed.submit()).kind is OutcomeKind.UPDATED
    assert (completed.title, completed.text, completed.labels) == ("Working", "Creating…", [])
    with pytest.raises(FormError, match="no submit button"):
        await completed.submit()


async def test_an_ack_can_push_a_view_or_close_all(
    ana: Person, completed: Modal, acks: list[Body], form: Form
) -> None:
    review = form(
        title=plain("Review"), private_metadata=completed.view.content["private_metadata"]
    )
    acks.extend([{"response_action": "push", "view": review}, {"response_action": "clear"}])
    assert (await completed.submit()).kind is OutcomeKind.PUSHED
    pushed = await ana.wait_modal("Review")
    assert pushed.view.previous_id == completed.view.id
    await pushed.fill({"Campaign name": "Yes"})
    assert (await pushed.submit()).kind is OutcomeKind.CLOSED
    assert ana.modal() is None


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"Campaign name": ""}, "Campaign name is required"),
        ({"Campaign name": "x" * 21}, "Campaign name takes 0 to 20 characters, not 21"),
        ({"Contact lists": []}, "Contact lists is required"),
        ({"Priority": "10"}, "Priority takes a number from 1 to 9"),
        ({"Priority": "1.5"}, "Priority takes a whole number"),
        ({"Priority": "high"}, "Priority takes a number, not 'high'"),
    ],
)
async def test_the_form_refuses_what_slack_would_refuse(
    slack: PretendSlack, completed: Modal, answers: dict[str, str], sentence: str
) -> None:
    await completed.fill(answers)
    delivered = len(slack.deliveries)
    with pytest.raises(FormError, match=sentence):
        await completed.submit()
    assert len(slack.deliveries) == delivered


async def test_a_form_can_be_sent_unchecked(ana: Person, modal: Modal) -> None:
    outcome = await modal.submit(unchecked=True)
    assert outcome.kind is OutcomeKind.CLOSED
    assert (await ana.wait_message(containing="Created")).text == "Created None"


async def test_a_repeated_delivery_changes_nothing_on_the_screen(
    slack: PretendSlack, ana: Person, completed: Modal
) -> None:
    await completed.submit()
    await slack.redeliver(copies=2)
    assert len(ana.messages()) == 3
    assert ana.notices == []


async def test_a_submission_that_is_not_acknowledged_keeps_the_form(
    slack: PretendSlack, ana: Person, completed: Modal
) -> None:
    slack.deliver_to("http://127.0.0.1:9/slack/events")
    assert (await completed.submit()).kind is OutcomeKind.FAILED
    assert completed.is_open
    assert completed.value("Campaign name") == "Spring sale"
    assert ana.notices == ["We had some trouble connecting. Try again?"]
