"""A failure message says what failed, what is in Kore.ai now, and what to do."""

import itertools

import pytest

from blocks.failures import Failed, failure_message, failure_pointer
from bot.campaigns.actions import LOOK_UPS, ON_LISTS, Action
from bot.campaigns.reasons import Failure, Reason
from sandbox.slack.blockkit import message_faults
from tests.blocks.samples import HOSTILE, as_sent, formatted

EVERY = list(itertools.product(Reason, [True, False]))
# The words for what failed and for what is in Kore.ai, if certainly nothing was done.
NOT_DONE = {
    Action.CREATE: ("“Spring sale” was not created.", "Nothing was created in Kore.ai."),
    Action.SCHEDULE: (
        "“Spring sale” was not scheduled.",
        "Nothing was changed in Kore.ai.",
    ),
    Action.UNSCHEDULE: (
        "The schedule of “Spring sale” was not removed.",
        "Nothing was changed in Kore.ai.",
    ),
    Action.START: (
        "“Spring sale” was not started.",
        "Nobody was contacted, and nothing was changed in Kore.ai.",
    ),
    Action.STOP: (
        "“Spring sale” was not stopped.",
        "Nothing was changed in Kore.ai: if it was running, it still is.",
    ),
    Action.STOP_ALL: (
        "The campaigns in Spring sale were not stopped.",
        "Nothing was changed in Kore.ai: what was running still is.",
    ),
    Action.IMPORT: (
        "The campaigns of the file (Spring sale) were not created.",
        "Nothing was created in Kore.ai.",
    ),
    Action.EDIT: ("“Spring sale” was not changed.", "In Kore.ai it is as it was."),
    Action.DELETE: ("“Spring sale” was not deleted.", "It is still in Kore.ai."),
    # A look-up changes nothing, so the message does not mention it.
    Action.STATUS: ("“Spring sale” could not be looked up.", ""),
    Action.RESULTS: ("There are no results of “Spring sale” to show.", ""),
    Action.CREATE_LIST: (
        "The contact list “Spring sale” was not created.",
        "Nothing was created in Kore.ai.",
    ),
    Action.RENAME_LIST: (
        "The contact list “Spring sale” was not changed.",
        "Nothing was changed in Kore.ai.",
    ),
    Action.DELETE_LIST: (
        "The contact list “Spring sale” was not deleted.",
        "Nothing was deleted in Kore.ai.",
    ),
    Action.ADD_CONTACTS: (
        "No contacts were added to “Spring sale”.",
        "Nothing was changed in Kore.ai.",
    ),
}
# Another campaign was changed by mistake, so the message can speak only for this one.
AS_IT_WAS = "Its own schedule in Kore.ai is as it was."
TOUCHED = {
    Reason.WRONG_CAMPAIGN,
    Reason.WRONG_CAMPAIGN_STANDS,
    Reason.WRONG_CAMPAIGN_UNSCHEDULED,
}
# The words for what is unknown if something may have been done.
UNKNOWN = {
    Action.CREATE: "It is not known whether the campaign exists in Kore.ai.",
    Action.SCHEDULE: "It is not known whether Kore.ai has the new schedule.",
    Action.UNSCHEDULE: "It is not known whether Kore.ai still has the schedule.",
    Action.START: "It may be running in Kore.ai and contacting people.",
    Action.STOP: "It may still be running in Kore.ai.",
    Action.STOP_ALL: "Some may still be running in Kore.ai.",
    Action.IMPORT: "Some of them may exist in Kore.ai, and may be scheduled.",
    Action.EDIT: "Kore.ai may have the campaign as it was, or as you changed it.",
    Action.DELETE: "It may still be in Kore.ai.",
    Action.CREATE_LIST: "It is not known whether the contact list exists in Kore.ai.",
    Action.RENAME_LIST: "It is not known which name and description it has in Kore.ai.",
    Action.DELETE_LIST: "It may be gone from Kore.ai, with the contacts on it.",
    Action.ADD_CONTACTS: "Some of them may be on the list in Kore.ai.",
}
any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def failed(
    action: Action, failure: Failure, name: str = "Spring sale", form: str | None = None
) -> Failed:
    return Failed(action=action, name=name, failure=failure, reference="V0123ABC", form_key=form)


every_action = pytest.mark.parametrize("action", Action)


def said(action: Action, reason: Reason, *, certain: bool) -> str:
    failure = Failure(reason=reason, certain=certain, sentence="no such list")
    return failure_message(failed(action, failure)).text


@every_action
def test_every_failure_has_a_valid_message_with_its_reference(action: Action) -> None:
    for reason, certain in EVERY:
        failure = Failure(reason=reason, certain=certain, sentence="no such list")
        message = failure_message(failed(action, failure, form="V1"))
        sent = as_sent(message)
        assert message_faults(sent) == [], reason
        assert "{" not in message.text
        assert sent["blocks"][-1]["elements"][0]["text"] == "Reference V0123ABC"


@every_action
def test_a_certain_failure_says_that_nothing_was_done(action: Action) -> None:
    what, exists = NOT_DONE[action]
    for reason, certain in EVERY:
        if certain or action not in UNKNOWN:
            text = said(action, reason, certain=certain)
            assert text.startswith(what), reason
            touched = reason in TOUCHED and action not in LOOK_UPS
            assert (AS_IT_WAS if touched else exists) in text
            assert (AS_IT_WAS in text) is touched


@pytest.mark.parametrize("action", UNKNOWN)
def test_an_uncertain_failure_claims_nothing_and_says_to_look_first(action: Action) -> None:
    what, exists = NOT_DONE[action]
    look_up = "lists" if action in ON_LISTS else "status"
    for reason in Reason:
        text = said(action, reason, certain=False)
        assert what not in text, reason
        assert exists not in text
        assert UNKNOWN[action] in text
        assert f"Look before you try again: `/campaign {look_up} Spring sale`" in text


@every_action
def test_each_reason_has_words_and_advice_of_its_own(action: Action) -> None:
    texts = {said(action, reason, certain=True) for reason in Reason}
    assert len(texts) == len(Reason)
    what, exists = NOT_DONE[action]
    for text in texts:
        advice = text.removeprefix(what).replace(AS_IT_WAS, exists)
        for part in advice.partition(exists)[::2] if exists else [advice]:
            assert part.strip().endswith((".", "”"))


def test_the_whole_message_for_a_refusal() -> None:
    assert said(Action.CREATE, Reason.REFUSED, certain=True) == (
        "“Spring sale” was not created. Kore.ai refused it. It says: “no such list”. "
        "Nothing was created in Kore.ai. Change that and try again."
    )


def test_nothing_is_quoted_if_kore_gave_no_sentence() -> None:
    failure = Failure(reason=Reason.REFUSED)
    assert "It says" not in failure_message(failed(Action.CREATE, failure)).text


def test_a_button_reopens_the_filled_form_if_there_is_one() -> None:
    failure = Failure(reason=Reason.REFUSED)
    with_form = as_sent(failure_message(failed(Action.CREATE, failure, form="V1")))
    button = with_form["blocks"][1]["elements"][0]
    assert (button["action_id"], button["value"]) == ("edit_again", "V1")
    assert button["text"]["text"] == "Edit and try again"
    without = as_sent(failure_message(failed(Action.CREATE, failure)))
    assert [block["type"] for block in without["blocks"]] == ["section", "context"]


@any_text
@pytest.mark.parametrize("certain", [True, False])
def test_no_name_or_answer_breaks_a_failure_or_pings(text: str, *, certain: bool) -> None:
    failure = Failure(reason=Reason.REFUSED, certain=certain, sentence=text)
    message = failure_message(failed(Action.CREATE, failure, text))
    assert message_faults(as_sent(message)) == []
    for part in formatted(message):
        assert "<" not in part


@pytest.mark.parametrize("certain", [True, False])
def test_the_advice_is_shown_even_after_a_very_long_name(*, certain: bool) -> None:
    failure = Failure(reason=Reason.NOT_FOUND, certain=certain)
    shown = formatted(failure_message(failed(Action.STATUS, failure, "n" * 5000)))
    for text in shown[:2]:
        assert "Kore.ai has no campaign with this name or ID." in text
        assert "use the campaign's ID" in text


@any_text
def test_the_notice_beside_the_command_is_one_line_and_pings_nobody(text: str) -> None:
    message = failure_pointer(failed(Action.CREATE, Failure(reason=Reason.REFUSED), text))
    assert message_faults(as_sent(message)) == []
    assert message.text.endswith("was not created. The bot has sent you a direct message about it.")
