"""The words and buttons of a request for approval."""

import pytest

from blocks.approval import Asking, RequestRef, ended_notice, refusal
from bot.campaigns.actions import Action
from bot.campaigns.approval import Approval, ApprovalState, Decision, Outcome
from bot.campaigns.review import Review
from tests.blocks.samples import NOW, formatted

REPLACED = Approval(
    key="V1",
    action=Action.SCHEDULE,
    digest="d1",
    state=ApprovalState.REPLACED,
    asked_by="U1",
    asked_at=NOW,
    expires_at=NOW,
    remind_at=NOW,
    decided_by="U2",
    decided_at=NOW,
)


def test_a_buttons_value_names_the_request_and_its_content() -> None:
    asked = RequestRef("V1", "d1")
    assert str(asked) == "V1 d1"
    assert RequestRef.parse(str(asked)) == asked


@pytest.mark.parametrize("text", ["", "V1", "V1 "])
def test_a_value_without_a_digest_refers_to_no_content(text: str) -> None:
    assert RequestRef.parse(text).digest == ""


def test_the_author_of_a_replaced_request_learns_who_approved_the_other_one() -> None:
    review = Review(action=Action.SCHEDULE, named="Spring sale")
    told = formatted(ended_notice(Asking(review=review, approval=REPLACED), has_form=True))
    assert told[0] == (
        "“Spring sale”: Not carried out, because <@U2> approved another schedule for this campaign "
        "first. Nothing was sent."
    )


def test_a_replaced_request_can_no_longer_be_approved() -> None:
    pressed = Decision(outcome=Outcome.OVERTAKEN, approval=REPLACED)
    assert refusal(pressed).text.startswith(
        "Nothing was changed, because this was already decided: Not carried out, because <@U2>"
    )
