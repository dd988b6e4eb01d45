"""Decisions on approval requests: each press is checked again, and has one right outcome."""

from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from blocks import messages
from blocks.approval import REASON, RequestRef, decline_question, refusal
from blocks.form import FormContext
from blocks.kit import Message
from blocks.not_done import DATABASE_CLOSED
from blocks.words import REQUIRED
from bot.campaigns.approval import ApprovalState, Decision, Outcome
from bot.campaigns.roles import Permission
from bot.records import DatabaseFault
from bot.slack import MessageKey
from handlers.payloads import Press, Submit
from handlers.replies import CLOSE, Reply, errors
from handlers.services import Services

log = structlog.get_logger()

# The states that each decision leads to, at once and later.
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
    """The person who decides on a request, bound to exactly the content that they saw."""

    person: str
    channel: str
    response_url: str | None
    request: RequestRef


async def approve(services: Services, press: Press) -> None:
    """Handle the Approve button."""
    _start(services, decider := _presser(press), _approve(services, decider))


async def ask_why(services: Services, press: Press) -> None:
    """Handle the Decline button: ask for the reason."""
    services.tasks.start(_ask_why(services, press))


async def decline(services: Services, sent: Submit) -> Reply:
    """Handle the submitted reason for declining."""
    reason = sent.view.typed(REASON).strip()
    if not reason:
        return errors(sent.view, {REASON: REQUIRED})
    context = FormContext.load(sent.view.private_metadata)
    asked = RequestRef.parse(context.carried("asked"))
    decider = _Decider(sent.user, context.channel, context.response_url, asked)
    _start(services, decider, _decline(services, decider, reason))
    return CLOSE


async def withdraw(services: Services, press: Press) -> None:
    """Handle the Withdraw button, which is for the author."""
    _start(services, decider := _presser(press), _withdraw(services, decider))


async def cancel(services: Services, press: Press) -> None:
    """Handle the Cancel button of approved work on hold."""
    _start(services, decider := _presser(press), _cancel(services, decider))


def _presser(press: Press) -> _Decider:
    return _Decider(press.user, press.channel, press.response_url, RequestRef.parse(press.value))


def _start(services: Services, decider: _Decider, deciding: Coroutine[Any, Any, None]) -> None:
    """Decide after the answer to Slack; tell the person if the database is not available."""

    async def decide() -> None:
        try:
            await deciding
        except DatabaseFault as fault:
            log.warning("decision.not_kept", fault=str(fault))
            await _tell(services, decider, DATABASE_CLOSED.message())

    services.tasks.start(decide())


async def _tell(services: Services, decider: _Decider, message: Message) -> None:
    """Send a message to this person alone."""
    key = MessageKey(f"{decider.request.key} {decider.person}", "decision", datetime.now(UTC))
    await services.answer_person(decider.person, decider.response_url, message, key)


async def _approve(services: Services, decider: _Decider) -> None:
    if await _may_not(services, decider, Permission.APPROVE):
        return
    decision = await services.records.approvals.approve(
        decider.request.key,
        decider.request.digest,
        by=decider.person,
        now=datetime.now(UTC),
        hold=timedelta(minutes=await _hold_minutes(services, decider.request.key)),
    )
    await _settle(services, decider, decision, _APPROVED)


async def _ask_why(services: Services, press: Press) -> None:
    context = FormContext(
        channel=press.channel, response_url=press.response_url, kept={"asked": press.value}
    )
    await services.open_modal(press, decline_question(context))


async def _decline(services: Services, decider: _Decider, reason: str) -> None:
    if await _may_not(services, decider, Permission.APPROVE):
        return
    decision = await services.records.approvals.decline(
        decider.request.key,
        decider.request.digest,
        by=decider.person,
        now=datetime.now(UTC),
        reason=reason,
    )
    await _settle(services, decider, decision, _DECLINED)


async def _withdraw(services: Services, decider: _Decider) -> None:
    now = datetime.now(UTC)
    decision = await services.records.approvals.withdraw(
        decider.request.key, by=decider.person, now=now
    )
    await _settle(services, decider, decision, _WITHDRAWN)


async def _cancel(services: Services, decider: _Decider) -> None:
    if await _may_not(services, decider, Permission.CANCEL):
        return
    now = datetime.now(UTC)
    decision = await services.records.approvals.cancel(
        decider.request.key, by=decider.person, now=now
    )
    await _settle(services, decider, decision, _CANCELED)


async def _may_not(services: Services, decider: _Decider, permission: Permission) -> bool:
    """Return whether the person lacks the role now, by Slack's current lists; if so, tell them."""
    submission = await services.records.submission(decider.request.key)
    await services.access.refresh(now=True)
    environment = submission.environment if submission else None
    refused = services.access.refusal(decider.person, decider.channel, permission, environment)
    if refused is None:
        return False
    await _tell(services, decider, messages.not_permitted(refused))
    return True


async def _hold_minutes(services: Services, key: str) -> int:
    submission = await services.records.submission(key)
    environment = services.environments.named(submission.environment) if submission else None
    return environment.policy.hold_minutes if environment else 0


async def _settle(
    services: Services, decider: _Decider, decision: Decision, meant: frozenset[ApprovalState]
) -> None:
    """Let the work follow the decision, or tell the person why nothing was changed.

    `meant` are the states that the decision leads to: a person who led it there needs no message.
    """
    if decision.outcome is Outcome.DONE and decision.approval:
        await services.work.follow(decision.approval)
    elif not _is_own_again(decider, decision, meant):
        await _tell(services, decider, refusal(decision))


def _is_own_again(decider: _Decider, decision: Decision, meant: frozenset[ApprovalState]) -> bool:
    """Return whether the same person decided the same before: Slack sent the press twice."""
    found = decision.approval
    if decision.outcome is not Outcome.OVERTAKEN or found is None or found.state not in meant:
        return False
    return decider.person == (found.canceled_by if meant == _CANCELED else found.decided_by)
