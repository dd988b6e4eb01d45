"""Approval by a second person: the card for approvers, its state, and notices about it."""

from dataclasses import dataclass
from typing import Self

from slack_sdk.models.blocks import Block, ButtonElement, InputBlock, PlainTextInputElement
from slack_sdk.models.views import View as Modal

from blocks import times
from blocks.actions import WORDS
from blocks.environments import in_environment
from blocks.form import FormContext
from blocks.ids import Button, View
from blocks.kit import (
    SECTION_MAX,
    TITLE_MAX,
    Message,
    button,
    buttons,
    context,
    escape,
    notice,
    plain,
    question,
    section,
)
from blocks.review import name_of, review_blocks
from bot.campaigns.approval import Approval, ApprovalState, Decision, Outcome
from bot.campaigns.environment import Environment
from bot.campaigns.policy import ApprovalReason
from bot.campaigns.review import Review

REASON = "reason"
REASON_MAX = 500
_APPROVAL_REASONS = {
    ApprovalReason.ACTION: "by policy",
    ApprovalReason.LOAD: "because of the contact load",
    ApprovalReason.LOAD_UNKNOWN: "because the contact load is not known",
    ApprovalReason.HOURS: "because it falls outside office hours",
}
_STATES = {
    ApprovalState.WAITING: "It waits for approval until {expires}. Nothing has been sent.",
    ApprovalState.APPROVED: "Approved by {decided}.",
    ApprovalState.RELEASED: "Approved by {decided}.",
    ApprovalState.HELD: "Approved by {decided}. It goes ahead {release} unless it is canceled.",
    ApprovalState.DECLINED: "Declined by {decided}: “{reason}”. Nothing was sent.",
    ApprovalState.WITHDRAWN: "Withdrawn by {decided}. Nothing was sent.",
    ApprovalState.REPLACED: (
        "Not carried out, because {decided} approved another schedule for this campaign first. "
        "Nothing was sent."
    ),
    ApprovalState.EXPIRED: "Nobody answered in time. Nothing was sent.",
    ApprovalState.CANCELED: "Approved by {decided}, then canceled by {canceled}. Nothing was sent.",
    ApprovalState.UNASKED: "The approvers could not be asked. Nothing was sent.",
}
_REFUSALS = {
    Outcome.OVERTAKEN: "Nothing was changed, because this was already decided: {state}",
    Outcome.EXPIRED: "Nobody answered in time, so this request has expired. Nothing was sent.",
    Outcome.EDITED: "This request was changed, so nothing was done. Look at the newest one.",
    Outcome.OWN: "You cannot approve or decline your own request. Nothing was changed.",
    Outcome.NOT_OWN: "Only the person who made this request can withdraw it. Nothing was changed.",
    Outcome.NOT_ASKED: "The bot no longer has this request, so nothing was changed.",
}
_SURE = question(
    "Approve it?",
    "The bot will do exactly what this message shows.",
    "Approve",
    "Back",
)


@dataclass(frozen=True, slots=True)
class RequestRef:
    """A reference to a request for approval: its submission, and exactly which content of it.

    As text it is the value of the request's buttons.
    """

    key: str
    digest: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the output of `str()`. Any other text refers to no request."""
        key, _, digest = text.partition(" ")
        return cls(key, digest)

    def __str__(self) -> str:
        """Return the reference as text: the key first, as keys contain no spaces."""
        return f"{self.key} {self.digest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A request for approval: what was reviewed, and the state of its approval.

    `group` is the Slack user group to mention; an updated card mentions nobody again.
    """

    review: Review
    approval: Approval
    where: Environment | None = None
    group: str | None = None

    @property
    def value(self) -> str:
        """The value of its buttons."""
        return str(RequestRef(self.approval.key, self.approval.digest))


def approval_card(asking: Asking) -> Message:
    """Build the card for the approvers: exactly the review, with buttons while it waits."""
    approval, review = asking.approval, asking.review
    why = _APPROVAL_REASONS[review.approval_reason] if review.approval_reason else ""
    call = f"<!subteam^{asking.group}> " if asking.group else ""
    request = f"{call}<@{approval.asked_by}> {WORDS[approval.action].wants}"
    asks = f"{request}, which needs approval {why}."
    state = state_line(approval)
    blocks: list[Block] = [
        section(asks),
        *review_blocks(review, asking.where),
        section(f"*{state}*"),
    ]
    if review.reason:
        blocks.insert(1, section(f"*Why without a DNC list*\n{escape(review.reason)}"))
    if approval.state is ApprovalState.WAITING:
        blocks.append(buttons(*_ways(asking)))
        blocks.append(context("Ask questions in this message's thread."))
    return Message(text=f"{asks} {state}", blocks=blocks)


def state_line(approval: Approval) -> str:
    """Return the state of an approval as a sentence."""
    return _STATES[approval.state].format(
        expires=times.readers_time(approval.expires_at),
        decided=f"<@{approval.decided_by}>",
        canceled=f"<@{approval.canceled_by}>",
        reason=escape(" ".join((approval.reason or "").split())),
        release=times.readers_time(approval.release_at) if approval.release_at else "soon",
    )


def waiting_line(asking: Asking) -> str:
    """Return a line for an approver: what waits, where to answer it, and until when."""
    approval = asking.approval
    return (
        f"*{_named(asking)}*\n<@{approval.asked_by}> {WORDS[approval.action].wants}. Answer in "
        f"<#{approval.card_channel}>, until {times.readers_time(approval.expires_at)}."
    )


def reminder(approval: Approval) -> Message:
    """Build the reminder for the card's thread, if nobody answers for a long time."""
    until = times.readers_time(approval.expires_at)
    return notice(f"This request is still waiting for an answer, until {until}.")


def waiting_notice(asking: Asking, channel: str) -> Message:
    """Tell the channel that a request waits, with a button for its author to withdraw it."""
    until = times.readers_time(asking.approval.expires_at)
    text = (
        f"{_named(asking)}: the request of <@{asking.approval.asked_by}> needs approval. It waits "
        f"for an approver in <#{channel}> until {until}. Nothing has been sent."
    )
    withdraw = button("Withdraw", Button.WITHDRAW, asking.value)
    return Message(text=text, blocks=[section(text), buttons(withdraw)])


def ended_notice(asking: Asking, *, has_form: bool) -> Message:
    """Tell the author that it will not be done, with a button to reopen the form if any."""
    text = f"{_named(asking)}: {state_line(asking.approval)}"
    blocks: list[Block] = [section(text)]
    if has_form:
        again = button("Edit and try again", Button.EDIT_AGAIN, asking.approval.key)
        blocks.append(buttons(again))
    return Message(text=text, blocks=blocks)


def hold_notice(asking: Asking) -> Message:
    """Tell the channel that approved work is on hold, with a button to cancel it."""
    text = f"{_named(asking)}: {state_line(asking.approval)}"
    cancel = button("Cancel", Button.CANCEL_HOLD, asking.value, style="danger")
    return Message(text=text, blocks=[section(text), buttons(cancel)])


def approved_notice(asking: Asking) -> Message:
    """Say that a request no longer waits; the hold has a message of its own."""
    return notice(f"{_named(asking)}: approved by <@{asking.approval.decided_by}>.")


def state_notice(asking: Asking) -> Message:
    """Build the notice that replaces one with a button, once the button no longer applies."""
    return notice(f"{_named(asking)}: {state_line(asking.approval)}")


def refusal(decision: Decision) -> Message:
    """Explain why a button press changed nothing."""
    state = state_line(decision.approval) if decision.approval else ""
    return notice(_REFUSALS[decision.outcome].format(state=state))


def decline_question(form_context: FormContext) -> Modal:
    """Build the modal that asks why to decline; its context comes back on submission."""
    return Modal(
        type="modal",
        callback_id=View.DECLINE,
        title=plain("Decline", TITLE_MAX),
        submit=plain("Decline", TITLE_MAX),
        close=plain("Back", TITLE_MAX),
        private_metadata=form_context.dump(),
        blocks=[
            InputBlock(
                block_id=REASON,
                label=plain("Why?", SECTION_MAX),
                hint=plain("The person who made the request will see this.", SECTION_MAX),
                element=PlainTextInputElement(
                    action_id=REASON, multiline=True, max_length=REASON_MAX
                ),
            )
        ],
    )


def _named(asking: Asking) -> str:
    """Return the campaign's name, with its environment if there are several."""
    return f"{in_environment(asking.where)}“{name_of(asking.review)}”"


def _ways(asking: Asking) -> list[ButtonElement]:
    return [
        button("Approve", Button.APPROVE, asking.value, style="primary", confirm=_SURE),
        button("Decline", Button.DECLINE, asking.value, style="danger"),
        button("Withdraw", Button.WITHDRAW, asking.value),
    ]
