"""Findings: the order of their topics, and how they are kept."""

import json
from datetime import time

from bot.campaigns.review.findings import severity
from bot.campaigns.review.reviews import (
    Finding,
    Severity,
    Topic,
)
from tests.bot.campaigns.review.samples import (
    SAT,
    about,
    every_day,
    local,
    of_campaign,
    of_schedule,
    plan,
    sms,
    voice,
)

BLOCKERS = {
    *(Topic.NAME_TAKEN, Topic.CAMPAIGN_MISSING, Topic.SEVERAL_CAMPAIGNS, Topic.NAME_SHARED),
    *(Topic.START_PASSED, Topic.NO_EFFECTIVE_RUN, Topic.STARTS_BY_ITSELF, Topic.RUNNING),
}


def test_topics_are_declared_in_the_order_of_their_severity() -> None:
    order = list(Severity)
    places = [order.index(severity(topic)) for topic in Topic]
    assert places == sorted(places)
    assert {topic for topic in Topic if severity(topic) is Severity.BLOCKER} == BLOCKERS
    unchecked = {topic for topic in Topic if severity(topic) is Severity.UNCHECKED}
    assert unchecked == set(list(Topic)[-9:])


def test_a_finding_survives_being_kept_as_json() -> None:
    hours = every_day(start=time(7))
    found = [
        *of_campaign(sms(dnc_list=None, hours=hours)),
        *of_campaign(voice(max_attempts=50, retry_period=1)),
        *of_schedule(plan(days=(SAT,), start=local("2027-02-01 07:00")), about(hours=hours)),
    ]
    assert {each.rule.kind for each in found if each.rule} == {
        "calling_hours",
        "sms_dnc_list",
        "attempts",
        "weekdays",
        "night",
    }
    for each in found:
        kept = json.loads(json.dumps(each.model_dump(mode="json")))
        assert Finding.model_validate(kept) == each
