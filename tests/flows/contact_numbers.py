"""Looks for phone numbers of contacts where none may be."""

import base64
import contextlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bot.records.database import engine_file, sqlite_file
from tests.flows.logged import Log
from tests.world import World

# Senders have lower ones: of the caller IDs in `tests`, none is above 0149.
NUMBER = re.compile(r"1?[ -]?202[ -]?555[ -]?01[5-9]\d")


def numbers_in(world: World, log: Log) -> list[str]:
    """Return where a contact's phone number is: in the log, a message, a call or a database."""
    posts = [post for room in world.slack.workspace.channels.values() for post in room.posts]
    told = [f"{post.text} {post.blocks} {[each.alt_text for each in post.files]}" for post in posts]
    calls = [f"{call.arguments} {call.answer}" for call in world.slack.calls]
    rows = list(stored(world))
    assert any("carry_out" in row for row in rows)
    places = {"log": [log.text], "message": told, "call": calls, "database": rows}
    return [place for place, texts in places.items() if any(map(found_in, texts))]


def found_in(said: str) -> bool:
    """Return whether a text has a contact's number; that of a sender is none."""
    return bool(NUMBER.search(said))


def stored(world: World) -> Iterator[str]:
    """Yield every row of the bot's database and of the durable engine's, whose values are coded."""
    assert sqlite_file(world.settings.database_url.get_secret_value())
    records = Path(str(world.services.records.engine.url.database))
    for file in (records, engine_file(records)):
        with contextlib.closing(sqlite3.connect(file)) as db:
            tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                for row in db.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 # own table
                    yield " ".join(map(readable, row))


def readable(value: object) -> str:
    """Return a value as text, with what is in it if it is Base64."""
    said = str(value)
    with contextlib.suppress(ValueError):
        said += base64.b64decode(said, validate=True).decode("latin-1")
    return said
