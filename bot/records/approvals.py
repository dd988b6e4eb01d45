"""Stores approvals and serializes concurrent changes to them.

Each change is one transaction of the only writer. It reads the approval's state, applies the rules,
and writes the result with its audit entry. The caller supplies the time.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, insert, select, update

from bot.campaigns.actions import Action
from bot.campaigns.approval import Approval, ApprovalState, Decision, Outcome
from bot.campaigns.notifications import SHOW_APPROVAL, of_approval
from bot.records import audit, telling
from bot.records.database import one_writer
from bot.records.submissions import Submission
from bot.records.tables import approvals, submissions
from bot.records.writing import Write

Change = Callable[[Approval], Decision]


class Approvals:
    """The approvals, at most one per submission.

    `bot.campaigns.approval` defines the rules of each change. The audit attributes expiry, release
    and reminders to the person who requested the approval.
    """

    def __init__(self, write: Write) -> None:
        self._write = write

    async def ask(self, asked: Approval) -> Decision:
        """Request approval, or again after an edit with a new digest under the same key."""
        return await self._write(partial(_ask, asked))

    async def approve(
        self, key: str, digest: str, *, by: str, now: datetime, hold: timedelta
    ) -> Decision:
        """Approve the content with this digest.

        If it is a schedule, this ends the other requests for a schedule of the same campaign.
        """

        def change(found: Approval) -> Decision:
            return found.approve(digest, by=by, now=now, hold=hold)

        return await self._write(partial(_approve, key, change, by, now))

    async def decline(
        self, key: str, digest: str, *, by: str, now: datetime, reason: str
    ) -> Decision:
        """Decline the content with this digest."""

        def change(found: Approval) -> Decision:
            return found.decline(digest, by=by, now=now, reason=reason)

        return await self._write(partial(_change, key, change, by, now))

    async def withdraw(self, key: str, *, by: str, now: datetime) -> Decision:
        """Withdraw one's own request."""
        change = partial(Approval.withdraw, by=by, now=now)
        return await self._write(partial(_change, key, change, by, now))

    async def give_up(self, key: str, *, by: str, now: datetime) -> Decision:
        """End a request that nobody can see, because its card cannot be posted."""
        change = partial(Approval.give_up, now=now)
        return await self._write(partial(_change, key, change, by, now))

    async def cancel(self, key: str, *, by: str, now: datetime) -> Decision:
        """Cancel the submission during its hold."""
        change = partial(Approval.cancel, by=by, now=now)
        return await self._write(partial(_change, key, change, by, now))

    async def expire(self, now: datetime) -> list[str]:
        """Expire overdue requests. Return their keys, each to one caller only."""
        change = partial(Approval.expire, now=now)
        return await self._write(partial(_sweep, ApprovalState.WAITING, change, now))

    async def release(self, now: datetime) -> list[str]:
        """Release holds that are over. Return their keys, each to one caller only."""
        change = partial(Approval.release, now=now)
        return await self._write(partial(_sweep, ApprovalState.HELD, change, now))

    async def remind(self, now: datetime) -> list[str]:
        """Remind the approvers of requests that wait for long. Return their keys."""
        change = partial(Approval.remind, now=now)
        return await self._write(partial(_sweep, ApprovalState.WAITING, change, now))

    async def get(self, key: str) -> Approval | None:
        """Return the approval of a submission; None if none was requested."""
        return await self._write(partial(_get, key))

    async def waiting(self) -> list[Approval]:
        """Return the approvals that wait for a decision, oldest first."""
        return await self._write(partial(_in_order, ApprovalState.WAITING))


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


def _approve(key: str, change: Change, by: str, now: datetime, db: Connection) -> Decision:
    decision = _change(key, change, by, now, db)
    if decision.outcome is Outcome.DONE:
        for rival in _rivals(key, db):
            _keep(rival.replace(by=by, now=now), by, now, db)
    return decision


def _rivals(key: str, db: Connection) -> list[Approval]:
    """Return the other waiting requests for a schedule of the campaign that this one schedules."""
    approved = _schedule(key, db)
    if approved is None:
        return []
    waiting = [each for each in _in_order(ApprovalState.WAITING, db) if each.key != key]
    return [each for each in waiting if _same_campaign(approved, _schedule(each.key, db))]


def _schedule(key: str, db: Connection) -> Submission | None:
    """Return the submission if it sets a schedule."""
    query = select(submissions).where(submissions.c.key == key)
    query = query.where(submissions.c.action == Action.SCHEDULE)
    row = db.execute(query).mappings().first()
    return Submission.of(dict(row)) if row else None


def _same_campaign(one: Submission, other: Submission | None) -> bool:
    if other is None or one.environment != other.environment:
        return False
    return one.command.may_share_target(other.command)


def _sweep(state: ApprovalState, change: Change, now: datetime, db: Connection) -> list[str]:
    """Apply a change to every approval in a state. Return the changed keys, oldest first."""
    one_writer(db)
    found = _in_order(state, db)
    return [each.key for each in found if _keep(change(each), each.asked_by, now, db)]


def _in_order(state: ApprovalState, db: Connection) -> list[Approval]:
    """Return every approval in a state, oldest first."""
    query = select(approvals).where(approvals.c.state == state).order_by(approvals.c.asked_at)
    return [Approval(**row) for row in db.execute(query).mappings().all()]


def _keep(decision: Decision, by: str, now: datetime, db: Connection) -> bool:
    """Write a successful decision, its audit entry and what to tell people.

    Return False if there is none.
    """
    if decision.approval is None or decision.outcome is not Outcome.DONE:
        return False
    row = decision.approval.model_dump()
    db.execute(update(approvals).where(approvals.c.key == decision.approval.key).values(row))
    audit.add(_entry(decision.approval, by, now), db)
    if decision.approval.state is not ApprovalState.WAITING:
        telling.touch(decision.approval.key, SHOW_APPROVAL, db)
    telling.add(decision.approval.key, of_approval(decision.approval), db)
    return True


def _entry(approval: Approval, by: str, now: datetime) -> audit.AuditEntry:
    """Build the audit entry of a state.

    Its discriminator is unique per request, so reminders add no entries.
    """
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
