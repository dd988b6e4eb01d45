"""Environments: found by name and by channel, and named before people only where it matters."""

import pytest
from pydantic import ValidationError

from bot.campaigns.environment import Environment, Environments

PRODUCTION = Environment(name="production", channels=frozenset({"C1"}))
SANDBOX = Environment(name="sandbox", looks_like_production=False, channels=frozenset({"C2", "C3"}))
ONE = Environments(all=(PRODUCTION,))
TWO = Environments(all=(PRODUCTION, SANDBOX))


@pytest.mark.parametrize(
    ("name", "found"),
    [("production", PRODUCTION), ("sandbox", SANDBOX), (None, PRODUCTION), ("", None), ("x", None)],
)
def test_one_is_found_by_its_name_and_the_first_without(
    name: str | None, found: Environment | None
) -> None:
    assert TWO.named(name) == found


@pytest.mark.parametrize(("channel", "found"), [("C1", PRODUCTION), ("C3", SANDBOX), ("C9", None)])
def test_a_channel_means_its_own(channel: str, found: Environment | None) -> None:
    assert TWO.of_channel(channel) == found


def test_where_there_is_one_every_channel_means_it() -> None:
    assert ONE.of_channel("C9") == PRODUCTION


@pytest.mark.parametrize(
    ("environments", "name", "told"),
    [
        (ONE, "production", None),
        (ONE, None, None),
        (ONE, "gone", Environment(name="gone")),
        (TWO, "sandbox", SANDBOX),
        (TWO, None, PRODUCTION),
        (TWO, "gone", Environment(name="gone")),
    ],
)
def test_people_are_told_what_does_not_go_without_saying(
    environments: Environments, name: str | None, told: Environment | None
) -> None:
    assert environments.to_name(name) == told


def test_there_is_something_to_choose_only_among_several() -> None:
    assert ONE.choices == {}
    assert TWO.choices == {"production": True, "sandbox": False}


def test_what_nobody_said_looks_like_production() -> None:
    assert Environment(name="live").looks_like_production


@pytest.mark.parametrize("name", ["", "Production", "1st", "a b", "a/b", "x" * 31])
def test_a_name_that_could_not_stand_in_a_reference_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        Environment(name=name)


def test_there_is_always_one() -> None:
    with pytest.raises(ValidationError):
        Environments(all=())
