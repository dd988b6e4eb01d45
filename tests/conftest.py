"""Fixtures and pytest hooks for all tests."""

import os
import sys
from collections.abc import AsyncIterator, Iterator
from io import StringIO

import pytest
from hypothesis import settings
from xdist.remote import Producer  # type: ignore[import-untyped] # typed, but not marked so

from bot.logs import configure_logging
from tests.browser.chromium import CHROMIUM
from tests.examples import EVERY_RUN
from tests.postgres import POSTGRESQL, running_server
from tests.secrets import leaks
from tests.workers import Scheduler, rank
from tests.world import World, running_world

# httpcore tries to import sniffio at each request, and a failed search of every folder takes longer
# than a request to loopback. None ends the search (docs.python.org/3/reference/import.html).
sys.modules["sniffio"] = None  # type: ignore[assignment] # typed for modules only
# No test uses TLS, and reading the system's certificates takes longer than most tests.
os.environ["SSL_CERT_DIR"] = os.devnull
os.environ.pop("SSL_CERT_FILE", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("drill", "how many random examples are tried; `./dev drill` tries more")
    group.addoption(
        "--examples",
        type=int,
        default=EVERY_RUN,
        help="Examples of each property; a property that asks for more gets more in proportion.",
    )
    group.addoption(
        "--new", action="store_true", help="Try examples that no earlier run has tried."
    )
    group.addoption(
        "--seeds", type=int, default=1, help="How many thousand random schedules to check."
    )


def pytest_configure(config: pytest.Config) -> None:
    few = settings(
        max_examples=config.getoption("--examples"),
        # Other work on the machine can make an example slow.
        deadline=None,
        # A change is judged by the same examples as the one before it, and never by luck.
        derandomize=not config.getoption("--new"),
    )
    settings.register_profile("tests", few)
    settings.load_profile("tests")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return two workers for each core: tests of whole bots mostly wait."""
    return (os.cpu_count() or 1) * 2


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduler | None:
    """Return the project's scheduler for `--dist loadfile`, else None for xdist's own."""
    return Scheduler(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: rank(item.nodeid))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not POSTGRESQL:
        terminalreporter.write_line("PostgreSQL was not found: SQLite alone was tested")
    if not CHROMIUM:
        terminalreporter.write_line("Chromium was not found: the sandbox's page was not tested")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a running PostgreSQL; tests that need it are skipped if it is not installed."""
    if not POSTGRESQL:
        pytest.skip("PostgreSQL is not installed")
    with running_server() as server:
        yield server.url


@pytest.fixture(scope="session")
def _log() -> StringIO:
    """Everything logged since the world was started."""
    log = StringIO()
    configure_logging("DEBUG", "json", log)
    return log


@pytest.fixture(scope="session")
async def _running(
    tmp_path_factory: pytest.TempPathFactory, _log: StringIO
) -> AsyncIterator[World]:
    """One world for all tests of a process, because the engine can run once per process."""
    async with running_world(tmp_path_factory.mktemp("world")) as world:
        yield world


@pytest.fixture
async def world(_running: World, _log: StringIO) -> AsyncIterator[World]:
    """The running world.

    A test fails if the pretend Slack complains about the bot, or if a secret gets into a log.
    """
    known, logged = len(_running.slack.complaints), len(_log.getvalue())
    await _running.quiet()
    _running.forget()
    yield _running
    assert _running.slack.complaints[known:] == []
    assert leaks(_log.getvalue()[logged:]) == []
