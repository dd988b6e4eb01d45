"""Deciding on what needs approval: each press is checked anew, and has one right outcome."""

from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from blocks import messages
from blocks.approval import REASON, decline_question, refusal
from blocks.form import FormContext
from blocks.kit import Message
from blocks.not_done import DATABASE_CLOSED
from blocks.words import REQUIRED
from bot.campaigns.approval import ApprovalState, Decision, Outcome
from bot.campaigns.roles import Permission
from bot.records import DatabaseFault
from bot.work import MessageKey
from handlers.desk import Desk
from handlers.payloads import Press, Submit
from handlers.replies import CLOSE, Reply, errors

log = structlog.get_logger()

# The states that a decision leads to, at once and by what comes after it.
_APPROVED = frozenset(
    {
        ApprovalState.APPROVED,
        ApprovalState.HELD,
        ApprovalState.RELEASED,
        ApprovalState.CANCELED,
    }
)
_DECLINED = frozenset({ApprovalState.DECLINED})
_WITHDRAWN = frozenset({ApprovalState.WITHDRAWN})
_CANCELED = frozenset({ApprovalState.CANCELED})


@dataclass(frozen=True, slots=True)
class _Decider:
    """Who decides on which request, bound to exactly the content that was seen."""

    person: str
    channel: str
    response_url: str | None
    value: str

    @property
    def key(self) -> str:
        return self.value.partition(" ")[0]

    @property
    def digest(self) -> str:
        return self.value.partition(" ")[2]


async def approve(desk: Desk, press: Press) -> None:
    """The button on the card that asks."""
    _start(desk, who := _presser(press), _approve(desk, who))


async def ask_why(desk: Desk, press: Press) -> None:
    """The button to decline: ask for the reason."""
    desk.errands.start(_ask_why(desk, press))


async def decline(desk: Desk, sent: Submit) -> Reply:
    """The reason was given."""
    reason = sent.view.typed(REASON).strip()
    if not reason:
        return errors(sent.view, {REASON: REQUIRED})
    context = FormContext.load(sent.view.private_metadata)
    who = _Decider(sent.user, context.channel, context.response_url, context.carried("asked"))
    _start(desk, who, _decline(desk, who, reason))
    return CLOSE


async def withdraw(desk: Desk, press: Press) -> None:
    """The button for whoever asked."""
    _start(desk, who := _presser(press), _withdraw(desk, who))


async def cancel(desk: Desk, press: Press) -> None:
    """The button while approved work waits."""
    _start(desk, who := _presser(press), _cancel(desk, who))


def _presser(press: Press) -> _Decider:
    return _Decider(press.user, press.channel, press.response_url, press.value)


def _start(desk: Desk, who: _Decider, deciding: Coroutine[Any, Any, None]) -> None:
    """Decide after the answer to Slack; whoever pressed hears of it if nothing can be kept now."""

    async def decide() -> None:
        try:
            await deciding
        except DatabaseFault as fault:
            log.warning("decision.not_kept", fault=str(fault))
            await _tell(desk, who, DATABASE_CLOSED.message())

    desk.errands.start(decide())


async def _tell(desk: Desk, who: _Decider, message: Message) -> None:
    """Say something to the presser alone."""
    key = MessageKey(f"{who.key} {who.person}", "decision", datetime.now(UTC))
    await desk.answer_person(who.person, who.response_url, message, key)


async def _approve(desk: Desk, who: _Decider) -> None:
    if await _may_not(desk, who, Permission.APPROVE):
        return
    decision = await desk.records.approvals.approve(
        who.key,
        who.digest,
        by=who.person,
        now=datetime.now(UTC),
        hold=timedelta(minutes=await _hold_minutes(desk, who.key)),
    )
    await _settle(desk, who, decision, _APPROVED)


async def _ask_why(desk: Desk, press: Press) -> None:
    context = FormContext(
        channel=press.channel, response_url=press.response_url, kept={"asked": press.value}
    )
    await desk.open_modal(press, decline_question(context))


async def _decline(desk: Desk, who: _Decider, reason: str) -> None:
    if await _may_not(desk, who, Permission.APPROVE):
        return
    decision = await desk.records.approvals.decline(
        who.key, who.digest, by=who.person, now=datetime.now(UTC), reason=reason
    )
    await _settle(desk, who, decision, _DECLINED)


async def _withdraw(desk: Desk, who: _Decider) -> None:
    now = datetime.now(UTC)
    decision = await desk.records.approvals.withdraw(who.key, by=who.person, now=now)
    await _settle(desk, who, decision, _WITHDRAWN)


async def _cancel(desk: Desk, who: _Decider) -> None:
    if await _may_not(desk, who, Permission.CANCEL):
        return
    now = datetime.now(UTC)
    decision = await desk.records.approvals.cancel(who.key, by=who.person, now=now)
    await _settle(desk, who, decision, _CANCELED)


async def _may_not(desk: Desk, who: _Decider, permission: Permission) -> bool:
    """Whether the presser lacks the role now, by Slack's lists of this moment; they are told."""
    asked = await desk.records.submission(who.key)
    await desk.access.refresh(now=True)
    environment = asked.environment if asked else None
    others = desk.access.refusal(who.person, who.channel, permission, environment)
    if others is None:
        return False
    await _tell(desk, who, messages.not_permitted(permission, others))
    return True


async def _hold_minutes(desk: Desk, key: str) -> int:
    asked = await desk.records.submission(key)
    environment = desk.environments.named(asked.environment) if asked else None
    return environment.policy.hold_minutes if environment else 0


async def _settle(
    desk: Desk, who: _Decider, decision: Decision, meant: frozenset[ApprovalState]
) -> None:
    """Have it followed, or say to the presser alone why nothing was changed.

    `meant` are the states that the decision leads to: whoever led it there needs no word.
    """
    if decision.outcome is Outcome.DONE and decision.approval:
        await desk.work.follow(decision.approval)
    elif not _is_own_again(who, decision, meant):
        await _tell(desk, who, refusal(decision))


def _is_own_again(who: _Decider, decision: Decision, meant: frozenset[ApprovalState]) -> bool:
    """Whether the same person decided the same before: Slack brought it twice."""
    found = decision.approval
    if decision.outcome is not Outcome.OVERTAKEN or found is None or found.state not in meant:
        return False
    return who.person == (found.canceled_by if meant == _CANCELED else found.decided_by)
