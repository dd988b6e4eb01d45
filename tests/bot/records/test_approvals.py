"""Stored approvals keep their decisions, are swept when due, and leave audit entries."""

import pytest

from bot.campaigns.approval import ApprovalState, Decision, Outcome
from bot.records import DatabaseFault, Records, audit
from tests.bot.records.approving import (
    HOUR,
    LATER,
    NOON,
    OVER,
    approve,
    asked,
    decline,
    entries,
    state_of,
)


async def test_a_requested_approval_is_read_back(records: Records) -> None:
    assert await records.approvals.get("V1") is None
    decision = await records.approvals.ask(asked())
    assert decision == Decision(outcome=Outcome.DONE, approval=asked())
    assert await records.approvals.get("V1") == asked()


async def test_an_approval_that_nobody_requested_cannot_be_answered(records: Records) -> None:
    never = Decision(outcome=Outcome.NOT_ASKED, approval=None)
    assert await approve(records) == never
    assert await decline(records) == never
    assert await records.approvals.withdraw("V1", by="U_ASKER", now=LATER) == never
    assert await records.approvals.cancel("V1", by="U_ASKER", now=LATER) == never
    assert await entries(records) == []


async def test_a_decision_is_read_back(records: Records) -> None:
    await records.approvals.ask(asked())
    decision = await approve(records, hold=HOUR)
    assert decision.outcome is Outcome.DONE
    assert await records.approvals.get("V1") == decision.approval
    decision = await records.approvals.cancel("V1", by="U_TEAM", now=LATER)
    assert decision.outcome is Outcome.DONE
    assert await records.approvals.get("V1") == decision.approval


async def test_an_expired_approval_is_refused_even_before_a_sweep(records: Records) -> None:
    await records.approvals.ask(asked())
    assert (await approve(records, now=OVER)).outcome is Outcome.EXPIRED
    assert await state_of(records) is ApprovalState.WAITING
    assert await records.approvals.expire(OVER) == ["V1"]
    assert (await approve(records, now=OVER)).outcome is Outcome.EXPIRED
    # It stays expired for a process whose clock is behind.
    assert (await approve(records, now=LATER)).outcome is Outcome.EXPIRED


async def test_a_reason_is_kept_unchanged(records: Records) -> None:
    reason = "Größe 🎉 <!channel> 'quoted'\n; DROP TABLE approvals"
    await records.approvals.ask(asked())
    await records.approvals.decline("V1", "d1", by="U_BOSS", now=LATER, reason=reason)
    found = await records.approvals.get("V1")
    assert found
    assert found.reason == reason
    (_, declined) = await entries(records)
    assert declined.outcome == {"decided_by": "U_BOSS", "reason": reason, "release_at": None}


async def test_sweeps_return_only_the_approvals_that_are_due(records: Records) -> None:
    for number in range(4):
        await records.approvals.ask(asked(f"V{number}", at=NOON + number * HOUR))
    assert await records.approvals.remind(NOON + 5 * HOUR) == ["V0", "V1"]
    assert await records.approvals.remind(NOON + 6 * HOUR) == ["V2"]
    assert await records.approvals.expire(NOON + 25 * HOUR) == ["V0", "V1"]
    assert await records.approvals.expire(NOON + 25 * HOUR) == []
    now = NOON + 25 * HOUR
    for number in (2, 3):
        hold = number * HOUR
        await records.approvals.approve(f"V{number}", "d1", by="U_BOSS", now=now, hold=hold)
    assert await records.approvals.release(now + HOUR) == []
    assert await records.approvals.release(now + 2 * HOUR) == ["V2"]
    assert await records.approvals.release(now + 3 * HOUR) == ["V3"]
    assert await records.approvals.remind(now + 30 * HOUR) == []


async def test_the_audit_has_each_state_once_for_each_request(records: Records) -> None:
    await records.approvals.ask(asked())
    await records.approvals.remind(NOON + 5 * HOUR)
    await approve(records, hold=HOUR)
    await approve(records, by="U_OTHER")
    await records.approvals.ask(asked(digest="d2", by="U_EDITOR", at=LATER))
    await records.approvals.approve("V1", "d2", by="U_OTHER", now=LATER, hold=HOUR)
    await records.approvals.release(LATER + HOUR)
    found = await entries(records)
    assert [(each.event, each.actor, each.after) for each in found] == [
        ("waiting", "U_ASKER", {"digest": "d1"}),
        ("held", "U_BOSS", {"digest": "d1"}),
        ("waiting", "U_EDITOR", {"digest": "d2"}),
        ("held", "U_OTHER", {"digest": "d2"}),
        ("released", "U_EDITOR", {"digest": "d2"}),
    ]
    assert [each.at for each in found] == [NOON, LATER, LATER, LATER, LATER + HOUR]
    assert {(each.submission, each.action, each.reference) for each in found} == {
        ("V1", "create", "dae96fc0")
    }


async def test_a_change_that_cannot_be_audited_is_not_made(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    await records.approvals.ask(asked())

    def fail(*_: object) -> None:
        raise DatabaseFault("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(audit, "add", fail)
        with pytest.raises(DatabaseFault):
            await approve(records)
    assert await state_of(records) is ApprovalState.WAITING
    assert (await approve(records)).outcome is Outcome.DONE
