"""A submission in progress, and the steps that all commands share."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import structlog
from pydantic import JsonValue

from bot.campaigns.actions import ACTIONS
from bot.campaigns.campaign import Snapshot
from bot.campaigns.changes import DoneBy
from bot.campaigns.commands import CampaignCommand
from bot.campaigns.environment import Environment, Environments
from bot.campaigns.notifications import (
    AnyNotification,
    Card,
    RateLimitNotice,
    ReadingNotice,
    of_failure,
)
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.refs import CampaignRef
from bot.catalog import Catalog
from bot.durable import Engine
from bot.kore import KoreClient, KoreError, ListIncomplete
from bot.records import (
    AuditEntry,
    ContactsDone,
    Done,
    ListDone,
    Outcome,
    Records,
    State,
    Submission,
)
from bot.records.submissions import json_of
from bot.work.failures import failure_of, not_found
from bot.work.uploads import NO_FILES, SlackFiles

log = structlog.get_logger()
T = TypeVar("T")
# The approval records write their own audit entries.
_NOT_AUDITED = {State.WAITING, State.DROPPED}
# Seconds before each look at Kore.ai after a request whose outcome is unknown.
LOOKS = (1.0, 3.0, 10.0)
# A request may be carried out so long after its mark: it was sent by a process that died since, or
# Kore.ai was slower than the bot's patience. This is longer than any call, with its repeats.
LATEST_SECONDS = 60.0
# A first reading of the account that is shorter is not announced; a longer one is not waited for.
UNTOLD = timedelta(seconds=2)
LONGEST_READING = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Job:
    """One submission with the services that carry it out."""

    asked: Submission
    kores: Mapping[str, KoreClient]
    catalogs: Mapping[str, Catalog]
    environments: Environments
    records: Records
    engine: Engine
    files: SlackFiles = NO_FILES

    @property
    def ref(self) -> CampaignRef:
        """Return the reference to the campaign as the author gave it."""
        command = self.asked.command
        assert isinstance(command, CampaignCommand)  # noqa: S101 # only its use cases ask
        return command.ref

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
        """Return the Kore.ai client of the environment, without which nothing is carried out.

        Raises:
            KeyError: the environment is unknown.
        """
        return self.kores[self.environment.name if self.environment else ""]

    @property
    def catalog(self) -> Catalog:
        """Return the copy of the environment.

        Raises:
            KeyError: the environment is unknown.
        """
        return self.catalogs[self.environment.name if self.environment else ""]

    async def step(self, name: str, act: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run a durable step once. After a restart, return its stored result instead."""
        return await self.engine.step(name, act)

    async def now(self) -> Submission:
        """Return the stored submission, including what an interrupted attempt recorded."""
        stored = await self.records.submission(self.asked.key) or self.asked
        # If another process has begun it since, this one must not pass for that one.
        return stored.model_copy(update={"turn": self.asked.turn})

    async def looks(self) -> AsyncIterator[None]:
        """Pause before each look for an unknown outcome; the last once it can hardly change."""
        for pause in LOOKS:
            await asyncio.sleep(pause)
            yield
        passed = await self.seconds_since_mark()
        if passed < LATEST_SECONDS:
            await asyncio.sleep(LATEST_SECONDS - passed)
            yield

    async def seconds_since_mark(self) -> float:
        """Return how long ago the state was set; infinity if that is not known."""
        return await self.records.seconds_since_mark(self.asked.key)

    async def keep_before(self, before: Snapshot) -> None:
        """Store the campaign's snapshot before it is changed."""
        await self.records.keep_before(self.asked.key, before)

    async def mark(
        self,
        state: State,
        outcome: Outcome | None = None,
        *,
        before: JsonValue = None,
        tell: Sequence[AnyNotification] = (),
    ) -> None:
        """Store the submission's state, its audit entry and what to tell people about it."""
        await self.engine.confirm_lease()
        log.info("submission.marked", state=state, action=self.asked.action)
        entry = None if state in _NOT_AUDITED else self.entry(state, outcome, before)
        await self.records.mark(self.asked, state, outcome, entry=entry, tell=tell)

    async def begin(self) -> None:
        """Record the accepted submission in the audit."""
        if entry := self.entry(State.ACCEPTED, None, None):
            await self.records.audit.append(entry)

    def entry(self, event: State, outcome: Outcome | None, before: JsonValue) -> AuditEntry | None:
        """Return the audit's entry of an event; None if the action is not audited."""
        if not ACTIONS[self.asked.action].audited:
            return None
        made = _id_in(outcome)
        return AuditEntry(
            actor=self.asked.author,
            action=self.asked.action,
            submission=self.asked.key,
            reference=self.asked.reference,
            event=event,
            campaign_id=made or self.asked.command.target_id,
            campaign_name=self.asked.command.label,
            channel=self.asked.channel,
            before=before,
            after=self._asked_for() if event is State.ACCEPTED else None,
            outcome=json_of(outcome),
        )

    def _asked_for(self) -> JsonValue:
        """Return the audit's account of the request: command, environment, digest and reason."""
        reason = self.asked.review.reason if self.asked.review else ""
        bound = {"digest": self.asked.digest, "reason": reason}
        environment = self.asked.environment or self.environments.first.name
        known = {name: value for name, value in bound.items() if value}
        return {**self.asked.command.content(), "environment": environment, **known}

    async def give_up(self, failure: Failure) -> Failure:
        """Mark the submission as failed or unknown, tell the author, and return the failure."""
        state = State.FAILED if failure.certain else State.UNKNOWN
        await self.mark(state, failure, tell=of_failure(failure))
        return failure

    async def admit(self, reason: Reason = Reason.OWN_FAULT) -> None:
        """After a fault of the bot, tell the author what is known of the submission's outcome."""
        await self.step("give up", partial(self._give_up_unfinished, reason))

    async def _give_up_unfinished(self, reason: Reason) -> None:
        """Mark the submission failed or unknown, unless only showing its result remained."""
        left = await self.now()
        match left.state, left.outcome:
            case ((State.ACCEPTED | State.WAITING | State.SENDING), _):
                certain = left.state is not State.SENDING
                await self.give_up(Failure(reason=reason, certain=certain))
            case State.DONE, Done(campaign=campaign):
                await self.tell(Card(campaign=campaign))

    async def tell(self, *notifications: AnyNotification) -> None:
        """Add notifications to the outbox, unless an earlier attempt has added them."""
        await self.records.outbox.add(self.asked.key, *notifications)

    async def tell_waiting(self, until: datetime) -> None:
        """Tell the author that the rate limit is reached and when the work continues."""
        await self.tell(RateLimitNotice(until=until))

    async def once_read(self, catalog: Catalog, ask: Callable[[], Awaitable[T]]) -> T:
        """Return the answer of a catalog, after it has read the account for the first time.

        If that takes long, the author is told.

        Raises:
            KoreError: raised by `ask`.
        """
        try:
            return await ask()
        except ListIncomplete as error:
            if not await catalog.read_once(UNTOLD) and error.progress:
                await self.tell(ReadingNotice(progress=error.progress))
                await catalog.read_once(LONGEST_READING)
        return await ask()

    async def find(
        self, ref: CampaignRef, rounds: Sequence[Sequence[Catalog]] = ()
    ) -> list[Snapshot] | Failure:
        """Return the campaigns that match a reference: exactly one for an ID in an environment.

        Search the job's environment, or each of the `rounds` until one has a match.
        """
        for catalogs in rounds or [[self.catalog]]:
            found, failures = await self._find_in(catalogs, ref)
            if found:
                return found
            if failures:
                return await self.give_up(failures[0])
        return await self.give_up(await not_found(self.records, ref))

    async def _find_in(
        self, catalogs: Sequence[Catalog], ref: CampaignRef
    ) -> tuple[list[Snapshot], list[Failure]]:
        """Return the campaigns that match, and the failures of catalogs that could not search."""
        found: list[Snapshot] = []
        failures: list[Failure] = []
        for catalog in catalogs:
            try:
                found += await self.once_read(catalog, partial(catalog.find, ref))
            except KoreError as error:
                failures.append(failure_of(error))
        return found, failures

    async def look(self, snapshot: Snapshot) -> Snapshot:
        """Return the campaign's current state in Kore.ai, or what is known if reading fails."""
        try:
            return await self.catalog.keep(await self.kore.get_campaign(snapshot.id))
        except KoreError as error:
            log.warning("campaign.not_looked_up", campaign=snapshot.id, reason=type(error).__name__)
        known = await self.records.campaigns.known(snapshot.id)
        return known.snapshot if known else snapshot

    async def show(self, snapshot: Snapshot) -> None:
        """Show on the campaign's cards what was done, and tell the channels that follow it."""
        await self.step("show", partial(self._show, snapshot))

    async def _show(self, snapshot: Snapshot) -> None:
        asked, approval = self.asked, await self.records.approvals.get(self.asked.key)
        done = DoneBy(
            action=asked.action,
            author=asked.author,
            approver=approval.decided_by if approval else None,
            channel=asked.channel,
        )
        await self.records.changes.done(asked.key, snapshot, done)


def _id_in(outcome: Outcome | None) -> str | None:
    """Return Kore.ai's ID of what was created or changed, if it was."""
    match outcome:
        case Done(campaign=id_) | ListDone(contact_list=id_) | ContactsDone(contact_list=id_):
            return id_
        case _:
            return None
