"""A database of the version before typed commands is converted, and its open work goes on."""

from collections.abc import AsyncIterator, Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa
from tenacity import AsyncRetrying, stop_after_delay, wait_fixed

from sandbox.kore import Kind, Operation
from sandbox.kore.seed import add_campaigns
from tests.postgres import new_database
from tests.process import Installation, installation
from tests.upgrade import before

# Longer than the bot looks for a campaign that may have been created.
PATIENCE = 60.0
# The states in which the old version left submissions, and in this order how each of them ends.
OPEN = ("accepted", "sending", "done", "posting", "waiting")
ENDS = {
    "create_sms": ("done", "unknown", "done", "done", "done"),
    "create_voice": ("done", "done", "done", "done", "done"),
    "schedule": ("done", "unknown", "done", "done", "done"),
    "unschedule": ("failed", "unknown", "done", "done", None),
    "start": ("failed", "unknown", "done", "done", "failed"),
    "stop": ("failed", "unknown", "done", "done", None),
    "status": ("done", "done", "done", "done", None),
}
DATABASES = ("sqlite", "postgresql")


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/campaign-bot.sqlite"
    return new_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
async def installed(tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(tmp_path) as made:
        yield made


@pytest.fixture
def engine(url: str, installed: Installation) -> Iterator[sa.Engine]:
    """The database of the old version; the pretend Kore.ai has the campaigns that it names."""
    for action, state in product(("schedule", "unschedule", "start", "stop", "status"), OPEN):
        _add(installed, Kind.SMS, *before.target(action, state))
    _add(installed, Kind.VOICE, *before.target("create_voice", "sending"))
    opened = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with opened.begin() as db:
        before.make(db, _ids(installed))
    yield opened
    opened.dispose()


@pytest.mark.drill
async def test_open_work_of_the_old_version_is_finished(
    installed: Installation, engine: sa.Engine, url: str
) -> None:
    async with installed.running(DATABASE_URL=url, EXECUTOR_ID="bot-1"):
        await _settled(engine)
    assert _ends(engine) == ENDS
    sent = [each.operation for each in installed.kore.requests]
    assert sent.count(Operation.START) == 0


def _add(installed: Installation, kind: Kind, campaign_id: str, name: str) -> None:
    """Add a campaign with this ID to the pretend Kore.ai."""
    state = installed.kore.state
    (added,) = add_campaigns(state, kind, [name])
    del state.campaigns[added.id]
    added.id = campaign_id
    state.campaigns[campaign_id] = added


def _ids(installed: Installation) -> Mapping[str, str]:
    workspace = installed.slack.workspace
    return {
        "U_ANA": workspace.user_named("Ana Lopez").id,
        "U_RAVI": workspace.user_named("Ravi Iyer").id,
        "C_CAMPAIGNS": workspace.channel_named("campaigns").id,
        "C_APPROVALS": workspace.channel_named("marketing").id,
    }


async def _settled(engine: sa.Engine) -> None:
    """Wait until every submission is finished and everybody is told.

    Raises:
        tenacity.RetryError: something stays open.
    """
    async for attempt in AsyncRetrying(stop=stop_after_delay(PATIENCE), wait=wait_fixed(0.2)):
        with attempt:
            assert _open(engine) == [], _ends(engine)


def _open(engine: sa.Engine) -> list[str]:
    """Return the keys of unfinished submissions and of undelivered notifications."""
    unfinished = "SELECT key FROM submissions WHERE finished_at IS NULL"
    untold = "SELECT key FROM outbox WHERE due_at IS NOT NULL"
    with engine.connect() as db:
        return list(db.execute(sa.text(f"{unfinished} UNION ALL {untold}")).scalars())


def _states(engine: sa.Engine) -> dict[str, str]:
    with engine.connect() as db:
        rows = db.execute(sa.text("SELECT key, state FROM submissions"))
        return {row.key: row.state for row in rows}


def _ends(engine: sa.Engine) -> dict[str, tuple[str | None, ...]]:
    states = _states(engine)
    return {action: tuple(states.get(f"V-{action}-{left}") for left in OPEN) for action in ENDS}
