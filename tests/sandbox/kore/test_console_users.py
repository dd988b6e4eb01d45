"""People in Kore.ai's console change the account as its rules allow."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from sandbox.kore import Operation, Status
from sandbox.kore.console_users import Action, Change, ConsoleUsers
from sandbox.kore.invented import add_invented
from sandbox.kore.seed import fill
from tests.sandbox.kore.account import Asking


def seeded_random() -> Random:
    """Return the same random numbers every time."""
    return Random(1)


@pytest.fixture
def asking() -> Asking:
    asking = Asking()
    fill(asking.account.state)
    return asking


@pytest.fixture
def users(asking: Asking) -> ConsoleUsers:
    return ConsoleUsers(asking.account, seeded_random())


def until(asking: Asking, users: ConsoleUsers, action: Action) -> Change:
    """Let people work until they do this."""
    while True:
        asking.clock.forward(timedelta(seconds=1))
        if (change := users.change()).action is action:
            return change


def test_in_an_empty_account_they_create(asking: Asking, users: ConsoleUsers) -> None:
    change = users.change()
    assert change.action is Action.CREATE
    assert asking.account.state.campaigns == {change.campaign.id: change.campaign}


def test_they_delete(asking: Asking, users: ConsoleUsers) -> None:
    change = until(asking, users, Action.DELETE)
    assert change.campaign.id not in asking.account.state.campaigns


@pytest.mark.parametrize("action", [Action.RENAME, Action.DESCRIBE, Action.CREATE])
def test_an_edit_is_an_update(asking: Asking, users: ConsoleUsers, action: Action) -> None:
    asking.account.touches = False
    change = until(asking, users, action)
    assert change.campaign.updated_at == asking.clock.now()


def test_a_new_name_is_free(asking: Asking, users: ConsoleUsers) -> None:
    add_invented(asking.account.state, 200, seeded_random())
    for _ in range(30):
        until(asking, users, Action.RENAME)
    names = Counter(each.lname for each in asking.account.state.campaigns.values())
    assert set(names.values()) == {1}


def test_a_new_description_differs_from_every_other(asking: Asking, users: ConsoleUsers) -> None:
    described = [until(asking, users, Action.DESCRIBE).campaign.body["description"] for _ in "abc"]
    assert len(set(described)) == 3


def test_they_start_and_stop_and_give_other_statuses(asking: Asking, users: ConsoleUsers) -> None:
    add_invented(asking.account.state, 20, seeded_random())
    after = Counter(until(asking, users, Action.TURN).campaign.status for _ in range(100))
    assert set(after) == {Status.ACTIVE, Status.STOPPED, Status.READY, Status.COMPLETED}


def test_two_runs_never_share_a_list(asking: Asking, users: ConsoleUsers) -> None:
    add_invented(asking.account.state, 40, seeded_random())
    for _ in range(300):
        users.change()
        asking.after(seconds=20)
        for each in asking.account.state.campaigns.values():
            assert each.status is not Status.ACTIVE or each.instance is not None
            assert each.status is not Status.ACTIVE or not asking.account.state.running_beside(each)


def test_the_api_answers_after_every_change(asking: Asking, users: ConsoleUsers) -> None:
    for _ in range(100):
        change = users.change()
        asking.after(minutes=1)
        if change.action is not Action.DELETE:
            found = asking.ask(Operation.GET, {}, {}, change.campaign.id)["data"]
            assert found["name"] == change.campaign.name


def test_the_same_random_numbers_give_the_same_changes(asking: Asking) -> None:
    def played(asking: Asking) -> list[tuple[Action, str, Status]]:
        users = ConsoleUsers(asking.account, seeded_random())
        changes = [users.change() for _ in range(50)]
        return [(each.action, each.campaign.name, each.campaign.status) for each in changes]

    other = Asking()
    fill(other.account.state)
    assert played(asking) == played(other)
