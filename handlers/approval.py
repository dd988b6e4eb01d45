"""Decisions on approval requests: each press is checked again, and has one right outcome."""

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
from handlers.payloads import Press, Submit
from handlers.replies import CLOSE, Reply, errors
from handlers.services import Services

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
    """The person who decides on a request, bound to exactly the content that they saw."""

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


async def approve(services: Services, press: Press) -> None:
    """Handle the Approve button."""
    _start(services, who := _presser(press), _approve(services, who))


async def ask_why(services: Services, press: Press) -> None:
    """Handle the Decline button: ask for the reason."""
    services.tasks.start(_ask_why(services, press))


async def decline(services: Services, sent: Submit) -> Reply:
    """Handle the submitted reason for declining."""
    reason = sent.view.typed(REASON).strip()
    if not reason:
        return errors(sent.view, {REASON: REQUIRED})
    context = FormContext.load(sent.view.private_metadata)
    who = _Decider(sent.user, context.channel, context.response_url, context.carried("asked"))
    _start(services, who, _decline(services, who, reason))
    return CLOSE


async def withdraw(services: Services, press: Press) -> None:
    """Handle the Withdraw button, which is for the author."""
    _start(services, who := _presser(press), _withdraw(services, who))


async def cancel(services: Services, press: Press) -> None:
    """Handle the Cancel button of approved work on hold."""
    _start(services, who := _presser(press), _cancel(services, who))


def _presser(press: Press) -> _Decider:
    return _Decider(press.user, press.channel, press.response_url, press.value)


def _start(services: Services, who: _Decider, deciding: Coroutine[Any, Any, None]) -> None:
    """Decide after the answer to Slack; tell the person if the database is not available."""

    async def decide() -> None:
        try:
            await deciding
        except DatabaseFault as fault:
            log.warning("decision.not_kept", fault=str(fault))
            await _tell(services, who, DATABASE_CLOSED.message())

    services.tasks.start(decide())


async def _tell(services: Services, who: _Decider, message: Message) -> None:
    """Send a message to this person alone."""
    key = MessageKey(f"{who.key} {who.person}", "decision", datetime.now(UTC))
    await services.answer_person(who.person, who.response_url, message, key)


async def _approve(services: Services, who: _Decider) -> None:
    if await _may_not(services, who, Permission.APPROVE):
        return
    decision = await services.records.approvals.approve(
        who.key,
        who.digest,
        by=who.person,
        now=datetime.now(UTC),
        hold=timedelta(minutes=await _hold_minutes(services, who.key)),
    )
    await _settle(services, who, decision, _APPROVED)


async def _ask_why(services: Services, press: Press) -> None:
    context = FormContext(
        channel=press.channel, response_url=press.response_url, kept={"asked": press.value}
    )
    await services.open_modal(press, decline_question(context))


async def _decline(services: Services, who: _Decider, reason: str) -> None:
    if await _may_not(services, who, Permission.APPROVE):
        return
    decision = await services.records.approvals.decline(
        who.key, who.digest, by=who.person, now=datetime.now(UTC), reason=reason
    )
    await _settle(services, who, decision, _DECLINED)


async def _withdraw(services: Services, who: _Decider) -> None:
    now = datetime.now(UTC)
    decision = await services.records.approvals.withdraw(who.key, by=who.person, now=now)
    await _settle(services, who, decision, _WITHDRAWN)


async def _cancel(services: Services, who: _Decider) -> None:
    if await _may_not(services, who, Permission.CANCEL):
        return
    now = datetime.now(UTC)
    decision = await services.records.approvals.cancel(who.key, by=who.person, now=now)
    await _settle(services, who, decision, _CANCELED)


async def _may_not(services: Services, who: _Decider, permission: Permission) -> bool:
    """Return whether the person lacks the role now, by Slack's current lists; if so, tell them."""
    asked = await services.records.submission(who.key)
    await services.access.refresh(now=True)
    environment = asked.environment if asked else None
    others = services.access.refusal(who.person, who.channel, permission, environment)
    if others is None:
        return False
    await _tell(services, who, messages.not_permitted(permission, others))
    return True


async def _hold_minutes(services: Services, key: str) -> int:
    asked = await services.records.submission(key)
    environment = services.environments.named(asked.environment) if asked else None
    return environment.policy.hold_minutes if environment else 0


async def _settle(
    services: Services, who: _Decider, decision: Decision, meant: frozenset[ApprovalState]
) -> None:
    """Let the work follow the decision, or tell the person why nothing was changed.

    `meant` are the states that the decision leads to: a person who led it there needs no message.
    """
    if decision.outcome is Outcome.DONE and decision.approval:
        await services.work.follow(decision.approval)
    elif not _is_own_again(who, decision, meant):
        await _tell(services, who, refusal(decision))


def _is_own_again(who: _Decider, decision: Decision, meant: frozenset[ApprovalState]) -> bool:
    """Return whether the same person decided the same before: Slack sent the press twice."""
    found = decision.approval
    if decision.outcome is not Outcome.OVERTAKEN or found is None or found.state not in meant:
        return False
    return who.person == (found.canceled_by if meant == _CANCELED else found.decided_by)
