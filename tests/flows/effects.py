"""What an action causes: calls to Slack, posts, open modals, and changes in Kore.ai."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass

from dbos import DBOS

from sandbox.kore import Operation
from sandbox.slack import Modal, Person
from sandbox.slack.views import OpenView
from tests.world import PATIENCE, World

# Reading again, or drawing the same view again, affects nobody.
HARMLESS = frozenset(
    {
        "conversations.history",
        "conversations.open",
        "usergroups.users.list",
        "users.info",
        "views.update",
    }
)
CHANGES = frozenset(
    {
        Operation.CREATE,
        Operation.SCHEDULE,
        Operation.START,
        Operation.STOP,
        Operation.UNSCHEDULE,
    }
)


@dataclass(frozen=True, slots=True)
class Effects:
    """The Slack calls people notice, new posts, open modals, and changes in Kore.ai."""

    called: Counter[str]
    posted: Counter[tuple[str, bool]]
    opened: list[str]
    changed: Counter[str]
    created: int


async def effects_of(world: World, person: Person, act: Awaitable[object]) -> Effects:
    """Let a person act, wait until all work is done, and return what it caused."""
    await all_done(world)
    person.state.views.clear(person.user.id)
    slack, kore = world.slack, world.kore
    slack.calls.clear()
    kore.requests.clear()
    before, campaigns = _posts(world), len(kore.state.campaigns)
    await act
    await all_done(world)
    return Effects(
        called=Counter(each.method for each in slack.calls if each.method not in HARMLESS),
        posted=_posts(world) - before,
        opened=[Modal(person.state, person.user, each).title for each in _stack(person)],
        changed=Counter(each.operation for each in kore.requests if each.operation in CHANGES),
        created=len(kore.state.campaigns) - campaigns,
    )


async def all_done(world: World) -> None:
    """Wait until all work is done and all messages about it are sent."""
    async with asyncio.timeout(PATIENCE):
        await world.idle()
        while await DBOS.list_workflows_async(status="PENDING", load_output=False):  # noqa: ASYNC110 # the engine has no event for it
            await asyncio.sleep(0.005)
        await world.services.tasks.drain()


def _stack(person: Person) -> list[OpenView]:
    return list(person.state.views.stack(person.user.id))


def _posts(world: World) -> Counter[tuple[str, bool]]:
    """Count the messages in each channel: those for all, and those for one person."""
    channels = world.slack.workspace.channels.values()
    return Counter(
        (channel.name, post.only_for is not None) for channel in channels for post in channel.posts
    )
