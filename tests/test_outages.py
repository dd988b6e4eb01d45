"""While the database or Slack is away, at the start or later, the bot waits, and logs it once."""

import asyncio
import signal
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot.records import open_database
from bot.serve import PAUSE_SECONDS
from sandbox.slack import OutcomeKind, Person
from tests.filling import fill_in
from tests.postgres import POSTGRESQL, Server, new_database, running_server
from tests.process import Installation, Running, installation
from tests.test_process import ANSWERS, submit_sms

CLOSED = "The bot cannot save anything at the moment"
DATABASE_AWAY = "the database does not answer"
SLACK_AWAY = "Slack does not answer"
WITHIN = 60
# If the first look at a submission fails, its task ends; maintenance resumes it.
RESUMED_WITHIN = 180


@pytest.fixture
async def installed(tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def shared_server() -> Iterator[Server]:
    if not POSTGRESQL:
        pytest.skip("PostgreSQL is not installed")
    with running_server() as server:
        yield server


@pytest.fixture
def server(shared_server: Server) -> Iterator[Server]:
    """A running PostgreSQL that the test may crash."""
    yield shared_server
    if not shared_server.is_running():
        shared_server.start()


@pytest.fixture
async def on_postgres(installed: Installation, server: Server) -> Installation:
    settings = {"DATABASE_URL": new_database(server.url), "EXECUTOR_ID": "bot-1"}
    return installed.with_settings(**settings)


async def crash(server: Server) -> None:
    await asyncio.to_thread(server.stop, "immediate")


async def start(server: Server) -> None:
    await asyncio.to_thread(server.start)


async def ended(bot: Running) -> str:
    """Stop the bot in order, and return its log."""
    bot.process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(WITHIN):
        output = await bot.end()
    assert bot.process.returncode == 0, output
    return output


def outages(output: str, service: str = "database") -> list[str]:
    """Return what the log says of the outages, after checking that it has no traceback."""
    assert "Traceback" not in output, output
    lines = [line for line in output.splitlines() if f"service={service}" in line]
    return ["began" if "outage.began" in line else "over" for line in lines]


async def refused(person: Person, name: str) -> None:
    """Check that a command is answered, but not carried out."""
    await person.command(f"/campaign sms {name}")
    await person.wait_message(containing=CLOSED)


async def test_a_crash_of_postgresql_is_two_lines_and_loses_nothing(
    on_postgres: Installation, server: Server
) -> None:
    ana = on_postgres.slack.person("Ana Lopez")
    async with on_postgres.running() as bot:
        on_postgres.kore.latency_seconds = 0.3
        await submit_sms(ana, "Kept")
        await crash(server)
        await bot.wait_faults("the database does not accept writes")
        await refused(ana, "Refused")
        await start(server)
        await ana.wait_message(containing="Kept", within=WITHIN)
        output = await ended(bot)
    assert outages(output) == ["began", "over"]
    assert [each.name for each in on_postgres.kore.state.campaigns.values()] == ["Kept"]


@pytest.mark.drill
async def test_nine_crashes_of_postgresql_are_eighteen_lines(
    on_postgres: Installation, server: Server
) -> None:
    ana = on_postgres.slack.person("Ana Lopez")
    names = [f"Storm {number}" for number in range(9)]
    async with on_postgres.running() as bot:
        on_postgres.kore.latency_seconds = 0.5
        for name in names:
            await submit_sms(ana, name)
            await crash(server)
            await asyncio.sleep(5)
            await start(server)
            await bot.wait_ready()
            await asyncio.sleep(5)
        for name in names:
            await ana.wait_message(containing=name, within=RESUMED_WITHIN)
        output = await ended(bot)
    assert outages(output) == ["began", "over"] * len(names)
    made = Counter(each.name for each in on_postgres.kore.state.campaigns.values())
    assert made == dict.fromkeys(names, 1)


async def test_the_bot_ends_in_order_while_the_database_is_away(
    on_postgres: Installation, server: Server
) -> None:
    async with on_postgres.running() as bot:
        await crash(server)
        await bot.wait_faults("the database does not accept writes")
        output = await ended(bot)
    assert outages(output) == ["began"]


async def test_the_start_waits_for_postgresql(on_postgres: Installation, server: Server) -> None:
    ana = on_postgres.slack.person("Ana Lopez")
    await crash(server)
    async with on_postgres.starting() as bot:
        await bot.wait_faults(DATABASE_AWAY)
        async with httpx.AsyncClient(base_url=bot.url) as client:
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.get("/readyz")).status_code == 503
            assert (await client.post("/slack/events", content="text=")).status_code == 401
        on_postgres.slack.deliver_to(f"{bot.url}/slack/events")
        await refused(ana, "Early")
        await start(server)
        await bot.wait_ready()
        await submit_sms(ana, "Later")
        await ana.wait_message(containing="Later", within=WITHIN)
        output = await ended(bot)
    assert outages(output) == ["began", "over"]


async def test_a_form_that_is_submitted_during_the_start_stays_filled_in(
    on_postgres: Installation, server: Server
) -> None:
    ana = on_postgres.slack.person("Ana Lopez")
    async with on_postgres.running() as bot:
        await ana.command("/campaign sms Patient")
        form = await ana.wait_modal("New SMS campaign")
        await fill_in(form, ANSWERS)
        await ended(bot)
    await crash(server)
    async with on_postgres.starting() as bot:
        await bot.wait_faults(DATABASE_AWAY)
        on_postgres.slack.deliver_to(f"{bot.url}/slack/events")
        await form.click("Fewer options")
        notice = await ana.wait_modal("Not accepted")
        assert CLOSED in notice.text
        await notice.close()
        assert (await form.submit()).kind is OutcomeKind.PUSHED
        notice = await ana.wait_modal("Not accepted")
        assert CLOSED in notice.text


async def test_sigterm_ends_a_bot_that_waits(on_postgres: Installation, server: Server) -> None:
    await crash(server)
    async with on_postgres.starting() as bot:
        await bot.wait_faults(DATABASE_AWAY)
        output = await ended(bot)
    assert outages(output) == ["began"]


async def test_the_start_waits_for_a_locked_file(installed: Installation) -> None:
    file = installed.folder / "campaign-bot.sqlite"
    open_database(f"sqlite:///{file}").dispose()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with installed.starting() as bot:
            await bot.wait_faults(DATABASE_AWAY)
            other.execute("ROLLBACK")
            await bot.wait_ready()
            output = await ended(bot)
    assert outages(output) == ["began", "over"]


async def test_the_start_ends_if_waiting_cannot_help(installed: Installation) -> None:
    (installed.folder / "letter.txt").write_text("Dear reader, " * 100)
    finished = await installed.command("run", DATABASE_URL="sqlite:///letter.txt", PORT="0")
    assert finished.status == 1
    assert "is not a SQLite database: name another file" in finished.output
    assert "Traceback" not in finished.output


@pytest.mark.parametrize(
    "fault",
    [
        "reset",
        *(pytest.param(each, marks=pytest.mark.drill) for each in ("http_500", "fatal_error")),
    ],
)
async def test_the_start_waits_for_slack(installed: Installation, fault: str) -> None:
    ana = installed.slack.person("Ana Lopez")
    installed.slack.faults.add("auth.test", fault, times=None)
    async with installed.starting() as bot:
        await bot.wait_faults(SLACK_AWAY)
        installed.slack.deliver_to(f"{bot.url}/slack/events")
        await refused(ana, "Early")
        installed.slack.faults.call_off("auth.test", fault)
        await bot.wait_ready()
        output = await ended(bot)
    assert outages(output, "Slack") == ["began", "over"]
    assert outages(output) == []


async def test_a_refused_token_ends_the_start(installed: Installation) -> None:
    finished = await installed.command("run", SLACK_BOT_TOKEN="xoxb-wrong", PORT="0")
    assert finished.status == 1
    assert "Slack: invalid_auth. Run `campaign-bot check` for details." in finished.output
    assert "Traceback" not in finished.output


@pytest.mark.drill
async def test_the_start_waits_as_long_as_slack_asks(installed: Installation) -> None:
    installed.slack.faults.add("auth.test", "ratelimited", times=None, seconds=60)
    async with installed.starting() as bot:
        await bot.wait_faults(SLACK_AWAY)
        await asyncio.sleep(2 * PAUSE_SECONDS)
        assert installed.slack.count("auth.test") == 1
        output = await ended(bot)
    assert outages(output, "Slack") == ["began"]
