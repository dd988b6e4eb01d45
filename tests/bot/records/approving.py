"""Helpers to request and answer approvals in tests."""

from datetime import UTC, datetime, timedelta

from bot.campaigns.approval import Approval, ApprovalState, Decision
from bot.records import AuditRecord, Records

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NO_HOLD = timedelta()
LATER = NOON + 2 * HOUR
OVER = NOON + 24 * HOUR


def asked(
    key: str = "V1", digest: str = "d1", by: str = "U_ASKER", at: datetime = NOON
) -> Approval:
    return Approval(
        key=key,
        action="create",
        digest=digest,
        asked_by=by,
        asked_at=at,
        expires_at=at + 24 * HOUR,
        remind_at=at + 4 * HOUR,
    )


async def approve(
    records: Records, by: str = "U_BOSS", hold: timedelta = NO_HOLD, now: datetime = LATER
) -> Decision:
    return await records.approvals.approve("V1", "d1", by=by, now=now, hold=hold)


async def decline(records: Records, by: str = "U_BOSS", now: datetime = LATER) -> Decision:
    return await records.approvals.decline("V1", "d1", by=by, now=now, reason="Wrong list")


async def state_of(records: Records, key: str = "V1") -> ApprovalState:
    found = await records.approvals.get(key)
    assert found
    return found.state


async def entries(records: Records) -> list[AuditRecord]:
    assert (await records.audit.verify()).broken is None
    return [entry async for entry in records.audit.entries()]
