"""Draws charts. The only package with the chart library, which is loaded in a process of its own.

The library takes ninety megabytes and half a second, which the bot's own process never spends.
"""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# Well within one attempt to deliver a message.
SECONDS = 8.0
_DRAWING = Path(__file__).with_name("drawing.py")
_PNG = b"\x89PNG\r\n\x1a\n"
# What a process needs of the environment; the bot's secrets stay here.
_PASSED_ON = frozenset(
    {"HOME", "LANG", "PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR"}
)


class NotDrawn(Exception):
    """The chart was not drawn."""


class Charts:
    """Draws one chart at a time."""

    def __init__(self) -> None:
        self._one = asyncio.Semaphore(1)

    async def draw(self, specification: Mapping[str, Any]) -> bytes:
        """Return the picture of a Vega-Lite specification as PNG.

        Raises:
            NotDrawn: it took too long, or the library failed.
        """
        async with self._one:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, str(_DRAWING)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={name: value for name, value in os.environ.items() if name in _PASSED_ON},
            )
            try:
                return await _picture(process, json.dumps(specification).encode())
            finally:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()


async def _picture(process: asyncio.subprocess.Process, specification: bytes) -> bytes:
    try:
        async with asyncio.timeout(SECONDS):
            picture, _ = await process.communicate(specification)
    except TimeoutError:
        raise NotDrawn("timed_out") from None
    if process.returncode or not picture.startswith(_PNG):
        raise NotDrawn(f"exit_{process.returncode}")
    return picture
