"""Approval: the outcome of each change in each state."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.campaigns.approval import Approval, ApprovalState, Decision, Outcome

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
HOLD = 10 * MINUTE
NO_HOLD = timedelta()
ASKED = Approval(
    key="V1",
    action="create",
    digest="d1",
    asked_by="U_ASKER",
    asked_at=NOON,
    expires_at=NOON + 24 * HOUR,
    remind_at=NOON + 4 * HOUR,
    card_channel="C1",
    card_ts="1.1",
)
EDITED = ASKED.model_copy(update={"digest": "d2", "asked_by": "U_EDITOR", "card_ts": None})
Event = Callable[[Approval, datetime], Decision]


def done(decision: Decision) -> Approval:
    assert decision.outcome is Outcome.DONE
    assert decision.approval
    return decision.approval


HELD = done(ASKED.approve("d1", by="U_BOSS", now=NOON + HOUR, hold=HOLD))
# An approval in each state, and the time at which the tests change it.
STATES: dict[str, tuple[Approval, datetime]] = {
    "waiting": (ASKED, NOON + 2 * HOUR),
    "lapsed": (ASKED, NOON + 24 * HOUR),
    "held": (HELD, NOON + HOUR + MINUTE),
    "hold over": (HELD, NOON + HOUR + HOLD),
    "approved": (
        done(ASKED.approve("d1", by="U_BOSS", now=NOON, hold=NO_HOLD)),
        NOON + 2 * HOUR,
    ),
    "declined": (
        done(ASKED.decline("d1", by="U_BOSS", now=NOON, reason="Wrong list")),
        NOON + 2 * HOUR,
    ),
    "withdrawn": (done(ASKED.withdraw(by="U_ASKER", now=NOON)), NOON + 2 * HOUR),
    "replaced": (done(ASKED.replace(by="U_BOSS", now=NOON)), NOON + 2 * HOUR),
    "unasked": (done(ASKED.give_up(now=NOON)), NOON + 2 * HOUR),
    "expired": (done(ASKED.expire(NOON + 24 * HOUR)), NOON + 25 * HOUR),
    "canceled": (done(HELD.cancel(by="U_TEAM", now=NOON + HOUR)), NOON + 2 * HOUR),
    "released": (done(HELD.release(NOON + 2 * HOUR)), NOON + 2 * HOUR),
}
EVENTS: dict[str, Event] = {
    "ask again": lambda at, now: at.ask_again(ASKED.model_copy(update={"asked_at": now})),
    "ask edited": lambda at, now: at.ask_again(EDITED.model_copy(update={"asked_at": now})),
    "approve": lambda at, now: at.approve("d1", by="U_OTHER", now=now, hold=NO_HOLD),
    "approve held": lambda at, now: at.approve("d1", by="U_OTHER", now=now, hold=HOLD),
    "approve own": lambda at, now: at.approve("d1", by="U_ASKER", now=now, hold=HOLD),
    "approve old": lambda at, now: at.approve("d0", by="U_OTHER", now=now, hold=HOLD),
    "decline": lambda at, now: at.decline("d1", by="U_OTHER", now=now, reason="No"),
    "decline own": lambda at, now: at.decline("d1", by="U_ASKER", now=now, reason="No"),
    "decline old": lambda at, now: at.decline("d0", by="U_OTHER", now=now, reason="No"),
    "withdraw": lambda at, now: at.withdraw(by="U_ASKER", now=now),
    "withdraw other": lambda at, now: at.withdraw(by="U_OTHER", now=now),
    "replace": lambda at, now: at.replace(by="U_OTHER", now=now),
    "give up": lambda at, now: at.give_up(now=now),
    "cancel": lambda at, now: at.cancel(by="U_OTHER", now=now),
    "expire": lambda at, now: at.expire(now),
    "release": lambda at, now: at.release(now),
    "remind": lambda at, now: at.remind(now),
}
# Each cell is the new state, or a sign for the outcome of a change that is not made:
#   =  overtaken    x  expired    e  edited    o  own    n  not own    -  not due
TABLE = """
                waiting    lapsed   held      hold over  others  expired
ask again       =          x        =         =          =       x
ask edited      waiting    x        waiting   waiting    =       x
approve         approved   x        =         =          =       x
approve held    held       x        =         =          =       x
approve own     o          x        =         =          =       x
approve old     e          e        e         e          e       e
decline         declined   x        =         =          =       x
decline own     o          x        =         =          =       x
decline old     e          e        e         e          e       e
withdraw        withdrawn  x        =         =          =       x
withdraw other  n          x        =         =          =       x
replace         replaced   x        =         =          =       x
give up         unasked    x        =         =          =       x
cancel          =          x        canceled  canceled   =       x
expire          -          expired  =         =          =       =
release         =          x        -         released   =       x
remind          -          x        =         =          =       x
"""
SIGNS = {
    "=": Outcome.OVERTAKEN,
    "x": Outcome.EXPIRED,
    "e": Outcome.EDITED,
    "o": Outcome.OWN,
    "n": Outcome.NOT_OWN,
    "-": Outcome.NOT_DUE,
}
ENDED = ("approved", "declined", "withdrawn", "replaced", "canceled", "released", "unasked")


def expectations() -> dict[tuple[str, str], str]:
    """Return the cell of the table for each state and event."""
    _, *rows = TABLE.strip("\n").splitlines()
    cells = {row[:16].strip(): row[16:].split() for row in rows}
    columns = [("waiting",), ("lapsed",), ("held",), ("hold over",), ENDED, ("expired",)]
    return {
        (state, event): cell
        for event, row in cells.items()
        for states, cell in zip(columns, row, strict=True)
        for state in states
    }


EXPECTED = expectations()


def test_the_table_has_every_state_and_every_event() -> None:
    assert set(EXPECTED) == {(state, event) for state in STATES for event in EVENTS}
    assert {approval.state for approval, _ in STATES.values()} == set(ApprovalState)


@pytest.mark.parametrize(("state", "event"), EXPECTED)
def test_each_event_in_each_state_has_one_outcome(state: str, event: str) -> None:
    approval, now = STATES[state]
    decision = EVENTS[event](approval, now)
    expected = EXPECTED[state, event]
    if expected in SIGNS:
        assert decision == Decision(outcome=SIGNS[expected], approval=approval)
    else:
        assert done(decision).state == expected


def test_an_approval_records_the_approver_and_time_and_keeps_the_request() -> None:
    approved = done(ASKED.approve("d1", by="U_BOSS", now=NOON + HOUR, hold=NO_HOLD))
    told = {"state": "approved", "decided_by": "U_BOSS", "decided_at": NOON + HOUR}
    assert approved == ASKED.model_copy(update=told)
    assert approved.by == "U_BOSS"
    assert approved.release_at is None


def test_a_hold_begins_at_the_approval() -> None:
    assert (HELD.decided_at, HELD.release_at) == (NOON + HOUR, NOON + HOUR + HOLD)
    early = HELD.release(NOON + HOUR + HOLD - timedelta(microseconds=1))
    assert early.outcome is Outcome.NOT_DUE


def test_a_hold_may_last_longer_than_the_time_to_approve() -> None:
    late = done(ASKED.approve("d1", by="U_BOSS", now=NOON + 24 * HOUR - MINUTE, hold=HOLD))
    assert done(late.release(NOON + 25 * HOUR)).state is ApprovalState.RELEASED


def test_a_declined_approval_keeps_the_reason() -> None:
    declined = done(ASKED.decline("d1", by="U_BOSS", now=NOON, reason="Wrong list"))
    assert (declined.by, declined.reason) == ("U_BOSS", "Wrong list")


def test_a_replaced_request_names_who_approved_the_other_one() -> None:
    replaced = done(ASKED.replace(by="U_BOSS", now=NOON + HOUR))
    assert (replaced.by, replaced.decided_at) == ("U_BOSS", NOON + HOUR)


def test_a_canceled_approval_keeps_its_approver() -> None:
    canceled = done(HELD.cancel(by="U_TEAM", now=NOON + 2 * HOUR))
    assert (canceled.by, canceled.canceled_at) == ("U_TEAM", NOON + 2 * HOUR)
    assert canceled.decided_by == "U_BOSS"


@pytest.mark.parametrize("event", ["approve", "withdraw", "decline"])
def test_an_approval_expires_to_the_microsecond(event: str) -> None:
    last = ASKED.expires_at - timedelta(microseconds=1)
    assert EVENTS[event](ASKED, last).outcome is Outcome.DONE
    assert ASKED.expire(last).outcome is Outcome.NOT_DUE
    assert EVENTS[event](ASKED, ASKED.expires_at).outcome is Outcome.EXPIRED


def test_an_edit_voids_a_given_approval_and_keeps_the_card() -> None:
    now = NOON + HOUR + MINUTE
    anew = done(HELD.ask_again(EDITED.model_copy(update={"asked_at": now})))
    assert anew == EDITED.model_copy(update={"asked_at": now, "card_ts": "1.1"})
    assert anew.approve("d1", by="U_BOSS", now=now, hold=NO_HOLD).outcome is Outcome.EDITED
    assert done(anew.approve("d2", by="U_BOSS", now=now, hold=NO_HOLD)).digest == "d2"


def test_after_an_edit_the_editor_cannot_approve() -> None:
    anew = done(ASKED.ask_again(EDITED))
    assert anew.approve("d2", by="U_EDITOR", now=NOON, hold=NO_HOLD).outcome is Outcome.OWN
    assert anew.approve("d2", by="U_ASKER", now=NOON, hold=NO_HOLD).outcome is Outcome.DONE


def test_approvers_are_reminded_once_and_again_after_an_edit() -> None:
    due = NOON + 4 * HOUR
    assert ASKED.remind(due - timedelta(microseconds=1)).outcome is Outcome.NOT_DUE
    reminded = done(ASKED.remind(due))
    assert (reminded.state, reminded.reminded_at) == (ApprovalState.WAITING, due)
    assert reminded.remind(due + HOUR).outcome is Outcome.NOT_DUE
    anew = done(reminded.ask_again(EDITED))
    assert done(anew.remind(due)).reminded_at == due
