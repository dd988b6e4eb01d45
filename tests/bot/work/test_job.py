"""Which of Kore.ai's accounts a submission is carried out in."""

from datetime import UTC, datetime
from typing import cast

import pytest
from pydantic import JsonValue

from bot.campaigns.actions import Action
from bot.campaigns.environment import Environment, Environments
from bot.durable import Engine
from bot.kore import KoreClient
from bot.records import Records, Submission
from bot.work.job import Job
from bot.work.lookup import rounds
from bot.work.poster import Poster

ENVIRONMENTS = Environments(
    all=(Environment(name="production"), Environment(name="sandbox", channels=frozenset({"C2"})))
)
KORES = {each.name: cast("KoreClient", each.name) for each in ENVIRONMENTS.all}


def job(environment: str | None, channel: str = "C1", **payload: JsonValue) -> Job:
    asked = Submission(
        key="V1",
        action=Action.STATUS,
        author="U1",
        channel=channel,
        asked_in=channel,
        payload={"campaign": "Spring sale", **payload},
        accepted_at=datetime.now(UTC),
        environment=environment,
    )
    nobody = cast("Records", None), cast("Poster", None), cast("Engine", None)
    return Job(asked, KORES, ENVIRONMENTS, *nobody)


@pytest.mark.parametrize(
    ("environment", "used"), [("sandbox", "sandbox"), ("production", "production")]
)
def test_it_is_carried_out_where_it_was_asked_for(environment: str, used: str) -> None:
    assert job(environment).kore is KORES[used]


def test_what_was_accepted_before_there_were_several_is_for_the_first() -> None:
    assert job(None).kore is KORES["production"]


def test_there_is_no_way_to_an_environment_that_is_gone() -> None:
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
def test_a_name_is_looked_for_where_it_was_said_then_where_it_may_be(
    environment: str | None, channel: str, looked: list[list[str]]
) -> None:
    expected = [[KORES[name] for name in names] for names in looked]
    assert rounds(job(environment, channel)) == expected


@pytest.mark.parametrize("channel", ["C1", "C2"])
def test_a_name_is_looked_for_only_where_its_author_may_look(channel: str) -> None:
    assert rounds(job(None, channel, among=["production"])) == [[KORES["production"]]]
