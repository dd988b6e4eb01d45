"""The approval of a submission by a second person: its states, and who may change them.

Each change returns its outcome. The records apply concurrent changes one after another. Handlers
check the person's role on each button press; a given approval stays valid even if the approver
later loses the role.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime

from bot.campaigns.actions import Action
from bot.campaigns.values import Frozen


class ApprovalState(StrEnum):
    """The state of an approval.

    `HELD`: approved, but can be canceled until it is released. `APPROVED` (without a hold) and
    `RELEASED` (after one) allow the submission to be carried out. `EXPIRED`: nobody decided in
    time. `REPLACED`: another schedule for the same campaign was approved first. `UNASKED`: the
    approvers could not be asked.
    """

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REPLACED = "replaced"
    HELD = "held"
    CANCELED = "canceled"
    RELEASED = "released"
    UNASKED = "unasked"


# Nothing was carried out in these states, and an edit requests approval again.
_OPEN = (ApprovalState.WAITING, ApprovalState.HELD)


class Outcome(StrEnum):
    """The outcome of a requested change.

    `OVERTAKEN`: the approval is not in the required state; it shows its state and who set it.
    `EDITED`: it is now bound to another digest. `OWN`: nobody may decide on their own request.
    `NOT_OWN`: only the author of the request can withdraw it. `NOT_DUE`: it is too early.
    `NOT_ASKED`: there is no approval.
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
    """The approval of the submission `key`, bound to the `digest` of the reviewed content.

    `decided_by` approved, declined or withdrew it, or approved another schedule in its place;
    `canceled_by` ended its hold.
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
        """Return who canceled, decided or withdrew it; None if nobody has."""
        return self.canceled_by or self.decided_by

    @property
    def due_at(self) -> datetime | None:
        """Return when the approved submission should be carried out; None until it is approved."""
        return self.release_at or self.decided_at

    def is_over(self, now: datetime) -> bool:
        """Return whether it expired without a decision, whether or not that is recorded yet."""
        unanswered = self.state is ApprovalState.WAITING and self.expires_at <= now
        return unanswered or self.state is ApprovalState.EXPIRED

    def ask_again(self, edited: "Approval") -> "Decision":
        """Request approval of edited content. A new digest resets every earlier decision.

        The same digest changes nothing, and an edit after the approval has ended is refused. The
        card's location is kept.
        """
        if self.is_over(edited.asked_at):
            return self._refuse(Outcome.EXPIRED)
        if edited.digest == self.digest or self.state not in _OPEN:
            return self._refuse(Outcome.OVERTAKEN)
        card = {"card_channel": self.card_channel, "card_ts": self.card_ts}
        return Decision(outcome=Outcome.DONE, approval=edited.model_copy(update=card))

    def approve(self, digest: str, *, by: str, now: datetime, hold: timedelta) -> "Decision":
        """Approve the content with this digest, effective now or after the hold."""
        if refusal := self._unanswerable(digest, by, now):
            return self._refuse(refusal)
        if hold:
            return self._become(
                ApprovalState.HELD, decided_by=by, decided_at=now, release_at=now + hold
            )
        return self._become(ApprovalState.APPROVED, decided_by=by, decided_at=now)

    def decline(self, digest: str, *, by: str, now: datetime, reason: str) -> "Decision":
        """Decline the content with this digest, with a reason."""
        if refusal := self._unanswerable(digest, by, now):
            return self._refuse(refusal)
        return self._become(ApprovalState.DECLINED, decided_by=by, decided_at=now, reason=reason)

    def withdraw(self, *, by: str, now: datetime) -> "Decision":
        """Withdraw one's own request, while nobody has decided."""
        if refusal := self._not_in(ApprovalState.WAITING, now):
            return self._refuse(refusal)
        if by != self.asked_by:
            return self._refuse(Outcome.NOT_OWN)
        return self._become(ApprovalState.WITHDRAWN, decided_by=by, decided_at=now)

    def replace(self, *, by: str, now: datetime) -> "Decision":
        """End a waiting request for a schedule, as `by` approved another one for the campaign."""
        if refusal := self._not_in(ApprovalState.WAITING, now):
            return self._refuse(refusal)
        return self._become(ApprovalState.REPLACED, decided_by=by, decided_at=now)

    def give_up(self, *, now: datetime) -> "Decision":
        """End a request that could not be shown to the approvers."""
        if refusal := self._not_in(ApprovalState.WAITING, now):
            return self._refuse(refusal)
        return self._become(ApprovalState.UNASKED)

    def cancel(self, *, by: str, now: datetime) -> "Decision":
        """Cancel during a hold: nothing is sent before the release, even after the hold's time."""
        if refusal := self._not_in(ApprovalState.HELD, now):
            return self._refuse(refusal)
        return self._become(ApprovalState.CANCELED, canceled_by=by, canceled_at=now)

    def expire(self, now: datetime) -> "Decision":
        """Expire the request if nobody decided in time."""
        if self.state is not ApprovalState.WAITING:
            return self._refuse(Outcome.OVERTAKEN)
        if not self.is_over(now):
            return self._refuse(Outcome.NOT_DUE)
        return self._become(ApprovalState.EXPIRED)

    def release(self, now: datetime) -> "Decision":
        """Release the submission if its hold is over."""
        if refusal := self._not_in(ApprovalState.HELD, now):
            return self._refuse(refusal)
        if self.release_at and self.release_at > now:
            return self._refuse(Outcome.NOT_DUE)
        return self._become(ApprovalState.RELEASED)

    def remind(self, now: datetime) -> "Decision":
        """Record a reminder if one is due: once, and only before the request expires."""
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
        """Return why no decision is possible, or None.

        A decision on an older digest never applies to this one.
        """
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
    """The outcome of a change and the approval after it; None only if it was never requested."""

    outcome: Outcome
    approval: Approval | None
