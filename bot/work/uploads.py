"""How a use case puts a file into Slack, or reads one there, without knowing Slack."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import structlog

from bot.campaigns.contact_results import RowResult

log = structlog.get_logger()
T = TypeVar("T")

# Takes a name and the content. Returns the file's ID, under which it can be shared later; raises
# `NotUploaded`.
Upload = Callable[[str, bytes], Awaitable[str]]
# Takes the ID of a file that a person put into a form, and the person's ID. Returns its content;
# raises `NotDownloaded`, also if somebody else has put the file into Slack.
Download = Callable[[str, str], Awaitable[bytes]]
# Writes the report on the rows of a file of contacts.
Report = Callable[[Sequence[RowResult]], bytes]

# Seconds before each further attempt, while Slack is away: six minutes in all.
PAUSES = (1.0, 5.0, 15.0, 30.0, *(60.0,) * 5)


class NotTransferred(Exception):
    """A file was not transferred; `may_pass` if another attempt may succeed."""

    def __init__(self, reason: str, *, may_pass: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_pass = may_pass


class NotUploaded(NotTransferred):
    """A file was not uploaded."""


class NotDownloaded(NotTransferred):
    """A file was not downloaded."""


async def no_upload(_name: str, _content: bytes) -> str:
    """Refuse every file.

    Raises:
        NotUploaded: always.
    """
    raise NotUploaded("no_uploads", may_pass=False)


async def no_download(_file: str, _person: str) -> bytes:
    """Find no file.

    Raises:
        NotDownloaded: always.
    """
    raise NotDownloaded("no_downloads", may_pass=False)


def no_report(_rows: Sequence[RowResult]) -> bytes:
    """Write an empty report."""
    return b""


@dataclass(frozen=True, slots=True)
class SlackFiles:
    """What a use case can do with files in Slack."""

    upload: Upload = no_upload
    download: Download = no_download
    report: Report = no_report


NO_FILES = SlackFiles()


async def with_patience(transfer: Callable[[], Awaitable[T]]) -> T:
    """Transfer a file, again and again while Slack is away.

    Raises:
        NotTransferred: Slack refused it, or was away for too long.
    """
    for pause in PAUSES:
        try:
            return await transfer()
        except NotTransferred as error:
            if not error.may_pass:
                raise
            log.warning("file.not_transferred", reason=error.reason)
            await asyncio.sleep(pause)
    return await transfer()
