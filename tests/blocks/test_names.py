"""Messages list the IDs of campaigns that share a name, and say how far a list was read."""

import pytest

from blocks.failures import failure_message
from bot.campaigns.actions import Action
from bot.campaigns.reasons import Failure, ListProgress, Namesake, Reason
from bot.campaigns.review.findings import Finding
from bot.campaigns.review.form import NameUnchecked
from bot.campaigns.review.target import CampaignUnchecked, NamesakesUnchecked, NameShared
from bot.campaigns.values import Kind
from sandbox.slack.blockkit import message_faults
from tests.blocks.samples import as_sent, formatted
from tests.blocks.test_failures import NOT_DONE, any_text, failed
from tests.blocks.test_findings import WORDS, line

BOTH = (Namesake(id="cd-1", kind=Kind.SMS), Namesake(id="cd-2", kind=Kind.VOICE))


@pytest.mark.parametrize("action", [Action.SCHEDULE, Action.UNSCHEDULE])
def test_a_shared_name_is_explained_with_the_ids_and_what_to_do(
    action: Action,
) -> None:
    failure = Failure(reason=Reason.NAME_SHARED, namesakes=BOTH)
    what, exists = NOT_DONE[action]
    assert failure_message(failed(action, failure)).text == (
        f"{what} Several campaigns have this name: cd-1 (SMS), cd-2 (voice). Kore.ai schedules by "
        f"name alone, and could pick the wrong one. {exists} "
        "Rename or delete one of them in the Kore.ai console, then try again."
    )


def test_the_advice_is_to_use_the_id_if_an_id_helps() -> None:
    failure = Failure(reason=Reason.SEVERAL, namesakes=BOTH)
    text = failure_message(failed(Action.START, failure)).text
    assert "Several campaigns have this name: cd-1 (SMS), cd-2 (voice). Nobody was" in text
    assert text.endswith("Use the campaign's ID.")


@pytest.mark.parametrize(
    ("action", "todo"),
    [
        (Action.CREATE, "Try again in a few minutes."),
        (Action.SCHEDULE, "Try again in a few minutes."),
        (Action.UNSCHEDULE, "Try again in a few minutes."),
        (Action.START, "Use the campaign's ID, or try again in a few minutes."),
        (Action.STOP, "Use the campaign's ID, or try again in a few minutes."),
        (Action.STATUS, "Use the campaign's ID, or try again in a few minutes."),
    ],
)
def test_a_failure_says_how_far_the_campaigns_were_read(action: Action, todo: str) -> None:
    progress = ListProgress(kind=Kind.VOICE, read=50, total=60)
    failure = Failure(reason=Reason.LIST_INCOMPLETE, progress=progress)
    what, exists = NOT_DONE[action]
    why = (
        "The bot could not read all campaigns from Kore.ai, so it could not check which of them "
        "have this name. The bot could read only 50 of 60 voice campaigns."
    )
    parts = filter(None, [what, why, exists, todo])
    assert failure_message(failed(action, failure)).text == " ".join(parts)


@any_text
def test_no_id_breaks_a_failure_or_pings(text: str) -> None:
    namesakes = tuple(Namesake(id=text) for _ in range(30))
    failure = Failure(reason=Reason.NAME_SHARED, namesakes=namesakes)
    message = failure_message(failed(Action.SCHEDULE, failure))
    assert message_faults(as_sent(message)) == []
    for part in formatted(message):
        assert "<" not in part
    assert message.text.endswith("then try again.")


@any_text
def test_no_id_in_a_finding_links_or_pings_or_gets_too_long(text: str) -> None:
    said = line(NameShared, namesakes=(Namesake(id=text, kind=Kind.SMS),) * 30)
    assert "<" not in said
    assert "20 more" in said
    assert len(said) < 1500


@pytest.mark.parametrize("kind", [NameUnchecked, NamesakesUnchecked, CampaignUnchecked])
@pytest.mark.parametrize(
    ("read", "total", "words"),
    [
        (100, 300, "The bot could read only 100 of 300 SMS campaigns."),
        (1000, 1001, "The bot could read only 1,000 of 1,001 SMS campaigns."),
        (
            50,
            None,
            "The bot read 50 SMS campaigns, and Kore.ai did not say how many there are.",
        ),
        (60, 60, "The number of SMS campaigns changed while the bot read them."),
        (61, 60, "The number of SMS campaigns changed while the bot read them."),
    ],
)
def test_a_finding_says_how_far_the_campaigns_were_read(
    kind: type[Finding], read: int, total: int | None, words: str
) -> None:
    progress = ListProgress(kind=Kind.SMS, read=read, total=total)
    assert line(kind, progress=progress) == f"{WORDS[kind]} {words}"
