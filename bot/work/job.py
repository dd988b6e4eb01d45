"""A submission being carried out, and what every task does with it."""

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
# The audit has approvals as such, and what is posted changes nothing.
_NOT_NOTED = {State.WAITING, State.DROPPED, State.POSTING, State.POSTED}
# Seconds before each look at what Kore.ai did of a request whose outcome is not known.
LOOKS = (1.0, 3.0, 10.0)


@dataclass(frozen=True, slots=True)
class Job:
    """One submission, with the tools to carry it out."""

    asked: Submission
    kores: Mapping[str, KoreClient]
    environments: Environments
    records: Records
    poster: Poster
    engine: Engine

    @property
    def ref(self) -> CampaignRef:
        """The campaign it is about, as it was named."""
        return self.asked.command.ref

    async def name(self) -> str:
        """The campaign's name, or what it was called where it was not found."""
        before = (await self.now()).before
        return before.name if before else self.ref.label

    async def kept(self, left: Submission) -> Snapshot:
        """The campaign that an earlier try of this submission was done to."""
        campaign_id = left.outcome.campaign if isinstance(left.outcome, Done) else ""
        known = await self.records.known(campaign_id)
        return known.snapshot if known else await self.kore.get_campaign(campaign_id)

    @property
    def environment(self) -> Environment | None:
        """Where it is to be done, or first looked for; None if the settings have it no more."""
        return self.environments.named(self.asked.environment)

    @property
    def kore(self) -> KoreClient:
        """The way to Kore.ai there. Without an environment nothing is carried out.

        Raises:
            KeyError: there is none.
        """
        return self.kores[self.environment.name if self.environment else ""]

    async def step(self, name: str, act: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Do something once; on a restart its answer is remembered instead."""
        return await self.engine.step(name, act)

    async def now(self) -> Submission:
        """The submission as it stands: what an earlier try of a step that died left behind."""
        return await self.records.submission(self.asked.key) or self.asked

    async def looks(self) -> AsyncIterator[None]:
        """Times at which to look whether Kore.ai did what it is not known to have done."""
        for pause in LOOKS:
            await asyncio.sleep(pause)
            yield

    async def mark(
        self, state: State, outcome: Outcome | None = None, *, before: JsonValue = None
    ) -> None:
        """Say how far the submission has come, in the records and in the audit."""
        await self.engine.confirm_lease()
        log.info("submission.marked", state=state, action=self.asked.action)
        # The audit first: once the records say so, a restart does not come here again.
        if state not in _NOT_NOTED:
            await self._note(state, outcome=outcome, before=before)
        await self.records.mark(self.asked.key, state, outcome)

    async def begin(self) -> None:
        """Let the audit say that this was asked for."""
        await self._note(State.ACCEPTED, outcome=None, before=None)

    async def _note(self, event: State, *, outcome: Outcome | None, before: JsonValue) -> None:
        """Add an event to the audit, if the action changes anything."""
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
        """What the audit keeps of what was asked for: where, bound to what, and why."""
        reason = self.asked.review.reason if self.asked.review else ""
        bound = {"digest": self.asked.digest, "reason": reason}
        environment = self.asked.environment or self.environments.first.name
        known = {name: value for name, value in bound.items() if value}
        return {**self.asked.command.content(), "environment": environment, **known}

    async def give_up(self, failure: Failure) -> Failure:
        """Mark the submission as failed, or as unknown; the failure is given back."""
        state = State.FAILED if failure.certain else State.UNKNOWN
        await self.mark(state, failure)
        return failure

    async def report(self, name: str, failure: Failure) -> None:
        """Tell the author; a filled form can be had back, and its notice stays where it is."""
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
        """The environment that a notice names: none if all were looked through."""
        everywhere = self.asked.action == Action.STATUS and self.asked.environment is None
        return None if everywhere else self.environments.to_name(self.asked.environment)

    async def alarm(self, name: str, failure: Failure) -> None:
        """Tell the channel, and whoever approved it, that another campaign was touched."""
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
        """Tell the author, after a fault on the bot's side, what is known all the same."""
        failure = await self.step("give up", partial(self._give_up_over, reason))
        if failure:
            await self.report(self.ref.label, failure)
        else:
            notice = card_not_shown(self.ref, self._to_name)
            not_shown = partial(self.poster.tell_once, self.asked, notice)
            await self.engine.step("admit", not_shown, retry_on=(SlackError,))

    async def _give_up_over(self, reason: Reason) -> Failure | None:
        """None if all was done but showing it."""
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
        """Answer the author privately, beside the command where that is still possible."""
        if not await self.poster.respond(self.asked.response_url, message):
            await self.poster.tell_once(self.asked, message, what)

    async def tell_waiting(self, until: datetime) -> None:
        """Tell the author that Kore.ai's minute is used up, and when this goes on."""
        try:
            await self.answer(waiting(until), "rate_limit")
        except SlackError as error:
            log.warning("waiting.not_told", reason=error.reason)

    async def find(
        self, ref: CampaignRef, rounds: Sequence[Sequence[KoreClient]] = ()
    ) -> list[Snapshot] | Failure:
        """The campaigns that a reference fits: exactly one for an id in an environment.

        They are those of the job's environment, or of the first of the `rounds` that has any.
        """
        for kores in rounds or [[self.kore]]:
            found, failures = await _fitting(kores, ref)
            if found:
                return found
            if failures:
                return await self.give_up(failures[0])
        return await self.give_up(Failure(reason=Reason.NOT_FOUND))

    async def look(self, snapshot: Snapshot) -> Snapshot:
        """The campaign as Kore.ai has it now, or as it was if that cannot be learned."""
        try:
            snapshot = await self.kore.get_campaign(snapshot.id)
        except KoreError as error:
            log.warning("campaign.not_looked_up", campaign=snapshot.id, reason=type(error).__name__)
        return await self.records.remember(snapshot)

    async def post(self, snapshot: Snapshot) -> None:
        """Show the campaign's card where it was asked for; it is the living one there from now."""
        facts = replace(await self._facts(snapshot), news=await self._news())
        await self.engine.step("post", partial(self._post_once, facts), retry_on=(SlackError,))

    async def _news(self) -> str:
        """What was just done; a look-up is no news."""
        if self.asked.action is Action.STATUS:
            return ""
        approval = await self.records.approvals.get(self.asked.key)
        approver = approval.decided_by if approval else None
        return done_by(self.asked.action, self.asked.author, approver)

    async def _post_once(self, facts: CardFacts) -> None:
        """Post the card; where an earlier try may have posted it, look first."""
        outcome = Done(campaign=facts.snapshot.id)
        again = (await self.now()).state in (State.POSTING, State.POSTED)
        await self.mark(State.POSTING, outcome)
        await self.poster.post_card(self.asked, facts, again=again)
        await self.mark(State.POSTED, outcome)

    async def update(self, snapshot: Snapshot) -> None:
        """Bring the campaign's living cards up to date."""
        facts = await self._facts(snapshot)
        await self.step("update", partial(self.poster.update_cards, facts))

    async def _facts(self, snapshot: Snapshot) -> CardFacts:
        """What Kore.ai says of the campaign, with what only the bot knows."""
        known = await self.records.known(snapshot.id)
        return CardFacts(
            snapshot=snapshot,
            schedule=known.schedule if known else None,
            created_by=known.created_by if known else None,
            checked_at=datetime.now(UTC),
            environment=self.environments.to_name(snapshot.environment),
        )


async def _fitting(
    kores: Sequence[KoreClient], ref: CampaignRef
) -> tuple[list[Snapshot], list[Failure]]:
    """What fits, and what kept others from being found."""
    found: list[Snapshot] = []
    failures: list[Failure] = []
    for kore in kores:
        try:
            found += await _fitting_there(kore, ref)
        except NotFound:
            continue
        except KoreError as error:
            failures.append(failure_of(error))
    return found, failures


async def _fitting_there(kore: KoreClient, ref: CampaignRef) -> list[Snapshot]:
    return [await kore.get_campaign(ref.id)] if ref.id else await kore.find_campaigns(ref.name)
