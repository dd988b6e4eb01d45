"""Fixtures: real sandboxes, a real browser, and people who use it."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.browser.chromium import CHROMIUM, running_chromium
from tests.browser.doors import Doors
from tests.browser.process import running_sandbox
from tests.browser.visitor import TIMEOUT_MS, Visitor

expect.set_options(timeout=TIMEOUT_MS)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    async with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
async def sandbox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a sandbox whose clock tests may set forward by minutes only."""
    async with running_sandbox(tmp_path_factory.mktemp("sandbox")) as url:
        yield url


@pytest.fixture(scope="session")
async def later_sandbox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a sandbox whose clock tests may set forward by days."""
    async with running_sandbox(tmp_path_factory.mktemp("sandbox")) as url:
        yield url


@pytest.fixture
async def doors(chromium: Browser, sandbox: str) -> AsyncIterator[Doors]:
    """Opens browsers on the sandbox; a test fails if a page did something forbidden."""
    doors = Doors(chromium, sandbox)
    yield doors
    await doors.see_out()
    assert doors.watch.faults == []


@pytest.fixture
async def later_doors(chromium: Browser, later_sandbox: str) -> AsyncIterator[Doors]:
    """Opens browsers on the sandbox whose clock tests may set forward by days."""
    doors = Doors(chromium, later_sandbox)
    yield doors
    await doors.see_out()
    assert doors.watch.faults == []


@pytest.fixture
async def ana(doors: Doors) -> Visitor:
    """Ana, who may create campaigns, in #campaigns."""
    return await doors.let_in()
