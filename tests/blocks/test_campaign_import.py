"""Several campaigns are shown within Slack's limits, and the report names each with its outcome."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks import campaign_import as imports
from blocks.approval import Asking, approval_card
from blocks.review import review_view
from bot.campaigns.actions import Action
from bot.campaigns.approval import Approval
from bot.campaigns.campaign_files import CAMPAIGNS_MAX, Column, Problem, RowProblem
from bot.campaigns.campaign_import import CampaignRow, Imported
from bot.campaigns.policy import ApprovalReason
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.review import Review, contact_load, needing_approval
from bot.campaigns.review.imports import RowRefused
from sandbox.slack.blockkit import message_faults, view_faults
from tests.asked import a_schedule, sms_campaign
from tests.blocks.samples import HOSTILE, NOW, as_json, as_sent, formatted

LOST = Failure(reason=Reason.NO_ANSWER, certain=False)
any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def rows(text: str) -> tuple[CampaignRow, ...]:
    named = {
        "name": text[:48],
        "contact_lists": tuple(f"{n} {text}"[:150] for n in range(10)),
        "message": text * 3,
        "dnc_list": text[:150],
    }
    campaign = sms_campaign().model_copy(update=named)
    row = CampaignRow(line=2, campaign=campaign, schedule=a_schedule())
    return (row,) * CAMPAIGNS_MAX


@any_text
def test_the_largest_review_is_one_that_slack_takes(text: str) -> None:
    problems = tuple(RowProblem(column=each, problem=Problem.INVALID) for each in Column)
    review = Review(
        action=Action.IMPORT,
        imported=rows(text),
        lists=((f"0 {text}"[:150], None),),
        load=contact_load([("One", None)], 1),
        findings=tuple(
            RowRefused(line=n, name=text[:48], problems=problems) for n in range(CAMPAIGNS_MAX)
        ),
    )
    view = as_json(review_view("v", "digest", review, None))
    assert view_faults(view) == []
    assert "50 campaigns to create, 50 with a schedule" in str(view)


@given(st.lists(st.tuples(*[st.integers(1, most) for most in (48, 60, 10, 500)]), min_size=1))
def test_what_can_be_approved_is_shown_whole_to_the_approver(
    sizes: list[tuple[int, int, int, int]],
) -> None:
    """The number of characters of the name, lists and text, and the number of lists."""
    some = []
    for line, (name, each, lists, text) in enumerate(sizes[:CAMPAIGNS_MAX]):
        settings = {
            "name": f"{line}".rjust(name, "n"),
            "contact_lists": tuple(f"{n}".rjust(each, "c") for n in range(lists)),
            "message": "m" * text,
        }
        campaign = sms_campaign().model_copy(update=settings)
        some.append(CampaignRow(line=line, campaign=campaign, schedule=a_schedule()))
    review = needing_approval(
        Review(action=Action.IMPORT, imported=tuple(some)), ApprovalReason.ACTION
    )
    approval = Approval(
        key="V1",
        action=Action.IMPORT,
        digest="d1",
        asked_by="U1",
        asked_at=NOW,
        expires_at=NOW,
        remind_at=NOW,
    )
    shown = as_sent(approval_card(Asking(review=review, approval=approval)))
    assert message_faults(shown) == []
    if not review.blocked:
        assert "…" not in str(shown)


@any_text
@pytest.mark.parametrize("count", [1, CAMPAIGNS_MAX])
def test_the_largest_report_is_one_that_slack_takes(text: str, count: int) -> None:
    lost = Imported(line=2, name=text[:48], failure=LOST)
    planned = Imported(line=3, name=text[:48], campaign="cd-1", scheduled=False, not_scheduled=LOST)
    for each in (lost, planned):
        message = imports.report((each,) * count, "U1", None)
        assert message_faults(as_sent(message)) == []
        shown = imports.progress((each,) * count, count, None, is_over=False)
        assert message_faults(as_sent(shown)) == []


def test_the_report_says_what_became_of_each_and_what_to_do() -> None:
    refused = Failure(reason=Reason.NAME_TAKEN)
    became = (
        Imported(line=2, name="One", campaign="cd-1"),
        Imported(line=3, name="Two", campaign="cd-2", scheduled=True),
        Imported(line=4, name="Three", failure=refused),
        Imported(line=5, name="Four", failure=LOST),
        Imported(line=6, name="Five", campaign="cd-5", scheduled=False, not_scheduled=LOST),
    )
    message = imports.report(became, "U1", None)
    text = "\n".join(formatted(message))
    assert "3 of 5 campaigns created, 1 of 2 scheduled, 1 not known." in text
    assert "Line 2: One `cd-1` was created, without a schedule." in text
    assert "Line 3: Two `cd-2` was created and scheduled." in text
    assert "Line 4: Three was not created. " in text
    assert "Line 5: Four: it is not known whether it was created. " in text
    assert "Look with `/campaign status Four` before you create it again." in text
    assert "Line 6: Five `cd-5` was created; it is not known whether its schedule was set." in text
    assert text.index("Line 4") < text.index("Line 2")


def test_a_bar_shows_how_far_it_is_and_at_the_end_how_many_were_created() -> None:
    became = (Imported(line=2, name="One", campaign="cd-1"),)
    begun = imports.progress(became, 4, None, is_over=False)
    assert begun.text == "Creating campaigns: 1 of 4"
    assert f"`{'█' * 5}{'░' * 15}` 25%" in "".join(formatted(begun))
    assert "Line 2: One `cd-1` was created, without a schedule." in "".join(formatted(begun))
    over = imports.progress(became, 1, None, is_over=True)
    assert over.text == "1 of 1 campaign created. The report names each."
