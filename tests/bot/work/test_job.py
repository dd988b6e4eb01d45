"""Which Kore.ai account a submission uses."""

from typing import cast

import pytest

from bot.campaigns.commands import ShowStatus
from bot.campaigns.environment import Environment, Environments
from bot.campaigns.refs import CampaignRef
from bot.catalog import Catalog
from bot.durable import Engine
from bot.kore import KoreClient
from bot.records import Records
from bot.work.job import Job
from bot.work.lookup import rounds
from tests.asked import submission

ENVIRONMENTS = Environments(
    all=(Environment(name="production"), Environment(name="sandbox", channels=frozenset({"C2"})))
)
LOOK_UP = ShowStatus(campaign=CampaignRef(name="Spring sale"))
CATALOGS = {each.name: cast("Catalog", each.name) for each in ENVIRONMENTS.all}
KORES = {each.name: cast("KoreClient", each.name) for each in ENVIRONMENTS.all}


def job(environment: str | None, channel: str = "C1") -> Job:
    asked = submission(LOOK_UP, channel=channel, asked_in=channel, environment=environment)
    nobody = cast("Records", None), cast("Engine", None)
    return Job(asked, KORES, CATALOGS, ENVIRONMENTS, *nobody)


@pytest.mark.parametrize(
    ("environment", "used"), [("sandbox", "sandbox"), ("production", "production")]
)
def test_a_submission_uses_its_own_environment(environment: str, used: str) -> None:
    assert job(environment).kore is KORES[used]


def test_a_submission_without_an_environment_uses_the_first_one() -> None:
    assert job(None).kore is KORES["production"]


def test_an_environment_that_was_removed_has_no_client() -> None:
    assert job("gone").environment is None
    with pytest.raises(KeyError):
        _ = job("gone").kore


@pytest.mark.parametrize(
    ("environment", "channel", "looked"),
    [
        ("sandbox", "C1", [["sandbox"]]),
        ("production", "C2", [["production"]]),
        (None, "C2", [["sandbox"], ["production"]]),
        (None, "C1", [["production", "sandbox"]]),
    ],
)
def test_a_name_is_looked_up_in_its_environment_or_first_in_that_of_the_channel(
    environment: str | None, channel: str, looked: list[list[str]]
) -> None:
    expected = [[CATALOGS[name] for name in names] for names in looked]
    assert rounds(job(environment, channel), LOOK_UP) == expected


@pytest.mark.parametrize("channel", ["C1", "C2"])
def test_a_name_is_looked_up_only_in_environments_the_author_may_see(channel: str) -> None:
    command = LOOK_UP.model_copy(update={"among": ("production",)})
    assert rounds(job(None, channel), command) == [[CATALOGS["production"]]]
