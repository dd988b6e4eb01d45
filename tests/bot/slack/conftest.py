"""Slack's client before a pretend Slack, which answers as the test orders."""

from collections.abc import AsyncIterator, Iterator

import pytest
import stamina

from bot.slack import SlackClient
from sandbox.clock import Clock
from sandbox.slack import PretendSlack
from tests.world import SECRETS, pretend_slack


@pytest.fixture(scope="package")
async def _running() -> AsyncIterator[PretendSlack]:
    slack = pretend_slack(Clock())
    async with slack.running():
        slack.workspace.groups["S1"] = set()
        yield slack


@pytest.fixture
def slack(_running: PretendSlack) -> Iterator[PretendSlack]:
    """The one Slack of these tests, with nothing planned, called, written or open."""
    yield _running
    _running.faults.clear()
    _running.calls.clear()
    for room in _running.workspace.channels.values():
        room.posts.clear()
    for person in _running.workspace.users:
        _running.state.views.clear(person)


@pytest.fixture
async def client(slack: PretendSlack) -> AsyncIterator[SlackClient]:
    base_url = f"{slack.state.base_url}/api/"
    async with SlackClient(SECRETS["SLACK_BOT_TOKEN"], base_url) as client:
        yield client


@pytest.fixture
def no_pauses() -> Iterator[None]:
    """Repeat a call as often as ever, and at once."""
    with stamina.set_testing(testing=True, attempts=3, cap=True):
        yield
