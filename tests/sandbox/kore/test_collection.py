"""What the account keeps in order is always what a walk through all its campaigns would find."""

from collections.abc import Iterator
from datetime import timedelta
from operator import attrgetter
from random import Random
from typing import Any

import pytest

from sandbox.kore import Campaign, Kind, Operation, State, Status
from sandbox.kore.answers import timestamp
from sandbox.kore.calls import Json
from sandbox.kore.collection import VIEWS
from sandbox.kore.console_users import ConsoleUsers
from sandbox.kore.invented import add_invented
from sandbox.kore.query import Query
from sandbox.kore.seed import LISTS, add_campaigns
from tests.sandbox.kore.account import MONDAY, Asking

ATTRIBUTES = {"name": "lname", "createdAt": "created_at", "updatedAt": "updated_at"}
ORDERS: list[dict[str, str]] = [
    {},
    *({field: way} for field in ATTRIBUTES for way in ("asc", "desc")),
    {"updatedAt": "desc", "name": "asc"},
    {"name": "desc", "createdAt": "asc"},
]
BODIES: list[Json] = [
    *({"type": "sms", "sortBy": order} for order in ORDERS),
    {"type": "voice"},
    {"type": "voice", "filters": {"status": ["Ready", "Active"]}, "sortBy": {"name": "desc"}},
    {"type": "sms", "filters": {"priority": [1, 3], "status": ["Completed"]}},
    {"type": "voice", "filters": {"dialingMode": ["Progressive"]}},
    {"type": "voice", "filters": {"dialingMode": ["Preview"]}},
    {"type": "sms", "startDate": timestamp(MONDAY - timedelta(days=400))},
    {"type": "sms", "endDate": timestamp(MONDAY - timedelta(days=400))},
]


@pytest.fixture
def asking() -> Asking:
    """An account with enough campaigns that a change does not build any view anew."""
    asking = Asking()
    add_invented(asking.account.state, 300, Random(1))
    return asking


def expected(state: State, body: Json) -> list[str]:
    """Return the IDs that a search finds, by walking and sorting all campaigns."""
    found = [each for each in state.campaigns.values() if passes(each, body)]
    found.sort(key=attrgetter("created_at"), reverse=True)
    for field, way in reversed(body.get("sortBy", {}).items()):
        found.sort(key=attrgetter(ATTRIBUTES[field]), reverse=way == "desc")
    return [each.id for each in found]


def passes(campaign: Campaign, body: Json) -> bool:
    filters, created = body.get("filters", {}), timestamp(campaign.created_at)
    fields: dict[str, Any] = {
        "status": campaign.status,
        "priority": int(campaign.body["priority"]),
        "dialingMode": campaign.body.get("dialingMode"),
    }
    return (
        campaign.kind == body["type"]
        and body.get("startDate", created) <= created <= body.get("endDate", created)
        and all(fields[name] in wanted for name, wanted in filters.items())
    )


def found(asking: Asking, body: Json) -> list[str]:
    """Return the IDs that a search finds, read in pages."""
    return [row.get("id") or row["_id"] for row in rows(asking, body)]


def rows(asking: Asking, body: Json) -> Iterator[Json]:
    skip, more = 0, True
    while more:
        page = asking.ask(Operation.SEARCH, {}, {**body, "skip": skip, "limit": 100})["data"]
        yield from page["results"]
        skip, more = skip + 100, page["hasMore"]


def assert_all_follow(asking: Asking) -> None:
    state = asking.account.state
    every = list(state.campaigns.values())
    for body in BODIES:
        assert found(asking, body) == expected(state, body)
    for contact_list in state.contact_lists.values():
        using = [each for each in every if contact_list.name in each.contact_lists]
        assert same(state.campaigns_using(contact_list), using)
    for name in {each.name for each in every[::7]}:
        [first, *_] = [each for each in every if each.lname == name.lower()]
        assert state.campaign_named(name.upper()) is first


def same(some: list[Campaign], others: list[Campaign]) -> bool:
    return [each.id for each in some] == [each.id for each in others]


def test_every_list_follows_what_people_do_in_the_console(asking: Asking) -> None:
    users = ConsoleUsers(asking.account, Random(2))
    assert_all_follow(asking)
    for _ in range(60):
        users.change()
        assert_all_follow(asking)
        asking.clock.forward(timedelta(minutes=1))


def test_every_list_follows_many_changes_at_once(asking: Asking) -> None:
    users = ConsoleUsers(asking.account, Random(3))
    assert_all_follow(asking)
    for _ in range(200):
        users.change()
    assert_all_follow(asking)


def test_every_list_follows_what_a_test_sets(asking: Asking) -> None:
    state = asking.account.state
    first, second, third, *_ = state.campaigns.values()
    assert_all_follow(asking)
    first.body["name"] = second.name
    second.status = Status.PAUSED
    third.created_at = third.updated_at = state.now
    third.body = third.body | {"priority": "1", "contactLists": list(LISTS)}
    assert_all_follow(asking)
    del state.campaigns[first.id]
    third.body["name"] = second.name
    assert state.campaign_named(second.name) is second
    assert_all_follow(asking)


def test_campaigns_can_be_taken_out_and_put_back(asking: Asking) -> None:
    campaigns = asking.account.state.campaigns
    before = dict(campaigns)
    assert_all_follow(asking)
    campaigns.clear()
    assert campaigns == {}
    assert_all_follow(asking)
    add_campaigns(asking.account.state, Kind.SMS, ["In between"])
    campaigns.clear()
    campaigns.update(before)
    assert campaigns == before
    assert_all_follow(asking)


def test_a_campaign_that_was_removed_changes_nothing(asking: Asking) -> None:
    state = asking.account.state
    first = next(iter(state.campaigns.values()))
    del state.campaigns[first.id]
    revision = state.campaigns.revision
    first.status = Status.ACTIVE
    first.body["name"] = "Removed"
    del first.body["description"]
    assert state.campaigns.revision == revision
    assert state.campaign_named("Removed") is None


def test_a_campaign_can_be_replaced_by_another_with_its_id(asking: Asking) -> None:
    state = asking.account.state
    first = next(iter(state.campaigns.values()))
    [other] = add_campaigns(state, first.kind, ["Another"])
    del state.campaigns[other.id]
    other.id = first.id
    state.campaigns[first.id] = other
    first.body["name"] = "Replaced"
    assert next(iter(state.campaigns.values())) is other
    assert state.campaign_named("Replaced") is None
    assert_all_follow(asking)


def test_a_list_stays_as_it_was_when_it_was_read(asking: Asking) -> None:
    campaigns = asking.account.state.campaigns
    before = campaigns.select(Query(Kind.SMS))
    ids = [each.id for each in before]
    before[0].body["name"] = "Renamed"
    del campaigns[ids[1]]
    assert len(campaigns.select(Query(Kind.SMS))) == len(ids) - 1
    assert [each.id for each in before] == ids


def test_more_selections_than_are_kept_are_all_right(asking: Asking) -> None:
    campaigns = asking.account.state.campaigns
    every = list(campaigns.values())[:: 300 // (VIEWS * 2)]
    assert len(every) > VIEWS
    for _ in range(2):
        every[0].status = Status.READY
        for each in every:
            [*until, last] = campaigns.select(Query(each.kind, until=each.created_at))[::-1]
            assert last.created_at == each.created_at
            assert all(one.created_at <= each.created_at for one in until)
