"""What the documents leave open, the account can do in several ways."""

from datetime import timedelta

import pytest

from sandbox.kore import Campaign, Operation, Status
from sandbox.kore.calls import Json
from tests.sandbox.kore.account import MONDAY, Asking, daily

DAY = timedelta(days=1)


@pytest.fixture
def asking() -> Asking:
    asking = Asking()
    asking.fill(People=3)
    return asking


@pytest.fixture
def three(asking: Asking) -> list[Campaign]:
    """The campaigns b, C and a, made a day apart; C is Active."""
    made = []
    for name in "bCa":
        made.append(asking.sms(name, "People"))
        asking.clock.forward(DAY)
    made[1].status = Status.ACTIVE
    return made


def names(asking: Asking, **body: object) -> list[str]:
    answer = asking.ask(Operation.SEARCH, {}, {"type": "sms", **body})
    return [row["name"] for row in answer["data"]["results"]]


@pytest.mark.parametrize("sort", [{}, {"name": "desc"}, {"createdAt": "desc"}])
def test_a_search_that_does_not_sort_begins_with_the_oldest(
    asking: Asking, three: list[Campaign], sort: Json
) -> None:
    asking.account.sorts = False
    assert names(asking, sortBy=sort) == [each.name for each in three]


def test_a_search_may_ignore_the_status_and_no_other_filter(
    asking: Asking, three: list[Campaign]
) -> None:
    status = {"status": ["Active"]}
    assert names(asking, filters=status) == ["C"]
    asking.account.filters = False
    assert names(asking, filters=status) == ["a", "C", "b"]
    three[0].body["priority"] = "2"
    assert names(asking, filters=status | {"priority": [2]}) == ["b"]


@pytest.mark.parametrize("touches", [True, False])
def test_a_change_of_status_may_or_may_not_be_an_update(asking: Asking, touches: bool) -> None:  # noqa: FBT001 # a parameter
    asking.account.touches = touches
    campaign = asking.sms("Spring sale", "People")
    made = campaign.updated_at

    def moved() -> bool:
        before, campaign.updated_at = campaign.updated_at, made
        return before != made

    asking.after(minutes=1)
    asking.schedule(campaign, daily(MONDAY + DAY, MONDAY + 3 * DAY))
    assert (campaign.status, moved()) == (Status.SCHEDULED, touches)
    asking.after(minutes=1)
    asking.unschedule(campaign)
    assert (campaign.status, moved()) == (Status.READY, touches)
    asking.after(hours=2)
    asking.trigger(Operation.START, campaign)
    assert (campaign.status, moved()) == (Status.ACTIVE, touches)
    asking.trigger(Operation.STOP, campaign)
    assert (campaign.status, moved()) == (Status.STOPPED, touches)
    asking.trigger(Operation.START, campaign)
    asking.after(hours=1)
    assert (campaign.status, moved()) == (Status.COMPLETED, touches)


def test_an_edit_is_always_an_update(asking: Asking) -> None:
    asking.account.touches = False
    campaign = asking.sms("Spring sale", "People")
    asking.after(minutes=1)
    body = {**campaign.body, "name": "Summer sale"}
    asking.ask(Operation.UPDATE, {"campaignType": "sms"}, body, campaign.id)
    assert campaign.updated_at == MONDAY + timedelta(minutes=1)


def test_times_may_be_whole_seconds(asking: Asking) -> None:
    asking.clock.forward(timedelta(milliseconds=1700))
    exact = asking.sms("Exact", "People")
    asking.account.whole_seconds = True
    made = [asking.sms("One", "People")]
    asking.clock.forward(timedelta(milliseconds=200))
    made.append(asking.voice("Another", "People"))
    second = MONDAY + timedelta(seconds=1)
    assert exact.updated_at == MONDAY + timedelta(milliseconds=1700)
    assert {time for each in made for time in (each.created_at, each.updated_at)} == {second}
    asking.trigger(Operation.DELETE, made.pop())
    asking.schedule(exact, daily(MONDAY + DAY, MONDAY + 3 * DAY))
    assert exact.updated_at == second


def test_the_first_field_sent_counts_most(asking: Asking, three: list[Campaign]) -> None:
    three[0].updated_at = three[2].updated_at
    assert names(asking, sortBy={"updatedAt": "asc", "name": "asc"}) == ["C", "a", "b"]
    assert names(asking, sortBy={"name": "asc", "updatedAt": "asc"}) == ["a", "b", "C"]


def test_the_account_has_the_usual_readings_by_default(asking: Asking) -> None:
    account = asking.account
    assert (account.sorts, account.filters, account.touches) == (True, True, True)
    assert account.whole_seconds is False
