"""Roles: a person gets the highest one that they, their user groups or the channel have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.campaigns.roles import NEEDED, Grants, Permission, Role, may

VIEWER, AUTHOR, APPROVER, ADMIN = Role
LISTS = ("viewers", "authors", "approvers", "admins")
GRANTS = Grants.model_validate(
    {
        "viewers": ["everyone"],
        "authors": ["C0AUTHORS", "G0PRIVATE"],
        "approvers": ["S0APPROVERS", "U0APPROVER"],
        "admins": ["W0ADMIN"],
    }
)
members = st.sampled_from(["everyone", "U1", "U2", "W1", "S1", "S2", "C1", "G1"])
grants = st.builds(Grants, **{each: st.lists(members, max_size=3).map(tuple) for each in LISTS})
groups_of_one = st.frozensets(st.sampled_from(["S1", "S2"]))


def role_of(
    person: str = "U0NOBODY", *groups: str, channel: str | None = "C0OTHER", of: Grants = GRANTS
) -> Role | None:
    return of.role_of(person, frozenset(groups), channel)


VIEWERS = "status results list"
AUTHORS = (
    f"{VIEWERS} create schedule unschedule start stop edit delete cancel manage_lists results_file"
)


@pytest.mark.parametrize(
    ("role", "permitted"),
    [
        (None, ""),
        (VIEWER, VIEWERS),
        (AUTHOR, AUTHORS),
        (APPROVER, f"{AUTHORS} approve"),
        (ADMIN, f"{AUTHORS} approve stop_all manage_saved_forms"),
    ],
)
def test_each_role_includes_the_lower_ones(role: Role | None, permitted: str) -> None:
    assert {each.value for each in Permission if may(role, each)} == set(permitted.split())


def test_every_permission_needs_a_role() -> None:
    assert set(NEEDED) == set(Permission)


def test_a_person_has_the_role_of_the_channel() -> None:
    assert role_of(channel="C0AUTHORS") is AUTHOR
    assert role_of(channel="G0PRIVATE") is AUTHOR
    assert role_of() is VIEWER
    assert role_of(channel=None) is VIEWER


def test_a_person_has_the_role_of_their_user_groups() -> None:
    assert role_of("U1", "S0OTHER", "S0APPROVERS") is APPROVER
    assert role_of("U1", "S0OTHER") is VIEWER


def test_a_person_has_the_role_that_names_them() -> None:
    assert role_of("U0APPROVER") is APPROVER
    assert role_of("W0ADMIN") is ADMIN


def test_the_highest_of_several_roles_counts() -> None:
    assert role_of("U0APPROVER", channel="C0AUTHORS") is APPROVER
    assert role_of("W0ADMIN", "S0APPROVERS", channel="C0AUTHORS") is ADMIN


def test_without_any_grants_everyone_is_an_author_and_nobody_an_approver() -> None:
    assert role_of(of=Grants()) is AUTHOR
    assert role_of(of=Grants(), channel=None) is AUTHOR


@pytest.mark.parametrize("given_to", LISTS)
def test_if_there_is_a_grant_people_without_one_have_no_role(given_to: str) -> None:
    one = Grants.model_validate({given_to: ["U1"]})
    assert role_of("U1", of=one) is Role(LISTS.index(given_to) + 1)
    assert role_of("U2", of=one) is None


@given(grants, st.sampled_from(["U1", "U2", "W1"]), groups_of_one, st.sampled_from(["C1", "G1"]))
def test_any_grants_give_the_role_of_the_highest_matching_list(
    granted: Grants, person: str, groups: frozenset[str], channel: str
) -> None:
    lists = [getattr(granted, each) for each in LISTS]
    names = ["everyone", person, channel, *groups]
    having = [number for number, each in enumerate(lists, 1) if any(one in each for one in names)]
    expected = Role(having[-1]) if having else None if any(lists) else AUTHOR
    assert granted.role_of(person, groups, channel) is expected


@pytest.mark.parametrize(
    ("needed", "asked"),
    [
        (VIEWER, ("everyone",)),
        (AUTHOR, ("C0AUTHORS", "G0PRIVATE")),
        (APPROVER, ("S0APPROVERS", "U0APPROVER")),
        (ADMIN, ("W0ADMIN",)),
    ],
)
def test_the_people_with_the_role_are_the_ones_to_ask(needed: Role, asked: tuple[str, ...]) -> None:
    assert GRANTS.whom_to_ask(needed) == asked


def test_if_nobody_has_the_role_the_next_higher_one_is_asked() -> None:
    only_admins = Grants(viewers=("everyone",), admins=("U1",))
    assert only_admins.whom_to_ask(AUTHOR) == ("U1",)
    assert only_admins.whom_to_ask(APPROVER) == ("U1",)
    assert Grants(viewers=("everyone",)).whom_to_ask(AUTHOR) == ()


def test_the_user_groups_in_the_grants_are_found() -> None:
    assert GRANTS.groups == {"S0APPROVERS"}
    assert Grants(viewers=("S1", "U1"), admins=("S2", "S1")).groups == {"S1", "S2"}
    assert Grants().groups == frozenset()


@pytest.mark.parametrize(
    "member", ["", "#ops", "@ann", "ann", "u123", "U", "D0123", "Everyone", "U1 U2", "<@U1>"]
)
def test_a_grant_that_is_not_an_id_is_refused(member: str) -> None:
    with pytest.raises(ValidationError, match="not the ID of a Slack user, user group or channel"):
        Grants.model_validate({"authors": [member]})


@pytest.mark.parametrize("table", [{"author": ["U1"]}, {"authors": "everyone"}])
def test_a_misspelled_table_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Grants.model_validate(table)
