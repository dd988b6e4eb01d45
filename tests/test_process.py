"""The bot as a process: starting, stopping in the middle, starting twice, `check`."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from sandbox.kore import Operation
from sandbox.slack import OutcomeKind, Person
from tests.filling import fill_in
from tests.flows.voice_runs import completed_run
from tests.process import Installation, installation
from tests.reviewing import confirm_review
from tests.world import SECRETS

ANSWERS: dict[str, str | list[str]] = {
    "Description": "Everybody",
    "Message": "Hello",
    "Contact lists": ["Spring leads"],
    "Caller ID": "+1 202-555-0100",
}


@pytest.fixture
async def installed(tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(tmp_path) as made:
        yield made


async def submit_sms(person: Person, name: str) -> None:
    await person.command(f"/campaign sms {name}")
    form = await person.wait_modal("New SMS campaign")
    await fill_in(form, ANSWERS)
    assert (await form.submit()).kind is OutcomeKind.PUSHED
    await confirm_review(person)


async def test_a_submission_interrupted_by_a_stop_goes_on_after_a_restart(
    installed: Installation,
) -> None:
    person = installed.slack.person("Ana Lopez")
    async with installed.running() as bot:
        installed.kore.latency_seconds = 0.5
        await submit_sms(person, "Kept")
        await asyncio.sleep(0.1)
        bot.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            output = await bot.end()
    assert bot.process.returncode == 0, output
    assert "Traceback" not in output
    installed.kore.latency_seconds = 0.0
    async with installed.running():
        card = await person.wait_message(containing="Kept", within=20)
    assert [each.name for each in installed.kore.state.campaigns.values()] == ["Kept"]
    assert len(person.messages()) == 1
    assert "Ready" in card.words


async def test_results_that_were_being_read_are_read_again_after_a_crash(
    installed: Installation,
) -> None:
    person, state = installed.slack.person("Ana Lopez"), installed.kore.state
    completed_run(state, "Renewals")
    async with installed.running() as bot:
        await person.command("/campaign status Renewals")
        card = await person.wait_message(containing="Renewals")
        installed.kore.latency_seconds = 0.5
        await person.click(card, "Results")
        async with asyncio.timeout(20):
            while Operation.RESULTS not in {  # noqa: ASYNC110 # the bot asks meanwhile
                each.operation for each in installed.kore.requests
            }:
                await asyncio.sleep(0.01)
        bot.process.kill()
    installed.kore.latency_seconds = 0.0
    assert card.replies == []
    async with installed.running():
        await person.wait_reply(card, containing="230 contacts")
        await person.wait_file("results-")
    assert [len(each.files) for each in card.replies] == [0, 1]


async def test_a_second_process_on_the_same_file_is_refused(installed: Installation) -> None:
    async with installed.running():
        second = await installed.command("run", PORT="0")
    assert second.status == 1
    assert "another campaign-bot works on campaign-bot.sqlite: stop it first" in second.output
    assert "Traceback" not in second.output


async def test_health_and_readiness(installed: Installation) -> None:
    async with installed.running() as bot, httpx.AsyncClient(base_url=bot.url) as client:
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        ready = await client.get("/readyz")
        assert (ready.status_code, ready.json()) == (200, {"faults": []})
        assert (await client.post("/slack/events", content="text=")).status_code == 401


async def test_socket_mode_when_an_app_token_is_set(installed: Installation) -> None:
    token = SECRETS["SLACK_APP_TOKEN"]
    async with installed.running(SLACK_APP_TOKEN=token, SLACK_SIGNING_SECRET=None):
        person = installed.slack.person("Ana Lopez")
        assert installed.slack.sockets.connections == 2
        installed.slack.sockets.used = True
        await submit_sms(person, "By socket")
        await person.wait_message(containing="By socket")


async def test_all_settings_faults_are_reported_together(installed: Installation) -> None:
    ended = await installed.command(
        *("run",), SLACK_BOT_TOKEN="oops-secret", KORE_HOST=None, KORE_CLIENT_ID=None, PORT="many"
    )
    assert ended.status == 1
    for name in ("SLACK_BOT_TOKEN", "KORE_HOST", "KORE_CLIENT_ID", "PORT"):
        assert f"{name}: " in ended.output
    assert "oops-secret" not in ended.output
    assert "Traceback" not in ended.output


async def test_check_succeeds(installed: Installation) -> None:
    ended = await installed.command("check")
    assert ended.status == 0, ended.output
    assert "Kore.ai: answers; 3 contact lists are visible" in ended.output


@pytest.mark.parametrize(
    ("changes", "found", "remedy"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack: invalid_auth", "Copy the tokens again"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "cannot be reached", "SLACK_API_URL"),
        ({"KORE_CLIENT_SECRET": "wrong" * 8}, "Kore.ai: ", "KORE_CLIENT_SECRET"),
        ({"KORE_HOST": "http://127.0.0.1:9"}, "Unreachable", "KORE_HOST"),
    ],
)
async def test_check_reports_each_fault_with_its_remedy(
    installed: Installation, changes: dict[str, str], found: str, remedy: str
) -> None:
    ended = await installed.command("check", **changes)
    assert ended.status == 1
    assert found in ended.output
    assert remedy in ended.output
    assert not any(secret in ended.output for secret in SECRETS.values())


async def test_check_names_missing_scopes(installed: Installation) -> None:
    installed.slack.scopes.discard("users:read")
    ended = await installed.command("check")
    assert ended.status == 1
    assert "Slack scopes: missing: users:read" in ended.output
    assert "manifest.yml" in ended.output
