"""Environments are found by name and channel, and shown only if people could confuse them."""

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
def test_an_environment_is_found_by_name_and_without_one_the_first(
    name: str | None, found: Environment | None
) -> None:
    assert TWO.named(name) == found


@pytest.mark.parametrize(("channel", "found"), [("C1", PRODUCTION), ("C3", SANDBOX), ("C9", None)])
def test_an_environment_is_found_by_its_channel(channel: str, found: Environment | None) -> None:
    assert TWO.of_channel(channel) == found


def test_a_single_environment_belongs_to_every_channel() -> None:
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
def test_an_environment_is_named_if_there_are_several_or_it_is_unknown(
    environments: Environments, name: str | None, told: Environment | None
) -> None:
    assert environments.to_name(name) == told


def test_there_are_choices_only_with_several_environments() -> None:
    assert ONE.choices == {}
    assert TWO.choices == {"production": True, "sandbox": False}


def test_an_environment_is_production_by_default() -> None:
    assert Environment(name="live").looks_like_production


@pytest.mark.parametrize("name", ["", "Production", "1st", "a b", "a/b", "x" * 31])
def test_a_name_that_does_not_fit_into_a_reference_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        Environment(name=name)


def test_at_least_one_environment_is_needed() -> None:
    with pytest.raises(ValidationError):
        Environments(all=())
