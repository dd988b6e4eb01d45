"""How the sandbox starts and ends the bot's process."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.environments import KoreVariables
from bot.settings import CONFIG, Settings
from sandbox.bot import running_bot

# Replaces the bot: saves its variables and arguments, and answers requests with its time.
PROBE = """
import http.server, json, os, sys, time
from pathlib import Path

Path("given.json").write_text(json.dumps({"env": dict(os.environ), "arguments": sys.argv[1:]}))

class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(time.time()).encode())

    def log_message(self, *_):
        pass

http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Health).serve_forever()
"""
# Only the settings of the log may come from a real installation.
HARMLESS = {"LOG_LEVEL", "LOG_FORMAT"}


def put(folder: Path, program: str) -> None:
    """Put a program where Python finds it instead of the bot."""
    (folder / "bot").mkdir()
    (folder / "bot" / "__init__.py").touch()
    (folder / "bot" / "__main__.py").write_text(program)


def variables() -> set[str]:
    """Return every variable that an operator can set."""
    kore = {f"KORE_{name}".upper() for name in KoreVariables.model_fields}
    own = {name.upper() for name in Settings.model_fields} - {"ENVIRONMENTS"}
    return {*kore, *own, CONFIG, "CAMPAIGN_BOT_PRODUCTION_SECRET"}


async def given_to_bot(folder: Path, env: Mapping[str, str]) -> dict[str, Any]:
    put(folder, PROBE)
    async with running_bot(folder, env):
        pass
    given: dict[str, Any] = json.loads((folder / "given.json").read_text())
    return given


async def test_no_variable_of_a_real_installation_reaches_the_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in variables():
        monkeypatch.setenv(name, "real")
    given = await given_to_bot(tmp_path, {"SLACK_BOT_TOKEN": "xoxb-made-up", "LOG_LEVEL": "ERROR"})
    assert given["arguments"] == ["run"]
    env = given["env"]
    assert {name for name, value in env.items() if value == "real"} <= HARMLESS
    assert (env["SLACK_BOT_TOKEN"], env["LOG_LEVEL"]) == ("xoxb-made-up", "ERROR")
    assert env["PORT"].isdecimal()


async def test_variables_of_the_system_reach_the_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    env = (await given_to_bot(tmp_path, {}))["env"]
    assert env["LC_ALL"] == "C"
    assert env["PATH"] != ""


async def test_the_bot_runs_during_the_block_and_has_ended_after_it(tmp_path: Path) -> None:
    put(tmp_path, PROBE)
    async with running_bot(tmp_path, {}) as bot, httpx.AsyncClient(base_url=bot.url) as client:
        assert (await client.get("/healthz")).status_code == 200
        assert bot.url.startswith("http://127.0.0.1:")
    async with httpx.AsyncClient(base_url=bot.url) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("/healthz")


async def test_the_bot_is_ended_after_a_block_that_fails(tmp_path: Path) -> None:
    put(tmp_path, PROBE)
    with pytest.raises(ZeroDivisionError):
        async with running_bot(tmp_path, {}) as bot:
            raise ZeroDivisionError
    assert bot.process.returncode is not None


async def test_a_bot_that_ignores_sigterm_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.bot.STOP_SECONDS", 0.05)
    put(tmp_path, f"import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n{PROBE}")
    async with running_bot(tmp_path, {}) as bot:
        pass
    async with asyncio.timeout(10):
        await bot.process.wait()
    assert bot.process.returncode == -9


async def test_a_bot_that_ends_during_its_start_says_why(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match=r"ended before it began; its last lines above say why"):
        async with running_bot(tmp_path, {"SLACK_BOT_TOKEN": "oops"}):
            pytest.fail("it did not begin")
    told = capfd.readouterr().err
    assert "SLACK_BOT_TOKEN: must begin with xoxb-" in told
    assert "Traceback" not in told


async def test_a_slow_start_is_waited_for_and_the_screen_says_what_the_bot_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sandbox.bot.TELL_SECONDS", 0.2)
    put(tmp_path, f"import time\ntime.sleep(1)\n{PROBE}")
    async with running_bot(tmp_path, {}) as bot:
        assert bot.process.returncode is None
    assert "The bot loads its libraries" in capfd.readouterr().err


async def test_a_start_can_be_stopped(tmp_path: Path) -> None:
    put(tmp_path, "import signal\nsignal.pause()\n")

    async def start() -> None:
        async with running_bot(tmp_path, {}):
            pytest.fail("it did not begin")

    starting = asyncio.create_task(start())
    await asyncio.sleep(0.5)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting


async def test_the_bots_clock_is_set_when_forward_returns(tmp_path: Path) -> None:
    put(tmp_path, PROBE)
    async with running_bot(tmp_path, {}) as bot, httpx.AsyncClient(base_url=bot.url) as client:
        times = [float((await client.get("/")).text)]
        for hours in (1, 24 * 7):
            await bot.forward(3600 * hours)
            times.append(float((await client.get("/")).text))
    assert [round((now - times[0]) / 3600) for now in times] == [0, 1, 169]


async def test_setting_the_clock_of_an_ended_bot_does_nothing(tmp_path: Path) -> None:
    put(tmp_path, PROBE)
    async with running_bot(tmp_path, {}) as bot, asyncio.timeout(10):
        bot.process.kill()
        await bot.process.wait()
        await bot.forward(3600)
