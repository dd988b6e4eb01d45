"""What is found about contact lists: each topic is shown, and shown to be absent."""

import pytest
from pydantic import JsonValue

from bot.campaigns.review.reviews import (
    Topic,
)
from tests.bot.campaigns.review.samples import (
    NEWS,
    facts,
    of_campaign,
    of_schedule,
    of_start,
    only,
    plan,
    sms,
    snapshot,
    topics,
)


@pytest.mark.parametrize(
    ("fields", "topic", "details"),
    [
        ({"contacts": 0}, Topic.LIST_EMPTY, {}),
        ({"status": "Invalid"}, Topic.LIST_NOT_VALIDATED, {"status": "Invalid"}),
        ({"status": "Validating"}, Topic.LIST_NOT_VALIDATED, {"status": "Validating"}),
        ({"has_time_zones": False}, Topic.LIST_WITHOUT_TIME_ZONES, {}),
        ({"contacts": None}, Topic.LIST_NOT_SAID, {"facts": ["contacts"]}),
        (
            {"status": None, "has_time_zones": None},
            Topic.LIST_NOT_SAID,
            {"facts": ["status", "has_time_zones"]},
        ),
    ],
)
def test_what_is_wrong_with_a_contact_list(
    fields: dict[str, object], topic: Topic, details: dict[str, JsonValue]
) -> None:
    known = facts(contact_lists=(NEWS.model_copy(update=fields),))
    for found in (of_campaign(sms(), known), of_schedule(plan(), known), of_start(known)):
        assert only(found) == (topic, {"name": "News", **details})


@pytest.mark.parametrize("status", ["Ready", "validated"])
def test_a_list_that_is_ready_or_validated_is_fine(status: str) -> None:
    assert (
        of_campaign(sms(), facts(contact_lists=(NEWS.model_copy(update={"status": status}),))) == []
    )


def test_a_contact_list_that_kore_does_not_list_is_told() -> None:
    named = sms(contact_lists=("News", "Nwes", "cl-1"))
    assert only(of_campaign(named)) == (Topic.LIST_NOT_FOUND, {"name": "Nwes"})


def test_a_campaign_whose_lists_are_not_known_at_all_is_not_taken_for_one_without() -> None:
    none = facts(target=snapshot(contact_lists=()), contact_lists=())
    assert topics(of_schedule(plan(), none)) == [Topic.LISTS_UNCHECKED]
