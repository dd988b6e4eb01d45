"""The review shows what will be done and its findings; a blocker removes the submit button."""

from datetime import UTC, datetime, time

import pytest
from slack_sdk.models.views import View as Modal

from blocks.approval import Asking, approval_card
from blocks.findings import finding_line
from blocks.kit import TITLE_MAX
from blocks.review import checking, failed, out_of_date, review_view
from bot.campaigns.actions import Action
from bot.campaigns.approval import Approval, ApprovalState
from bot.campaigns.campaign import SmsCampaign
from bot.campaigns.environment import Environment
from bot.campaigns.hours import WORKDAYS, CallingHours
from bot.campaigns.policy import ApprovalReason
from bot.campaigns.review import Review, contact_load
from bot.campaigns.review.findings import Finding, Severity
from bot.campaigns.review.form import HoursOutsideRule, NoDncList
from bot.campaigns.review.imports import RowsWithoutDncList
from bot.campaigns.review.lists import ListEmpty
from bot.campaigns.review.target import DncListNotShown, NotRunning, RunUnchecked
from bot.campaigns.runs import runs
from bot.campaigns.values import Format
from sandbox.slack.blockkit import message_faults, view_faults
from tests.blocks.samples import HOSTILE, ID, as_json, as_sent, mrkdwn_texts, plan, snapshot
from tests.blocks.test_findings import SAMPLES
from tests.bot.campaigns.review.every_finding import EVERY

DIGEST = "d" * 64
HEADINGS = {
    Severity.BLOCKER: "Not possible",
    Severity.NEEDLESS: "Nothing to do",
    Severity.WARNING: "Warnings",
    Severity.UNCHECKED: "Not checked",
}
NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)

each_finding = pytest.mark.parametrize("one", EVERY, ids=lambda one: one.topic)


def review(*findings: Finding, **more: object) -> Review:
    lists = (("Spring leads", 80), ("VIP", 12))
    known = {"action": Action.SCHEDULE, "target": snapshot(), "schedule": plan()}
    load = contact_load(lists, 8)
    return Review.model_validate(
        known | {"lists": lists, "load": load, "findings": findings} | more
    )


def _sms(name: str, message: str) -> SmsCampaign:
    hours = CallingHours.same_every_day("America/New_York", WORKDAYS, time(9), time(18))
    return SmsCampaign(
        name=name,
        description=name,
        contact_lists=(name,),
        caller_id="+12025550100",
        hours=hours,
        format=Format.MESSAGE,
        message=message[:1600],
    )


def shown(made: Review, where: Environment | None = None) -> dict[str, object]:
    view: dict[str, object] = as_json(review_view("V1", DIGEST, made, where))
    assert view_faults(view) == []
    return view


@each_finding
def test_each_finding_is_shown_under_its_heading(one: Finding) -> None:
    texts = mrkdwn_texts(shown(review(one)))
    (said,) = [text for text in texts if finding_line(one) in text]
    assert HEADINGS[one.severity] in said
    assert not any(finding_line(one) in text for text in mrkdwn_texts(shown(review())))


@each_finding
def test_only_what_stops_the_action_removes_its_question_and_the_submit_button(
    one: Finding,
) -> None:
    view, stops = shown(review(one)), one.severity in {Severity.BLOCKER, Severity.NEEDLESS}
    assert (view.get("submit") is None) is stops
    assert (view.get("private_metadata") == DIGEST) is not stops
    assert any("Set this schedule?" in text for text in mrkdwn_texts(view)) is not stops


@each_finding
def test_a_reason_is_asked_for_if_there_is_no_dnc_list(one: Finding) -> None:
    blocks = shown(review(one))["blocks"]
    assert isinstance(blocks, list)
    asks = any(block["type"] == "input" for block in blocks)
    assert asks is isinstance(one, NoDncList | DncListNotShown | RowsWithoutDncList)


def test_the_review_shows_the_sender_as_people_write_it() -> None:
    made = review(action=Action.CREATE, campaign=_sms("Spring sale", "Hello"))
    assert "*Caller ID*\n+1 202-555-0100" in mrkdwn_texts(shown(made))


def test_the_load_of_one_run_is_not_multiplied() -> None:
    once = contact_load((("Spring leads", 80),), 1)
    texts = mrkdwn_texts(shown(review(load=once)))
    assert "*Contact load*\n80 contacts in 1 run" in texts


def test_the_review_shows_the_load_and_the_next_runs() -> None:
    coming = tuple(runs(plan(), after=NOW))[:5]
    texts = mrkdwn_texts(shown(review(runs=coming)))
    assert "*Contact load*\n92 contacts in each of 8 runs: 736 in all" in texts
    (next_runs,) = [text for text in texts if text.startswith("*Next runs*")]
    assert "• Mon, Feb 1, 2027, 9:00 AM · 14:00 UTC" in next_runs
    assert len(next_runs.splitlines()) == 6


def test_each_run_says_how_long_it_falls_inside_the_calling_hours() -> None:
    hours = CallingHours.same_every_day("America/New_York", WORKDAYS, time(8, 30), time(18))
    daily = plan(recurrence="Daily", days=())
    coming = tuple(runs(daily, hours, after=NOW))[4:6]
    (next_runs,) = [t for t in mrkdwn_texts(shown(review(runs=coming))) if "*Next runs*" in t]
    assert next_runs.splitlines()[1:] == [
        "• Fri, Feb 5, 2027, 9:00 AM · 14:00 UTC · 9 h of calling hours",
        "• Sat, Feb 6, 2027, 9:00 AM · 14:00 UTC · contacts nobody that day",
    ]


STOP: dict[str, object] = {"action": Action.STOP, "schedule": None, "lists": (), "load": None}


def test_a_stop_shows_the_campaign_its_status_and_its_schedule() -> None:
    running = snapshot("A & B", status="Active")
    texts = mrkdwn_texts(shown(review(**STOP, target=running, present=plan())))
    assert texts[:4] == [
        (
            "*Stop this campaign?* This ends its run and resets its data: if it is started again, "
            "everybody on its contact list is contacted again."
        ),
        f"*Campaign*\nA &amp; B\n`{ID}`",
        "*Status*\n:large_green_circle: Active",
        "*Recurrence*\nEvery week on Mon, Wed",
    ]
    assert not any("Contact" in text for text in texts)


def test_a_campaign_that_was_not_looked_up_is_shown_as_the_author_named_it() -> None:
    made = review(RunUnchecked(), **STOP, target=None, named="Spring <sale>")
    texts = mrkdwn_texts(shown(made))
    assert texts[1] == "*Campaign*\nSpring &lt;sale&gt;"
    assert shown(made)["submit"] == {"type": "plain_text", "text": "Stop", "emoji": False}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("Ready", "It is not running"),
        ("Stopped", "Its last run is over"),
        ("Completed", "Its last run is over"),
    ],
)
def test_a_needless_stop_says_why_and_offers_nothing_to_change(status: str, words: str) -> None:
    texts = mrkdwn_texts(shown(review(NotRunning(status=status), **STOP)))
    assert texts[-2:] == [
        f":white_check_mark: *Nothing to do*\n• {words}: Kore.ai shows the campaign as {status}.",
        "Nothing has been sent.",
    ]


def test_stopping_a_production_campaign_does_not_warn_that_people_are_reached() -> None:
    texts = mrkdwn_texts(shown(review(**STOP), Environment(name="production")))
    assert texts[1] == "🔴 Production"


def test_an_unknown_size_makes_the_load_unknown() -> None:
    lists = (("Spring leads", None),)
    texts = mrkdwn_texts(shown(review(lists=lists, load=contact_load(lists, 8))))
    assert any("Not known: Kore.ai did not say how many" in text for text in texts)


def test_the_length_of_the_text_is_shown_under_it() -> None:
    lists = (("Spring leads", 5000),)
    made = review(
        action=Action.CREATE,
        campaign=_sms("Sale", "a" * 161),
        target=None,
        schedule=None,
        lists=lists,
        load=contact_load(lists, 1),
    )
    view = shown(made)
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    at = next(n for n, each in enumerate(blocks) if each.get("text", {}).get("text") == "a" * 161)
    (line,) = blocks[at + 1]["elements"]
    assert line["text"] == (
        "161 characters, 2 segments (GSM-7). About 5,000 messages of 2 segments, 10,000 segments "
        "in all."
    )


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_the_review_or_pings(text: str) -> None:
    campaign = _sms(text[:48].strip() or "x", text.strip() or "x")
    made = review(action=Action.CREATE, campaign=campaign, target=None, schedule=None, load=None)
    assert all("<!" not in each and "<@" not in each for each in mrkdwn_texts(shown(made)))


def test_many_long_findings_fit_into_an_approval_card() -> None:
    long = [ListEmpty(name=f"{n}" * 150) for n in range(10)] * 4
    approval = Approval(
        key="V1",
        action="start",
        digest=DIGEST,
        asked_by="U1",
        asked_at=NOW,
        expires_at=NOW,
        remind_at=NOW,
    )
    card = as_sent(approval_card(Asking(review=review(*long), approval=approval)))
    assert message_faults(card) == []
    assert "\n".join(mrkdwn_texts(card)).count("is empty") == 40


def test_the_review_says_what_production_means() -> None:
    production = Environment(name="production")
    assert any("reaches real people" in t for t in mrkdwn_texts(shown(review(), production)))
    sandbox = Environment(name="sandbox", looks_like_production=False)
    texts = mrkdwn_texts(shown(review(), sandbox))
    assert "Sandbox" in texts
    assert not any("reaches real people" in text for text in texts)


@pytest.mark.parametrize("reason", ApprovalReason)
def test_the_button_asks_for_approval_if_it_is_needed(reason: ApprovalReason) -> None:
    submit = shown(review(approval_reason=reason))["submit"]
    assert isinstance(submit, dict)
    assert submit["text"] == "Ask for approval"
    assert len(submit["text"]) <= TITLE_MAX


@pytest.mark.parametrize("view", [checking("V1"), failed("V1"), out_of_date()])
def test_the_other_views_are_valid_and_have_no_submit_button(view: Modal) -> None:
    drawn = as_json(view)
    assert view_faults(drawn) == []
    assert drawn.get("submit") is None


@pytest.mark.parametrize("state", ApprovalState)
def test_the_approval_card_shows_the_whole_review_and_buttons_only_while_waiting(
    state: ApprovalState,
) -> None:
    approval = Approval(
        key="V1",
        action="schedule",
        digest=DIGEST,
        state=state,
        asked_by="U1",
        asked_at=NOW,
        expires_at=NOW,
        remind_at=NOW,
        decided_by="U2",
        reason="too <early>",
    )
    made = review(
        SAMPLES[HoursOutsideRule], approval_reason=ApprovalReason.LOAD, reason="Only staff"
    )
    sent = as_sent(approval_card(Asking(review=made, approval=approval, group="S1")))
    assert message_faults(sent) == []
    texts = mrkdwn_texts(sent)
    for text in mrkdwn_texts(shown(made))[1:]:
        assert text in texts
    assert any("Only staff" in text for text in texts)
    assert sent["text"].startswith("<!subteam^S1> <@U1> wants to set this schedule")
    has_buttons = any(block["type"] == "actions" for block in sent["blocks"])
    assert has_buttons is (state is ApprovalState.WAITING)
