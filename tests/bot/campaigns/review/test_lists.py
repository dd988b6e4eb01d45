"""The findings about contact lists."""

import pytest

from bot.campaigns.contacts import ContactList
from bot.campaigns.review.findings import Finding
from bot.campaigns.review.lists import (
    ListEmpty,
    ListFact,
    ListFactsUnknown,
    ListNotFound,
    ListNotValidated,
    ListsUnchecked,
    ListWithoutTimeZones,
)
from tests.bot.campaigns.review.samples import (
    NEWS,
    facts,
    of_campaign,
    of_schedule,
    of_start,
    plan,
    sms,
    snapshot,
)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"contacts": 0}, ListEmpty(name="News")),
        ({"status": "Invalid"}, ListNotValidated(name="News", status="Invalid")),
        ({"status": "Validating"}, ListNotValidated(name="News", status="Validating")),
        ({"has_time_zones": False}, ListWithoutTimeZones(name="News")),
        ({"contacts": None}, ListFactsUnknown(name="News", facts=(ListFact.CONTACTS,))),
        (
            {"status": None, "has_time_zones": None},
            ListFactsUnknown(name="News", facts=(ListFact.STATUS, ListFact.HAS_TIME_ZONES)),
        ),
    ],
)
def test_each_fault_of_a_contact_list_is_found(
    fields: dict[str, object], expected: Finding
) -> None:
    known = facts(contact_lists=(NEWS.model_copy(update=fields),))
    for found in (of_campaign(sms(), known), of_schedule(plan(), known), of_start(known)):
        assert found == [expected]


def test_each_list_fact_is_a_field_of_a_contact_list() -> None:
    assert set(ListFact) <= ContactList.model_fields.keys()


def test_findings_about_lists_are_grouped_by_fault() -> None:
    lists = [
        ContactList(id=f"cl-{name}", name=name, status="Invalid", contacts=0, has_time_zones=True)
        for name in ("One", "Two")
    ]
    names = ("One", "Two")
    assert of_campaign(sms(contact_lists=names), facts(contact_lists=tuple(lists))) == [
        *(ListEmpty(name=name) for name in names),
        *(ListNotValidated(name=name, status="Invalid") for name in names),
    ]


@pytest.mark.parametrize("status", ["Ready", "validated"])
def test_a_list_that_is_ready_or_validated_is_fine(status: str) -> None:
    fine = NEWS.model_copy(update={"status": status})
    assert of_campaign(sms(), facts(contact_lists=(fine,))) == []


def test_a_contact_list_that_kore_does_not_list_is_found() -> None:
    named = sms(contact_lists=("News", "Nwes", "cl-1"))
    assert of_campaign(named) == [ListNotFound(name="Nwes")]


def test_a_campaign_whose_lists_are_unknown_is_unchecked() -> None:
    none = facts(target=snapshot(contact_lists=()), contact_lists=())
    assert of_schedule(plan(), none) == [ListsUnchecked()]
