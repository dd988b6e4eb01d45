"""Stores what became of each campaign of a submission that creates several.

Each campaign has two parts, its creation and its schedule. A part has the states of a submission,
and follows the same rules: it is marked before anything is sent, and only by the process that has
begun the submission last.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from math import inf

from sqlalchemy import Connection, select

from bot.campaigns.campaign import Snapshot
from bot.campaigns.campaign_import import CampaignRow, ImportCampaigns, Imported
from bot.campaigns.notifications import AnyNotification
from bot.campaigns.reasons import Failure
from bot.campaigns.values import Frozen
from bot.records import audit, telling
from bot.records.audit import AuditEntry
from bot.records.clock import database_now
from bot.records.database import one_writer
from bot.records.submissions import (
    BEFORE,
    ENDED,
    Done,
    Outcome,
    Overtaken,
    State,
    Submission,
    json_of,
)
from bot.records.tables import campaign_parts, submissions
from bot.records.writing import Look, Write, insert_into, upsert

# The notification that shows the progress.
PROGRESS = ("import",)

_part = campaign_parts.c
_KEYS = ["submission", "number", "part"]


class Part(StrEnum):
    """What is done for a campaign."""

    CREATE = "create"
    SCHEDULE = "schedule"


class PartPlace(Frozen):
    """Which part of which campaign of the submission, counted from 0."""

    number: int
    part: Part


class CampaignPart(Frozen):
    """How far a part is: as in a submission."""

    state: State = State.ACCEPTED
    outcome: Outcome | None = None
    before: Snapshot | None = None


class CampaignParts:
    """The parts of all submissions that create several campaigns. Every call is a transaction."""

    def __init__(self, look: Look, write: Write) -> None:
        """Use these to read from and write to the records; what is written may be news."""
        self._look = look
        self._write = write

    async def all(self, submission: str) -> Mapping[PartPlace, CampaignPart]:
        """Return every part that has begun."""
        return await self._look(partial(_all, submission))

    async def get(self, submission: str, place: PartPlace) -> CampaignPart:
        """Return how far a part is; one that has not begun is accepted."""
        return (await self.all(submission)).get(place, CampaignPart())

    async def keep_before(self, submission: str, place: PartPlace, before: Snapshot) -> None:
        """Store the campaign's snapshot before the part changes it."""
        await self._write(partial(_keep_before, submission, place, before))

    async def mark(
        self,
        asked: Submission,
        place: PartPlace,
        now: CampaignPart,
        *,
        entry: AuditEntry | None,
        tell: Sequence[AnyNotification] = (),
    ) -> None:
        """Set the state and outcome of a part, and let the progress be shown again.

        Raises:
            Overtaken: another process has begun the submission, or has changed the part's state so
                that this one may not follow.
        """
        await self._write(partial(_mark, asked, place, now, entry=entry, tell=tell))

    async def seconds_since_mark(self, submission: str, place: PartPlace) -> float:
        """Return how long ago a part's state was set; infinity if that is not known."""
        return await self._look(partial(_seconds_since_mark, submission, place))


def outcomes(
    command: ImportCampaigns, parts: Mapping[PartPlace, CampaignPart]
) -> tuple[Imported, ...]:
    """Return what became of each campaign with which nothing is left to do, in order."""
    return tuple(
        _imported(row, made, parts.get(PartPlace(number=number, part=Part.SCHEDULE)))
        for number, row in enumerate(command.rows)
        if (made := parts.get(PartPlace(number=number, part=Part.CREATE)))
        and is_over(number, row, parts)
    )


def is_over(number: int, row: CampaignRow, parts: Mapping[PartPlace, CampaignPart]) -> bool:
    """Return whether nothing is left to do for a campaign."""
    made = parts.get(PartPlace(number=number, part=Part.CREATE), CampaignPart())
    planned = parts.get(PartPlace(number=number, part=Part.SCHEDULE), CampaignPart())
    needs_schedule = row.schedule is not None and made.state is State.DONE
    return made.state in ENDED and (not needs_schedule or planned.state in ENDED)


def _imported(row: CampaignRow, made: CampaignPart, planned: CampaignPart | None) -> Imported:
    not_made, not_planned = made.outcome, planned.outcome if planned else None
    wanted = row.schedule is not None and made.state is State.DONE
    return Imported(
        line=row.line,
        name=row.campaign.name,
        campaign=made.outcome.campaign if isinstance(made.outcome, Done) else None,
        failure=not_made if isinstance(not_made, Failure) else None,
        scheduled=planned is not None and planned.state is State.DONE if wanted else None,
        not_scheduled=not_planned if isinstance(not_planned, Failure) else None,
    )


def _all(submission: str, db: Connection) -> Mapping[PartPlace, CampaignPart]:
    found = db.execute(select(campaign_parts).where(_part.submission == submission)).mappings()
    return {
        PartPlace(number=row["number"], part=row["part"]): CampaignPart(
            **{name: row[name] for name in CampaignPart.model_fields}
        )
        for row in found
    }


def _keep_before(submission: str, place: PartPlace, before: Snapshot, db: Connection) -> None:
    kept = {"before": json_of(before)}
    begun = {**_key(submission, place), "state": State.ACCEPTED, **kept}
    # A state that another process has marked meanwhile stays.
    new = insert_into(db, campaign_parts).values(begun)
    db.execute(new.on_conflict_do_update(index_elements=_KEYS, set_=kept))


def _mark(
    asked: Submission,
    place: PartPlace,
    now: CampaignPart,
    db: Connection,
    *,
    entry: AuditEntry | None,
    tell: Sequence[AnyNotification],
) -> None:
    one_writer(db)
    held = (submissions.c.key == asked.key, submissions.c.turn == asked.turn)
    query = select(submissions.c.state).where(*held).with_for_update()
    if db.execute(query).scalar() != State.SENDING:
        raise Overtaken(asked.key)
    if _all(asked.key, db).get(place, CampaignPart()).state not in BEFORE[now.state]:
        raise Overtaken(asked.key)
    values = {"state": now.state, "outcome": json_of(now.outcome), "marked_at": database_now(db)}
    upsert(db, campaign_parts, _key(asked.key, place) | values, _KEYS)
    if entry:
        audit.add(entry, db)
    telling.add(asked.key, tell, db)
    telling.touch(asked.key, PROGRESS, db)


def _seconds_since_mark(submission: str, place: PartPlace, db: Connection) -> float:
    mine = [_part[name] == value for name, value in _key(submission, place).items()]
    marked_at = db.execute(select(_part.marked_at).where(*mine)).scalar()
    return (database_now(db) - marked_at).total_seconds() if marked_at else inf


def _key(submission: str, place: PartPlace) -> dict[str, object]:
    return {"submission": submission, "number": place.number, "part": place.part}
