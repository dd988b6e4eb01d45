"""Fixtures of a bot that the tests kill."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.crash.drill import Drill
from tests.process import installation


@pytest.fixture
async def drill(tmp_path: Path) -> AsyncIterator[Drill]:
    async with installation(tmp_path) as installed:
        made = Drill(installed, seed=20261)
        await made.prepare()
        yield made
