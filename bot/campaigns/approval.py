"""Approval: whether a second person lets what was submitted be carried out, and who may say so.

Each change answers with what came of it; of several at once, whoever keeps approvals applies one
after the other. Whether a person has the role is asked before, at each press; an approval that was
given stands, whatever becomes of the approver's role after it.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime

from bot.campaigns.actions import Action
from bot.campaigns.values import Frozen


class ApprovalState(StrEnum):
    """How an approval stands.

    `HELD`: approved, and still to be canceled until it is released. `APPROVED`, without a hold,
    and `RELEASED`, after one, let the submission be carried out. `EXPIRED`: nobody answered.
    """

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    HELD = "held"
    CANCELED = "canceled"
    RELEASED = "released"


# In these, nothing of the submission was carried out yet, and an edit asks anew.
_OPEN = (ApprovalState.WAITING, ApprovalState.HELD)


class Outcome(StrEnum):
    """What came of a change that was asked for.

    `OVERTAKEN`: the approval is not in the state that the change begins from; it says which one
    it is in, and by whom. `EDITED`: it is bound to another digest by now. `OWN`: nobody answers
    what they asked for themselves. `NOT_OWN`: only who asked can withdraw. `NOT_DUE`: its time has
    not come. `NOT_ASKED`: there is no approval.
    """

    DONE = "done"
    OVERTAKEN = "overtaken"
    EXPIRED = "expired"
    EDITED = "edited"
    OWN = "own"
    NOT_OWN = "not_own"
    NOT_DUE = "not_due"
    NOT_ASKED = "not_asked"


class Approval(Frozen):
    """The approval of the submission `key`, bound to the `digest` of what was reviewed.

    `decided_by` approved or declined it, or withdrew it; `canceled_by` ended its hold.
    """

    key: str
    action: Action
    digest: str
    state: ApprovalState = ApprovalState.WAITING
    asked_by: str
    asked_at: AwareDatetime
    expires_at: AwareDatetime
    remind_at: AwareDatetime
    reminded_at: AwareDatetime | None = None
    decided_by: str | None = None
    decided_at: AwareDatetime | None = None
    reason: str | None = None
    release_at: AwareDatetime | None = None
    canceled_by: str | None = None
    canceled_at: AwareDatetime | None = None
    card_channel: str | None = None
    card_ts: str | None = None

    @property
    def by(self) -> str | None:
        """Who brought it to its state; None if nobody did but the asker and the clock."""
        return self.canceled_by or self.decided_by

    @property
    def due_at(self) -> datetime | None:
        """When what was approved should be carried out; None while it is not approved."""
        return self.release_at or self.decided_at

    def is_over(self, now: datetime) -> bool:
        """Whether its time ran out without an answer, be it noted yet or not."""
        unanswered = self.state is ApprovalState.WAITING and self.expires_at <= now
        return unanswered or self.state is ApprovalState.EXPIRED

    def ask_again(self, edited: "Approval") -> "Decision":
        """Ask for what was edited: another digest voids all that was said before.

        The same digest changes nothing, and an edit is too late once the approval has ended. The
        card stays known.
        """
        if self.is_over(edited.asked_at):
            return self._refuse(Outcome.EXPIRED)
        if edited.digest == self.digest or self.state not in _OPEN:
            return self._refuse(Outcome.OVERTAKEN)
        card = {"card_channel": self.card_channel, "card_ts": self.card_ts}
        return Decision(outcome=Outcome.DONE, approval=edited.model_copy(update=card))

    def approve(self, digest: str, *, by: str, now: datetime, hold: timedelta) -> "Decision":
        """Approve what the presser saw: to be carried out now, or once a hold is over."""
        if refusal := self._unanswerable(digest, by, now):
            return self._refuse(refusal)
        if hold:
            return self._become(
                ApprovalState.HELD, decided_by=by, decided_at=now, release_at=now + hold
            )
        return self._become(ApprovalState.APPROVED, decided_by=by, decided_at=now)

    def decline(self, digest: str, *, by: str, now: datetime, reason: str) -> "Decision":
        """Decline what the presser saw, and say why."""
        if refusal := self._unanswerable(digest, by, now):
            return self._refuse(refusal)
        return self._become(ApprovalState.DECLINED, decided_by=by, decided_at=now, reason=reason)

    def withdraw(self, *, by: str, now: datetime) -> "Decision":
        """Take back what one asked for, while nobody has answered."""
        if refusal := self._not_in(ApprovalState.WAITING, now):
            return self._refuse(refusal)
        if by != self.asked_by:
            return self._refuse(Outcome.NOT_OWN)
        return self._become(ApprovalState.WITHDRAWN, decided_by=by, decided_at=now)

    def cancel(self, *, by: str, now: datetime) -> "Decision":
        """End a hold. Until it is released nothing was sent, even if its time is over."""
        if refusal := self._not_in(ApprovalState.HELD, now):
            return self._refuse(refusal)
        return self._become(ApprovalState.CANCELED, canceled_by=by, canceled_at=now)

    def expire(self, now: datetime) -> "Decision":
        """End it, if nobody answered in time."""
        if self.state is not ApprovalState.WAITING:
            return self._refuse(Outcome.OVERTAKEN)
        if not self.is_over(now):
            return self._refuse(Outcome.NOT_DUE)
        return self._become(ApprovalState.EXPIRED)

    def release(self, now: datetime) -> "Decision":
        """Let it be carried out, if its hold is over."""
        if refusal := self._not_in(ApprovalState.HELD, now):
            return self._refuse(refusal)
        if self.release_at and self.release_at > now:
            return self._refuse(Outcome.NOT_DUE)
        return self._become(ApprovalState.RELEASED)

    def remind(self, now: datetime) -> "Decision":
        """Note that the approvers are reminded now, if that is due: once, and before it expires."""
        if refusal := self._not_in(ApprovalState.WAITING, now):
            return self._refuse(refusal)
        if self.reminded_at or self.remind_at > now:
            return self._refuse(Outcome.NOT_DUE)
        return self._become(ApprovalState.WAITING, reminded_at=now)

    def _not_in(self, state: ApprovalState, now: datetime) -> Outcome | None:
        if self.is_over(now):
            return Outcome.EXPIRED
        return None if self.state is state else Outcome.OVERTAKEN

    def _unanswerable(self, digest: str, by: str, now: datetime) -> Outcome | None:
        """Why it cannot be answered. What is said of an older digest is never of this one."""
        if digest != self.digest:
            return Outcome.EDITED
        own = Outcome.OWN if by == self.asked_by else None
        return self._not_in(ApprovalState.WAITING, now) or own

    def _refuse(self, outcome: Outcome) -> "Decision":
        return Decision(outcome=outcome, approval=self)

    def _become(self, state: ApprovalState, **facts: str | datetime) -> "Decision":
        changed = self.model_copy(update={"state": state, **facts})
        return Decision(outcome=Outcome.DONE, approval=changed)


class Decision(Frozen):
    """What came of a change, and the approval as it stands after; None only if never asked."""

    outcome: Outcome
    approval: Approval | None
