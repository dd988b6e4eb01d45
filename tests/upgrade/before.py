"""Build a database of the version before typed commands, with each action in each state.

`revision_0008.json` has rows that this version wrote, with one submission of each action. The
other rows are copies with another state, key, campaign and name.
"""

import json
from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

Row = dict[str, Any]

REVISION = "0008"
STATES = ("accepted", "sending", "done", "posting", "posted", "failed", "unknown")
WAITING = "waiting"
_ROWS: dict[str, Any] = json.loads((Path(__file__).parent / "revision_0008.json").read_text())
_CAMPAIGN: str = _ROWS["campaigns"][0]["id"]


def make(db: Connection, ids: Mapping[str, str]) -> None:
    """Fill the empty database `db`. `ids` maps each ID in the rows to the real one."""
    config = Config()
    config.set_main_option("script_location", "bot.records:migrations")
    config.attributes["connection"] = db
    command.upgrade(config, REVISION)
    for table, rows in tables().items():
        text = json.dumps(rows)
        for written, real in ids.items():
            text = text.replace(written, real)
        _insert(db, table, json.loads(text))


def tables() -> dict[str, list[Row]]:
    """Return all rows by table."""
    waiting = [_in_state(row, WAITING) for row in _ROWS["submissions"] if row["review"]]
    kept = [_in_state(row, state) for row in _ROWS["submissions"] for state in STATES]
    return {
        "submissions": [*kept, *waiting, *_tried_again()],
        "approvals": [_approved(row) for row in waiting],
        "drafts": [_ROWS["draft"], _note()],
        "campaigns": _ROWS["campaigns"],
    }


def target(action: str, state: str) -> tuple[str, str]:
    """Return the ID and name of a submission's campaign; each submission has its own."""
    return f"cd-{uuid5(NAMESPACE_OID, action + state)}", f"Old campaign {action} {state}"


def _in_state(row: Row, state: str) -> Row:
    """Return the submission as it would be in this state."""
    key = f"{row['key']}-{state}"
    campaign, name = target(row["key"].removeprefix("V-"), state)
    text = json.dumps(row).replace(_CAMPAIGN, campaign).replace("Old campaign", name)
    changed: Row = json.loads(text.replace("Old calls", name))
    changed |= {"key": key, "state": state}
    changed["digest"] = _digest(changed) if row["review"] else None
    match state:
        case "failed" | "unknown":
            certain = state == "failed"
            changed["outcome"] = {"reason": "refused", "certain": certain, "sentence": "No"}
        case "accepted" | "sending" | "waiting":
            changed["outcome"] = None
    return changed


def _tried_again() -> list[Row]:
    """Return the two retries of a creation with an unknown outcome: check again, create now."""
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
    """Return a given approval that the bot has not acted on yet."""
    approval: Row = _ROWS["approval"]
    return approval | {
        "key": row["key"],
        "action": row["action"],
        "digest": row["digest"],
        "state": "approved",
    }


def _note() -> Row:
    """Return a form that was filled in but not submitted."""
    note: Row = deepcopy(_ROWS["draft"]) | {"key": "V-note", "view": ""}
    unasked: Row = {
        "key": "V-note",
        "payload": {},
        "review": None,
        "digest": None,
        "environment": None,
    }
    note["draft"] |= {"view": "", "submission": note["draft"]["submission"] | unasked}
    return note


def _digest(row: Row) -> str:
    """Return the digest that bound a payload to its review then, and binds a command today."""
    bound = {
        "action": row["action"],
        "environment": row["environment"],
        "payload": row["payload"],
    }
    text = json.dumps(bound, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _insert(db: Connection, table: str, rows: list[Row]) -> None:
    target = sa.Table(table, sa.MetaData(), autoload_with=db)
    moments = {each.name for each in target.columns if isinstance(each.type, sa.DateTime)}
    db.execute(sa.insert(target), [_typed(row, moments) for row in rows])


def _typed(row: Row, moments: set[str]) -> Row:
    read = {name: datetime.fromisoformat(row[name]) for name in moments if row.get(name)}
    return row | read
