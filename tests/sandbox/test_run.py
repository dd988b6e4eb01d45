"""The sandbox as a process: how it starts, who can reach it, how it ends."""

import asyncio
import contextlib
import signal
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from sandbox.server import listen
from tests.sandbox.page.whole import ROOT, Ended, Whole, start, whole_sandbox


def hears(host: str, url: str) -> bool:
    """Return whether a process listens at this address and the URL's port."""
    try:
        socket.create_connection((host, urlsplit(url).port or 0), timeout=5).close()
    except OSError:
        return False
    return True


def test_hears_finds_out_whether_a_process_listens() -> None:
    with contextlib.closing(listen()) as bound:
        bound.listen()
        port = bound.getsockname()[1]
        assert hears("127.0.0.1", f"http://127.0.0.1:{port}")
    assert not hears("127.0.0.1", f"http://127.0.0.1:{port}")


def faults(err: str) -> list[str]:
    """Return what was written besides how far a slow start is."""
    return [each for each in err.splitlines() if not each.startswith("The bot ")]


async def test_ctrl_c_ends_everything_and_leaves_no_files(tmp_path: Path) -> None:
    async with whole_sandbox(tmp_path) as whole:
        async with httpx.AsyncClient(base_url=whole.url) as client:
            page = await client.get("/")
        assert page.status_code == 200
        assert "<title>#campaigns · Ana Lopez · Sandbox</title>" in page.text
        # All addresses in 127.0.0.0/8 are this computer's, but the page uses only one.
        assert hears("127.0.0.1", whole.url)
        assert not hears("127.0.0.2", whole.url)
        assert [each.partition("-bot-")[0] for each in whole.folders] == ["campaign"]
        whole.interrupt()
        ended = await whole.ended()
        assert not hears("127.0.0.1", whole.url)
    assert ended.status == 0
    assert ended.out.splitlines() == [
        "Slack and Kore.ai are pretended: nobody is called, nothing leaves this machine.",
        "Press Ctrl-C to stop; everything made here is then forgotten.",
    ]
    assert faults(ended.err) == []
    assert whole.folders == []


@pytest.fixture(scope="module")
async def looked_at(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, list[str]]:
    """The end of a sandbox whose page was open in a browser, and the folders it left."""
    folder = tmp_path_factory.mktemp("looked-at")
    async with whole_sandbox(folder) as whole, httpx.AsyncClient(base_url=whole.url) as client:
        known = (await client.get("/version")).text
        looking = asyncio.create_task(client.get("/version", params={"known": known}, timeout=60))
        await client.get("/")
        whole.process.terminate()
        ended = await whole.ended()
        await asyncio.gather(looking, return_exceptions=True)
    return ended, whole.folders


@pytest.mark.drill
def test_sigterm_ends_the_sandbox_while_its_page_is_open(
    looked_at: tuple[Ended, list[str]],
) -> None:
    ended, folders = looked_at
    assert ended.status == 0
    assert folders == []


@pytest.mark.drill
def test_the_sandbox_ends_without_errors_while_its_page_is_open(
    looked_at: tuple[Ended, list[str]],
) -> None:
    ended, _ = looked_at
    assert faults(ended.err) == []


@pytest.mark.drill
async def test_the_bot_ends_when_its_sandbox_is_killed(tmp_path: Path) -> None:
    async with whole_sandbox(tmp_path) as whole:
        whole.process.kill()
        ended = await whole.ended()
    assert ended.status == -signal.SIGKILL
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.drill
async def test_a_sandbox_ended_during_its_start_leaves_nothing(
    tmp_path: Path, number: signal.Signals
) -> None:
    process = await start(tmp_path, "--port", "0")
    whole = Whole(process, tmp_path, "")
    async with asyncio.timeout(30):
        while not whole.settings:  # noqa: ASYNC110 # no event for new files
            await asyncio.sleep(0.005)
    process.send_signal(number)
    ended = await whole.ended()
    assert "Traceback" not in ended.err
    if number is signal.SIGTERM:
        assert whole.folders == []


async def test_the_account_may_begin_with_invented_campaigns(tmp_path: Path) -> None:
    async with whole_sandbox(tmp_path, "--campaigns", "1234") as whole:
        async with httpx.AsyncClient(base_url=whole.url) as client:
            page = await client.get("/", params={"panel": "kore"})
        assert "The 100 that were changed last, of 1,234." in page.text


async def test_a_port_in_use_is_reported_in_a_sentence(tmp_path: Path) -> None:
    with contextlib.closing(listen()) as bound:
        bound.listen()
        port = bound.getsockname()[1]
        ended = await Whole(await start(tmp_path, "--port", str(port)), tmp_path, "").ended()
    assert ended.status == 1
    assert ended.err == f"Port {port} cannot be used: Address already in use. Choose another.\n"
    assert ended.out == ""


def test_a_port_is_in_use_before_the_sandbox_serves_it() -> None:
    with contextlib.closing(listen()) as first, pytest.raises(OSError, match="in use"):
        listen(first.getsockname()[1]).close()


@pytest.mark.drill
async def test_the_bot_of_an_operator_imports_nothing_of_the_sandbox() -> None:
    loaded = "print([each for each in sys.modules if each.split('.')[0] in FOREIGN])"
    program = "import sys, bot.__main__, bot.app, bot.audit, bot.check, bot.serve"
    foreign = "FOREIGN = {'sandbox', 'time_machine', 'jinja2'}"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", f"{program}\n{foreign}\n{loaded}"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    assert out.decode() == "[]\n"
