"""Approvals as they are kept: of several changes at once, exactly one is first.

Each change is one transaction of the only writer, which reads how the approval stands before it
lets the rules decide. By the same transaction it stands in the audit. The clock is the caller's.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, insert, select, update

from bot.campaigns.approval import Approval, ApprovalState, Decision, Outcome
from bot.records import audit
from bot.records.database import one_writer
from bot.records.tables import approvals
from bot.records.writing import Write

Change = Callable[[Approval], Decision]


class Approvals:
    """The approvals, one for a submission at most, on their owner's way to write.

    `bot.campaigns.approval` says what each change needs. What the clock did is, in the audit, an
    act of the person who asked.
    """

    def __init__(self, write: Write) -> None:
        self._write = write

    async def ask(self, asked: Approval) -> Decision:
        """Ask for approval; or anew, after an edit, with another digest under the same key."""
        return await self._write(partial(_ask, asked))

    async def approve(
        self, key: str, digest: str, *, by: str, now: datetime, hold: timedelta
    ) -> Decision:
        """Approve what the presser saw."""

        def change(found: Approval) -> Decision:
            return found.approve(digest, by=by, now=now, hold=hold)

        return await self._write(partial(_change, key, change, by, now))

    async def decline(
        self, key: str, digest: str, *, by: str, now: datetime, reason: str
    ) -> Decision:
        """Decline what the presser saw."""

        def change(found: Approval) -> Decision:
            return found.decline(digest, by=by, now=now, reason=reason)

        return await self._write(partial(_change, key, change, by, now))

    async def withdraw(self, key: str, *, by: str, now: datetime) -> Decision:
        """Take back what one asked for."""
        change = partial(Approval.withdraw, by=by, now=now)
        return await self._write(partial(_change, key, change, by, now))

    async def cancel(self, key: str, *, by: str, now: datetime) -> Decision:
        """End a hold."""
        change = partial(Approval.cancel, by=by, now=now)
        return await self._write(partial(_change, key, change, by, now))

    async def expire(self, now: datetime) -> list[str]:
        """End what nobody answered in time; its keys, each given to one caller alone."""
        change = partial(Approval.expire, now=now)
        return await self._write(partial(_sweep, ApprovalState.WAITING, change, now))

    async def release(self, now: datetime) -> list[str]:
        """End the holds whose time is over; their keys, each given to one caller alone."""
        change = partial(Approval.release, now=now)
        return await self._write(partial(_sweep, ApprovalState.HELD, change, now))

    async def due_reminders(self, now: datetime) -> list[str]:
        """The keys of what has waited for long, each given once, to one caller alone."""
        change = partial(Approval.remind, now=now)
        return await self._write(partial(_sweep, ApprovalState.WAITING, change, now))

    async def get(self, key: str) -> Approval | None:
        """The approval of a submission; None if none was asked for."""
        return await self._write(partial(_get, key))

    async def waiting(self) -> list[Approval]:
        """Those that nobody has answered, what was asked first first."""
        return await self._write(partial(_in_order, ApprovalState.WAITING))

    async def remember_card(self, key: str, channel: str, ts: str) -> None:
        """Keep where the card stands that asks."""
        await self._write(partial(_remember_card, key, channel, ts))


def _get(key: str, db: Connection) -> Approval | None:
    row = db.execute(select(approvals).where(approvals.c.key == key)).mappings().first()
    return Approval(**row) if row else None


def _ask(asked: Approval, db: Connection) -> Decision:
    one_writer(db)
    earlier = _get(asked.key, db)
    if earlier:
        decision = earlier.ask_again(asked)
    else:
        decision = Decision(outcome=Outcome.DONE, approval=asked)
        db.execute(insert(approvals).values(asked.model_dump()))
    _keep(decision, asked.asked_by, asked.asked_at, db)
    return decision


def _change(key: str, change: Change, by: str, now: datetime, db: Connection) -> Decision:
    one_writer(db)
    found = _get(key, db)
    if found is None:
        return Decision(outcome=Outcome.NOT_ASKED, approval=None)
    decision = change(found)
    _keep(decision, by, now, db)
    return decision


def _sweep(state: ApprovalState, change: Change, now: datetime, db: Connection) -> list[str]:
    """Change all in a state that the rules let change; their keys, asked first given first."""
    one_writer(db)
    found = _in_order(state, db)
    return [each.key for each in found if _keep(change(each), each.asked_by, now, db)]


def _in_order(state: ApprovalState, db: Connection) -> list[Approval]:
    """All in a state, asked first given first."""
    query = select(approvals).where(approvals.c.state == state).order_by(approvals.c.asked_at)
    return [Approval(**row) for row in db.execute(query).mappings().all()]


def _remember_card(key: str, channel: str, ts: str, db: Connection) -> None:
    # Alone, or a change that read the row before would write the older card back.
    one_writer(db)
    card = update(approvals).where(approvals.c.key == key)
    db.execute(card.values(card_channel=channel, card_ts=ts))


def _keep(decision: Decision, by: str, now: datetime, db: Connection) -> bool:
    """Write what was decided, and its audit entry; False if nothing was."""
    if decision.approval is None or decision.outcome is not Outcome.DONE:
        return False
    row = decision.approval.model_dump()
    db.execute(update(approvals).where(approvals.c.key == decision.approval.key).values(row))
    audit.add(_entry(decision.approval, by, now), db)
    return True


def _entry(approval: Approval, by: str, now: datetime) -> audit.AuditEntry:
    """The event of a state: once for each time it was asked, so that reminders add none."""
    asked_at = approval.asked_at.astimezone(UTC).isoformat()
    return audit.AuditEntry(
        at=now,
        actor=by,
        action=approval.action,
        submission=approval.key,
        reference=audit.reference_of(approval.key),
        event=approval.state,
        discriminator=f"{asked_at} {approval.digest}",
        channel=approval.card_channel,
        after={"digest": approval.digest},
        outcome=approval.model_dump(mode="json", include={"decided_by", "reason", "release_at"}),
    )
