"""In any sequence of changes, the stored approvals behave as a small model does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.records import Records
from bot.records.tables import approvals
from tests.bot.records.approving import HOUR, NO_HOLD, NOON, asked

PRESSES = ["approve", "decline", "withdraw", "cancel"]
SWEEPS = ["expire", "release", "remind"]


class Step(NamedTuple):
    """An event of one of two approvals, and the time since the step before."""

    event: str
    key: str
    digest: str
    by: str
    wait: timedelta
    hold: timedelta


steps = st.builds(
    Step,
    event=st.sampled_from(["ask", "ask", "approve", *PRESSES, *SWEEPS]),
    key=st.sampled_from(["V1", "V2"]),
    digest=st.sampled_from(["d1", "d1", "d1", "d2"]),
    by=st.sampled_from(["U1", "U2"]),
    wait=st.sampled_from([0, 0, 0, 1, 4, 20]).map(lambda number: number * HOUR),
    hold=st.sampled_from([NO_HOLD, HOUR, 4 * HOUR]),
)


# Each sequence begins with a request, as little can happen without one.
FIRST = Step("ask", "V1", "d1", "U1", NO_HOLD, NO_HOLD)


@dataclass
class Kept:
    """What the model knows about an approval."""

    digest: str
    by: str
    at: datetime
    state: str = "waiting"
    until: datetime = NOON
    reminded: bool = False

    def is_over(self, now: datetime) -> bool:
        late = self.state == "waiting" and now - self.at >= 24 * HOUR
        return late or self.state == "expired"


class Model:
    """The model, which gives the right outcome of each step."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}

    def take(self, step: Step, now: datetime) -> object:
        """Return the outcome of a press, or the keys that a sweep changes."""
        if step.event in SWEEPS:
            return {key for key, one in self.kept.items() if _swept(step.event, one, now)}
        one = self.kept.get(step.key)
        if step.event == "ask":
            return self._asked(one, step, now)
        return _pressed(one, step, now) if one else "not_asked"

    def _asked(self, one: Kept | None, step: Step, now: datetime) -> str:
        if one and one.is_over(now):
            return "expired"
        if one and (one.digest == step.digest or one.state not in {"waiting", "held"}):
            return "overtaken"
        self.kept[step.key] = Kept(step.digest, step.by, now)
        return "done"


def _pressed(one: Kept, step: Step, now: datetime) -> str:
    answers = step.event in {"approve", "decline"}
    faults = {
        "edited": answers and one.digest != step.digest,
        "expired": one.is_over(now),
        "overtaken": one.state != ("held" if step.event == "cancel" else "waiting"),
        "not_own": step.event == "withdraw" and one.by != step.by,
        "own": answers and one.by == step.by,
    }
    if any(faults.values()):
        return next(fault for fault, found in faults.items() if found)
    one.until = now + step.hold
    approved = "held" if step.hold else "approved"
    one.state = dict(zip(PRESSES, [approved, "declined", "withdrawn", "canceled"], strict=True))[
        step.event
    ]
    return "done"


def _swept(event: str, one: Kept, now: datetime) -> bool:
    due = {
        "expire": one.state == "waiting" and one.is_over(now),
        "release": one.state == "held" and one.until <= now,
        "remind": one.state == "waiting"
        and not one.is_over(now)
        and not one.reminded
        and now - one.at >= 4 * HOUR,
    }[event]
    if due:
        one.reminded = one.reminded or event == "remind"
        one.state = {"expire": "expired", "release": "released"}.get(event, one.state)
    return due


async def taken(records: Records, step: Step, now: datetime) -> object:
    """Apply a step to the records, and return the outcome as the model does."""
    kept, key, by = records.approvals, step.key, step.by
    match step.event:
        case "ask":
            decision = await kept.ask(asked(key, step.digest, by, now))
        case "approve":
            decision = await kept.approve(key, step.digest, by=by, now=now, hold=step.hold)
        case "decline":
            decision = await kept.decline(key, step.digest, by=by, now=now, reason="No")
        case "withdraw":
            decision = await kept.withdraw(key, by=by, now=now)
        case "cancel":
            decision = await kept.cancel(key, by=by, now=now)
        case "expire":
            return set(await kept.expire(now))
        case "release":
            return set(await kept.release(now))
        case _:
            return set(await kept.remind(now))
    return decision.outcome.value


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example empties the table
)
@example(
    [
        Step("approve", "V1", "d1", "U2", HOUR, HOUR),
        Step("ask", "V1", "d2", "U2", NO_HOLD, NO_HOLD),
        Step("release", "V1", "d1", "U2", HOUR, NO_HOLD),
    ]
)
@given(st.lists(steps, min_size=4, max_size=24))
async def test_any_sequence_has_the_outcomes_of_the_model(
    records: Records, sequence: list[Step]
) -> None:
    with records.engine.begin() as db:
        db.execute(delete(approvals))
    model, now = Model(), NOON
    for step in [FIRST, *sequence]:
        now += step.wait
        assert await taken(records, step, now) == model.take(step, now), step
        for key, one in model.kept.items():
            found = await records.approvals.get(key)
            assert found
            assert (found.state, found.digest) == (one.state, one.digest)
