"""The invented campaigns of a large account."""

from collections import Counter
from datetime import timedelta
from itertools import islice
from random import Random

import pytest

from sandbox.kore import Kind, Operation, Status
from sandbox.kore.campaign import Campaign
from sandbox.kore.invented import add_invented, invented_names
from tests.sandbox.kore.account import MONDAY, Asking

SIZE = 2000


def random() -> Random:
    """Return the same random numbers every time."""
    return Random(1)


@pytest.fixture
def asking() -> Asking:
    return Asking()


@pytest.fixture
def added(asking: Asking) -> list[Campaign]:
    return add_invented(asking.account.state, SIZE, random())


def test_half_of_them_are_for_sms(asking: Asking, added: list[Campaign]) -> None:
    assert list(asking.account.state.campaigns.values()) == added
    assert Counter(each.kind for each in added) == {Kind.SMS: SIZE / 2, Kind.VOICE: SIZE / 2}


def test_names_differ_and_fit(added: list[Campaign]) -> None:
    assert len({each.lname for each in added}) == SIZE
    assert max(len(name) for name in islice(invented_names(random()), 100_000)) <= 48


def test_some_names_differ_only_at_their_end(added: list[Campaign]) -> None:
    alike = Counter(each.name[:35] for each in added)
    assert max(alike.values()) > 10


def test_times_of_creation_lie_in_two_years_and_some_are_the_same(added: list[Campaign]) -> None:
    created = [each.created_at for each in added]
    assert created == sorted(created)
    assert MONDAY - timedelta(days=730) <= created[0] < MONDAY - timedelta(days=700)
    assert MONDAY - timedelta(days=30) < created[-1] <= MONDAY
    assert SIZE * 0.9 < len(set(created)) < SIZE
    assert all(each.created_at <= each.updated_at <= MONDAY for each in added)


def test_statuses_are_plausible(asking: Asking, added: list[Campaign]) -> None:
    wanted = {Status.READY, Status.COMPLETED, Status.STOPPED, Status.SCHEDULED}
    assert {each.status for each in added} == wanted
    scheduled = [each for each in added if each.status is Status.SCHEDULED]
    assert all(each.schedule and each.due and each.due > MONDAY for each in scheduled)
    assert asking.account.next_event == min(each.due for each in scheduled if each.due)


def test_a_scheduled_one_runs(asking: Asking, added: list[Campaign]) -> None:
    moment = asking.account.next_event
    assert moment is not None
    asking.at(moment)
    assert any(each.instance and each.instance.began == moment for each in added)


def test_more_can_be_added_under_new_names(asking: Asking, added: list[Campaign]) -> None:
    more = add_invented(asking.account.state, 50, random())
    assert not {each.lname for each in more} & {each.lname for each in added}


def test_the_api_answers_for_each(asking: Asking, added: list[Campaign]) -> None:
    for each in added[:50]:
        found = asking.ask(Operation.GET, {}, {}, each.id)["data"]
        assert (found["name"], found["status"]) == (each.name, each.status)


def test_the_same_random_numbers_give_the_same_names(added: list[Campaign]) -> None:
    others = add_invented(Asking().account.state, SIZE, random())
    assert [each.name for each in others] == [each.name for each in added]
