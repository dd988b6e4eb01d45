"""What every test can have."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.world import World, running_world


@pytest.fixture(scope="session")
async def _running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """One world for all tests of a process: the engine can run once in each."""
    async with running_world(tmp_path_factory.mktemp("world")) as world:
        yield world


@pytest.fixture
def world(_running: World) -> Iterator[World]:
    """The running world; a test that makes the pretend Slack complain fails."""
    known = len(_running.slack.complaints)
    yield _running
    _running.kore.faults.clear()
    assert _running.slack.complaints[known:] == []
