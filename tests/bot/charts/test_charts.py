"""Charts are drawn in a process of their own, which gets none of the bot's secrets."""

import asyncio
import os
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import bot.charts
from blocks.results import ShownResults, chart
from bot.campaigns.refs import CampaignRef
from bot.charts import Charts, NotDrawn
from tests.blocks.samples import COUNTS

SPECIFICATION = chart(ShownResults(CampaignRef(id="cd-1", name="Renewals — июнь"), COUNTS))


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A function that replaces the program that draws."""
    file = tmp_path / "drawing.py"
    monkeypatch.setattr(bot.charts, "_DRAWING", file)

    def replace(code: str) -> None:
        file.write_text(code)

    return replace


async def test_a_specification_becomes_a_picture() -> None:
    picture = await Charts().draw(SPECIFICATION)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    assert (width > 800, height > 400) == (True, True)
    assert "vl_convert" not in sys.modules


@pytest.mark.parametrize(
    "code",
    ["raise SystemExit(3)", "print('no picture')", "", "import sys; sys.stdout.close()"],
)
async def test_a_library_that_fails_is_a_known_error(
    program: Callable[[str], None], code: str
) -> None:
    program(code)
    with pytest.raises(NotDrawn, match="exit_"):
        await Charts().draw(SPECIFICATION)


async def test_a_picture_that_takes_too_long_is_given_up_and_its_process_ended(
    program: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bot.charts, "SECONDS", 0.5)
    done = str(tmp_path / "done")
    program(f"import time; time.sleep(2); open({done!r}, 'w').close()")
    with pytest.raises(NotDrawn, match="timed_out"):
        await Charts().draw(SPECIFICATION)
    await asyncio.sleep(2)
    assert not await asyncio.to_thread(os.path.exists, done)


async def test_the_program_gets_no_secrets(
    program: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    seen = tmp_path / "seen"
    program(f"import os; open({str(seen)!r}, 'w').write(repr(dict(os.environ)))")
    with pytest.raises(NotDrawn):
        await Charts().draw(SPECIFICATION)
    told = await asyncio.to_thread(seen.read_text)
    assert "PATH" in told
    assert "xoxb" not in told


async def test_one_chart_is_drawn_at_a_time(program: Callable[[str], None], tmp_path: Path) -> None:
    busy = tmp_path / "busy"
    program(
        f"import os, time; os.mkdir({str(busy)!r}); time.sleep(.2); os.rmdir({str(busy)!r})\n"
        "import sys; sys.stdout.buffer.write(bytes.fromhex('89504e470d0a1a0a'))"
    )
    charts = Charts()
    pictures = await asyncio.gather(*(charts.draw(SPECIFICATION) for _ in range(3)))
    assert len(pictures) == 3
