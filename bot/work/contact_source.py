"""Reads the file of a submission that adds contacts: again after each start, and nowhere stored."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from bot.campaigns.contact_files import (
    ContactRow,
    FileReview,
    columns_of,
    contact_rows,
    review_file,
)
from bot.campaigns.csv_files import read_table
from bot.campaigns.list_commands import AddContacts

# Kore.ai takes so many contacts in a call: release note 11.15.0.
CHUNK = 100


@dataclass(frozen=True, slots=True, repr=False)
class ContactSource:
    """The rows of a file, and its good ones in chunks, always divided in the same way."""

    rows: Sequence[ContactRow]
    chunks: Sequence[Sequence[ContactRow]]


def digest_of(data: bytes) -> str:
    """Return the hash that binds a command to a file's content."""
    return sha256(data).hexdigest()


async def reviewed(data: bytes, command: AddContacts) -> FileReview:
    """Return what a review shows of a file. It is read beside the event loop.

    Raises:
        Unreadable: it cannot be read as contacts.
    """
    return await asyncio.to_thread(_reviewed, data, command)


async def source_of(data: bytes, command: AddContacts) -> ContactSource:
    """Return a file's rows. It is read beside the event loop.

    Raises:
        Unreadable: it cannot be read as contacts.
    """
    return await asyncio.to_thread(partial(_source, data, command))


def _reviewed(data: bytes, command: AddContacts) -> FileReview:
    table = read_table(data)
    return review_file(table, columns_of(table, command.columns), command.region)


def _source(data: bytes, command: AddContacts) -> ContactSource:
    table = read_table(data)
    columns = columns_of(table, command.columns)
    rows = [*contact_rows(table, columns, command.region)]
    good = [row for row in rows if row.contact]
    return ContactSource(rows, [good[at : at + CHUNK] for at in range(0, len(good), CHUNK)])
