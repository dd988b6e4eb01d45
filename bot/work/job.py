"""A submission in progress, and the steps that all commands share."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

import structlog
from pydantic import JsonValue

from blocks.actions import done_by
from blocks.card import CardFacts
from blocks.failures import Failed, alarm, failure_message, failure_pointer
from blocks.kit import Message
from blocks.messages import card_not_shown, waiting
from bot.campaigns.actions import ACTIONS, Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.environment import Environment, Environments
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.refs import CampaignRef
from bot.durable import Engine
from bot.kore import KoreClient, KoreError, NotFound
from bot.records import AuditEntry, Done, Outcome, Records, State, Submission
from bot.records.submissions import json_of
from bot.slack import Closed, SlackError
from bot.work.failures import failure_of
from bot.work.poster import NOTICE, Poster

log = structlog.get_logger()
T = TypeVar("T")
# The approval records write their own audit entries, and posting changes nothing.
_NOT_AUDITED = {State.WAITING, State.DROPPED, State.POSTING, State.POSTED}
# Seconds before each look at Kore.ai after a request whose outcome is unknown.
LOOKS = (1.0, 3.0, 10.0)


@dataclass(frozen=True, slots=True)
class Job:
    """One submission with the services that carry it out."""

    asked: Submission
    kores: Mapping[str, KoreClient]
    environments: Environments
    records: Records
    poster: Poster
    engine: Engine

    @property
    def ref(self) -> CampaignRef:
        """Return the reference to the campaign as the author gave it."""
        return self.asked.command.ref

    async def name(self) -> str:
        """Return the campaign's name, or the author's reference if the campaign was not found."""
        before = (await self.now()).before
        return before.name if before else self.ref.label

    async def kept(self, left: Submission) -> Snapshot:
        """Return the campaign that an earlier attempt of this submission created or changed."""
        campaign_id = left.outcome.campaign if isinstance(left.outcome, Done) else ""
        known = await self.records.campaigns.known(campaign_id)
        return known.snapshot if known else await self.kore.get_campaign(campaign_id)

    @property
    def environment(self) -> Environment | None:
        """Return the environment to act in or search first; None if it is no longer set."""
        return self.environments.named(self.asked.environment)

    @property
    def kore(self) -> KoreClient:
        """Return the Kore.ai client of the environment. Without an environment nothing is carried
        out.

        Raises:
            KeyError: the environment is unknown.
        """
        return self.kores[self.environment.name if self.environment else ""]

    async def step(self, name: str, act: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run a durable step once. After a restart, return its stored result instead."""
        return await self.engine.step(name, act)

    async def now(self) -> Submission:
        """Return the stored submission, including what an interrupted attempt recorded."""
        return await self.records.submission(self.asked.key) or self.asked

    async def looks(self) -> AsyncIterator[None]:
        """Pause before each look at Kore.ai that checks a request whose outcome is unknown."""
        for pause in LOOKS:
            await asyncio.sleep(pause)
            yield

    async def mark(
        self, state: State, outcome: Outcome | None = None, *, before: JsonValue = None
    ) -> None:
        """Store the submission's state in the audit and the records."""
        await self.engine.confirm_lease()
        log.info("submission.marked", state=state, action=self.asked.action)
        # The audit comes first: once the state is stored, a restart does not repeat this step.
        if state not in _NOT_AUDITED:
            await self._audit(state, outcome=outcome, before=before)
        await self.records.mark(self.asked.key, state, outcome)

    async def begin(self) -> None:
        """Record the accepted submission in the audit."""
        await self._audit(State.ACCEPTED, outcome=None, before=None)

    async def _audit(self, event: State, *, outcome: Outcome | None, before: JsonValue) -> None:
        """Add an event to the audit if the action is audited."""
        if not ACTIONS[self.asked.action].audited:
            return
        made = outcome.campaign if isinstance(outcome, Done) else None
        entry = AuditEntry(
            actor=self.asked.author,
            action=self.asked.action,
            submission=self.asked.key,
            reference=self.asked.reference,
            event=event,
            campaign_id=made or self.ref.id,
            campaign_name=self.ref.label,
            channel=self.asked.channel,
            before=before,
            after=self._asked_for() if event is State.ACCEPTED else None,
            outcome=json_of(outcome),
        )
        await self.records.audit.append(entry)

    def _asked_for(self) -> JsonValue:
        """Return the audit's account of the request: command, environment, digest and reason."""
        reason = self.asked.review.reason if self.asked.review else ""
        bound = {"digest": self.asked.digest, "reason": reason}
        environment = self.asked.environment or self.environments.first.name
        known = {name: value for name, value in bound.items() if value}
        return {**self.asked.command.content(), "environment": environment, **known}

    async def give_up(self, failure: Failure) -> Failure:
        """Mark the submission as failed or unknown, and return the failure."""
        state = State.FAILED if failure.certain else State.UNKNOWN
        await self.mark(state, failure)
        return failure

    async def report(self, name: str, failure: Failure) -> None:
        """Tell the author about the failure. The notice lets them reopen a filled form."""
        failed = Failed(
            action=self.asked.action,
            name=name,
            failure=failure,
            reference=self.asked.reference,
            form_key=self.asked.key if self.asked.form else None,
            environment=self._to_name,
        )
        await self.engine.step("report", partial(self._tell, failed), retry_on=(SlackError,))

    @property
    def _to_name(self) -> Environment | None:
        """Return the environment to name in a notice; None if all environments were searched."""
        everywhere = self.asked.action == Action.STATUS and self.asked.environment is None
        return None if everywhere else self.environments.to_name(self.asked.environment)

    async def alarm(self, name: str, failure: Failure) -> None:
        """Alert the channel, the author and the approver that another campaign was changed."""
        approval = await self.records.approvals.get(self.asked.key)
        people = [self.asked.author, *([approval.decided_by] if approval else [])]
        message = alarm(name, failure, [each for each in people if each])
        raised = partial(self._raise_alarm, message)
        await self.engine.step("alarm", raised, retry_on=(SlackError,))

    async def _raise_alarm(self, message: Message) -> None:
        try:
            await self.poster.post_once(self.asked.channel, self.asked, message, "alarm")
        except Closed:
            await self.poster.tell_once(self.asked, message, "alarm")

    async def _tell(self, failed: Failed) -> None:
        message = failure_message(failed)
        if failed.action is Action.STATUS:
            await self.answer(message, NOTICE)
        elif await self.poster.tell_once(self.asked, message):
            await self.poster.respond(self.asked.response_url, failure_pointer(failed))

    async def admit(self, reason: Reason = Reason.OWN_FAULT) -> None:
        """Tell the author, after a fault of the bot, what is known of the submission's outcome."""
        failure = await self.step("give up", partial(self._mark_unfinished, reason))
        if failure:
            await self.report(self.ref.label, failure)
        else:
            notice = card_not_shown(self.ref, self._to_name)
            not_shown = partial(self.poster.tell_once, self.asked, notice)
            await self.engine.step("admit", not_shown, retry_on=(SlackError,))

    async def _mark_unfinished(self, reason: Reason) -> Failure | None:
        """Mark the submission failed or unknown; return None if only showing its result
        remained.
        """
        left = await self.now()
        match left.state:
            case State.ACCEPTED | State.WAITING | State.SENDING:
                certain = left.state is not State.SENDING
                return await self.give_up(Failure(reason=reason, certain=certain))
            case State.FAILED | State.UNKNOWN if isinstance(left.outcome, Failure):
                return left.outcome
            case _:
                await self.mark(State.POSTED, left.outcome)
                return None

    async def answer(self, message: Message, what: str) -> None:
        """Answer the author privately, next to the command if possible."""
        if not await self.poster.respond(self.asked.response_url, message):
            await self.poster.tell_once(self.asked, message, what)

    async def tell_waiting(self, until: datetime) -> None:
        """Tell the author that the rate limit is reached and when the work continues."""
        try:
            await self.answer(waiting(until), "rate_limit")
        except SlackError as error:
            log.warning("waiting.not_told", reason=error.reason)

    async def find(
        self, ref: CampaignRef, rounds: Sequence[Sequence[KoreClient]] = ()
    ) -> list[Snapshot] | Failure:
        """Return the campaigns that match a reference: exactly one for an ID in an environment.

        Search the job's environment, or each of the `rounds` until one has a match.
        """
        for kores in rounds or [[self.kore]]:
            found, failures = await _find_matching(kores, ref)
            if found:
                return found
            if failures:
                return await self.give_up(failures[0])
        return await self.give_up(Failure(reason=Reason.NOT_FOUND))

    async def look(self, snapshot: Snapshot) -> Snapshot:
        """Return the campaign's current state in Kore.ai, or the given one if reading fails."""
        try:
            snapshot = await self.kore.get_campaign(snapshot.id)
        except KoreError as error:
            log.warning("campaign.not_looked_up", campaign=snapshot.id, reason=type(error).__name__)
        return await self.records.campaigns.remember(snapshot)

    async def post(self, snapshot: Snapshot) -> None:
        """Post the campaign's card, which becomes the live card in its channel."""
        facts = replace(await self._facts(snapshot), news=await self._news())
        await self.engine.step("post", partial(self._post_once, facts), retry_on=(SlackError,))

    async def _news(self) -> str:
        """Return the sentence about what was just done; empty for a lookup."""
        if self.asked.action is Action.STATUS:
            return ""
        approval = await self.records.approvals.get(self.asked.key)
        approver = approval.decided_by if approval else None
        return done_by(self.asked.action, self.asked.author, approver)

    async def _post_once(self, facts: CardFacts) -> None:
        """Post the card. If an earlier attempt may have posted it, search the channel first."""
        outcome = Done(campaign=facts.snapshot.id)
        again = (await self.now()).state in (State.POSTING, State.POSTED)
        await self.mark(State.POSTING, outcome)
        await self.poster.post_card(self.asked, facts, again=again)
        await self.mark(State.POSTED, outcome)

    async def update(self, snapshot: Snapshot) -> None:
        """Update the campaign's live cards."""
        facts = await self._facts(snapshot)
        await self.step("update", partial(self.poster.update_cards, facts))

    async def _facts(self, snapshot: Snapshot) -> CardFacts:
        """Combine Kore.ai's data of the campaign with the bot's own records."""
        known = await self.records.campaigns.known(snapshot.id)
        return CardFacts(
            snapshot=snapshot,
            schedule=known.schedule if known else None,
            created_by=known.created_by if known else None,
            checked_at=datetime.now(UTC),
            environment=self.environments.to_name(snapshot.environment),
        )


async def _find_matching(
    kores: Sequence[KoreClient], ref: CampaignRef
) -> tuple[list[Snapshot], list[Failure]]:
    """Return the campaigns that match, and the failures of clients that could not search."""
    found: list[Snapshot] = []
    failures: list[Failure] = []
    for kore in kores:
        try:
            found += await _find_in(kore, ref)
        except NotFound:
            continue
        except KoreError as error:
            failures.append(failure_of(error))
    return found, failures


async def _find_in(kore: KoreClient, ref: CampaignRef) -> list[Snapshot]:
    return [await kore.get_campaign(ref.id)] if ref.id else await kore.find_campaigns(ref.name)
