"""A second environment beside production, which uses the same Kore.ai."""

import contextlib
from collections.abc import Iterator

import pytest

from bot.campaigns.environment import Environment
from bot.campaigns.roles import Grants
from handlers.actions import ON_CAMPAIGN
from sandbox.slack import Modal, Person
from tests.world import World

ANNEX = "annex"


@contextlib.contextmanager
def annex(world: World, grants: Grants | None = None) -> Iterator[None]:
    """Add the annex to the bot's environments while the block runs."""
    services, everybody = world.services, Grants()
    environments, first = services.environments, services.environments.all
    added = Environment(name=ANNEX, grants=grants or everybody)
    with pytest.MonkeyPatch.context() as patch:
        for clients in (services.work.kores, services.work.catalogs, services.readers):
            patch.setitem(clients, ANNEX, clients["production"])
        object.__setattr__(environments, "all", (*first, added))
        try:
            yield
        finally:
            object.__setattr__(environments, "all", first)


async def environment_question(person: Person, word: str, name: str = "Nobody knows this") -> Modal:
    """Open the question in which environment a campaign is that the bot does not know."""
    await person.command(f"/campaign {word} {name}")
    question = await person.wait_modal(ON_CAMPAIGN[word].title)
    await question.fill({"Environment": "🔴 Production"})
    return question
