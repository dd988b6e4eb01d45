"""What reviews find about the name of a campaign: who has it too, or that this is not known."""

import pytest

from bot.campaigns.actions import Action
from bot.campaigns.reasons import ListProgress
from bot.campaigns.review.model import not_one
from bot.campaigns.review.reviews import Severity, Topic
from bot.campaigns.values import Kind
from tests.bot.campaigns.review.samples import (
    facts,
    of_campaign,
    of_schedule,
    of_start,
    only,
    plan,
    sms,
    snapshot,
)

NAMESAKES = [
    {"id": "cd-1", "kind": "voice"},
    {"id": "cd-2", "kind": "voice"},
    {"id": "cd-3", "kind": "sms"},
]


def test_a_schedule_of_a_name_that_others_have_is_a_blocker_with_all_their_ids() -> None:
    others = (snapshot(id="cd-2", name="SALE"), snapshot(id="cd-3", kind=Kind.SMS))
    [finding] = of_schedule(plan(), facts(same_name=(snapshot(), *others)))
    assert (finding.topic, finding.severity) == (Topic.NAME_SHARED, Severity.BLOCKER)
    assert finding.details == {"name": "Sale", "namesakes": NAMESAKES}
    # The campaign itself is one of them, listed or not.
    assert of_schedule(plan(), facts(same_name=others)) == [finding]
    assert of_schedule(plan(), facts(same_name=(snapshot(),))) == []
    assert of_start(facts(same_name=(snapshot(), *others))) == []


@pytest.mark.parametrize("action", Action)
def test_a_name_of_several_is_a_question_of_the_id_except_for_a_schedule(
    action: Action,
) -> None:
    fitting = (snapshot(), snapshot(id="cd-2"), snapshot(id="cd-3", kind=Kind.SMS))
    [finding] = not_one(action, "Sale", fitting)
    if action is Action.SCHEDULE:
        assert finding.topic is Topic.NAME_SHARED
        assert finding.details["namesakes"] == NAMESAKES
    else:
        assert finding.topic is Topic.SEVERAL_CAMPAIGNS
        assert finding.details["ids"] == ["cd-1", "cd-2", "cd-3"]
    assert [each.topic for each in not_one(action, "Sale", ())] == [Topic.CAMPAIGN_MISSING]


def test_names_that_could_not_all_be_read_are_unchecked_and_it_is_said_how_far() -> None:
    read = ListProgress(kind=Kind.SMS, read=100, total=300)
    unread = facts(same_name=None, names_read=read)
    told = {"progress": {"kind": "sms", "read": 100, "total": 300}}
    assert only(of_campaign(sms(), unread)) == (Topic.NAME_UNCHECKED, told)
    assert only(of_schedule(plan(), unread)) == (Topic.NAMESAKES_UNCHECKED, told)
    assert only(of_schedule(plan(), facts(same_name=None))) == (Topic.NAMESAKES_UNCHECKED, {})
    unknown = facts(same_name=None, names_read=read, target=None)
    (unchecked,) = [f for f in of_start(unknown) if f.topic is Topic.CAMPAIGN_UNCHECKED]
    assert unchecked.details == told
