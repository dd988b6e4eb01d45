"""A Slack client and a pretend Slack whose answers the tests choose."""

from collections.abc import AsyncIterator, Iterator

import pytest
import stamina

from bot.slack import SlackClient
from sandbox.clock import Clock
from sandbox.slack import PretendSlack
from tests.bot.slack.asking import connected
from tests.world import pretend_slack


@pytest.fixture(scope="package")
async def _running() -> AsyncIterator[PretendSlack]:
    slack = pretend_slack(Clock())
    async with slack.running():
        slack.workspace.groups["S1"] = set()
        yield slack


@pytest.fixture
def slack(_running: PretendSlack) -> Iterator[PretendSlack]:
    """The pretend Slack that these tests share, without faults, calls, messages or views."""
    yield _running
    _running.faults.clear()
    _running.calls.clear()
    for room in _running.workspace.channels.values():
        room.posts.clear()
    for person in _running.workspace.users:
        _running.state.views.clear(person)


@pytest.fixture
async def client(slack: PretendSlack) -> AsyncIterator[SlackClient]:
    async with connected(slack) as client:
        yield client


@pytest.fixture
def no_pauses() -> Iterator[None]:
    """Let calls be repeated as usual, but without a pause."""
    with stamina.set_testing(testing=True, attempts=3, cap=True):
        yield
