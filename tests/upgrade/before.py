"""A database as the version before typed commands left it: each action in each state.

`revision_0008.json` has rows that this version wrote, with one submission of each action. The
others differ from them in their state, their key and, where a campaign is created, its name.
"""

import json
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine

Row = dict[str, Any]

REVISION = "0008"
STATES = ("accepted", "sending", "done", "posting", "posted", "failed", "unknown")
WAITING = "waiting"
_ROWS: dict[str, Any] = json.loads((Path(__file__).parent / "revision_0008.json").read_text())
SCHEDULED: Row = _ROWS["campaigns"][0]
_MOMENTS = frozenset(
    {"accepted_at", "made_at", "seen_at", "asked_at", "expires_at", "remind_at", "decided_at"}
)


def make(url: str) -> None:
    """Make the database at `url`, empty until now, as it was then."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as db:
        config = Config()
        config.set_main_option("script_location", "bot.records:migrations")
        config.attributes["connection"] = db
        command.upgrade(config, REVISION)
        for table, rows in tables().items():
            _insert(db, table, rows)
    engine.dispose()


def tables() -> dict[str, list[Row]]:
    """All rows, by table."""
    waiting = [_in_state(row, WAITING) for row in _ROWS["submissions"] if row["review"]]
    kept = [_in_state(row, state) for row in _ROWS["submissions"] for state in STATES]
    return {
        "submissions": [*kept, *waiting, *_tried_again()],
        "approvals": [_approved(row) for row in waiting],
        "drafts": [_ROWS["draft"], _note()],
        "campaigns": _ROWS["campaigns"],
    }


def _in_state(row: Row, state: str) -> Row:
    """The submission, as if it had come so far and no further."""
    changed = deepcopy(row) | {"key": f"{row['key']}-{state}", "state": state}
    if row["action"] == "create":
        name = f"{row['payload']['campaign']['name']} {state}"
        changed["payload"]["campaign"]["name"] = name
    changed["digest"] = _digest(changed) if row["review"] else None
    match state:
        case "failed" | "unknown":
            certain = state == "failed"
            changed["outcome"] = {"reason": "refused", "certain": certain, "sentence": "No"}
        case "accepted" | "sending" | "waiting":
            changed["outcome"] = None
    return changed


def _tried_again() -> list[Row]:
    """A creation whose outcome was unknown, looked for and then created again."""
    first = _in_state(_ROWS["submissions"][0], "accepted") | {"review": None, "digest": None}
    ways = {"look": "V-create_sms-unknown:0:12.34.ab", "create": "V-create_sms-unknown:2:now"}
    rows = []
    for mode, key in ways.items():
        row = deepcopy(first) | {"key": key}
        row["payload"]["again"] = mode
        row["payload"]["campaign"]["name"] = f"Old again {mode}"
        rows.append(row)
    return rows


def _approved(row: Row) -> Row:
    """An approval that nobody has followed yet."""
    return _ROWS["approval"] | {
        "key": row["key"],
        "action": row["action"],
        "digest": row["digest"],
        "state": "approved",
    }


def _note() -> Row:
    """A form that was filled in and not submitted."""
    note = deepcopy(_ROWS["draft"]) | {"key": "V-note", "view": ""}
    unasked = {"key": "V-note", "payload": {}, "review": None, "digest": None, "environment": None}
    note["draft"] |= {"view": "", "submission": note["draft"]["submission"] | unasked}
    return note


def _digest(row: Row) -> str:
    """What bound a payload to its review then, and binds a command today."""
    bound = {
        "action": row["action"],
        "environment": row["environment"],
        "payload": row["payload"],
    }
    text = json.dumps(bound, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _insert(db: Connection, table: str, rows: list[Row]) -> None:
    columns = {name for row in rows for name in row}
    kinds = {name: _kind(name, rows) for name in columns}
    target = sa.table(table, *(sa.column(name, kind) for name, kind in kinds.items()))
    db.execute(sa.insert(target), [_typed(row) for row in rows])


def _kind(name: str, rows: list[Row]) -> sa.types.TypeEngine[Any]:
    if name in _MOMENTS:
        return sa.DateTime(timezone=True)
    nested = any(isinstance(row[name], dict) for row in rows)
    return sa.JSON(none_as_null=True) if nested else sa.String()


def _typed(row: Row) -> Row:
    moments = {n: sa.func.now() for n in ()}  # placeholder
    return row | moments
