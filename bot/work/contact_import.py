"""Adds the contacts of a file to a list, in chunks: each is sent once, across crashes.

Kore.ai adds contacts some time after it has answered, and gives neither a count nor an ID. So a
chunk whose answer was lost is never sent again. It counts as sent only if the size of the list
proves it: only if every contact that was ever sent is there.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from math import inf

import structlog

from bot.campaigns.contact_files import ContactRow
from bot.campaigns.contact_results import ContactCounts, RowOutcome, RowResult
from bot.campaigns.contacts import ContactList
from bot.campaigns.csv_files import Unreadable
from bot.campaigns.list_commands import AddContacts
from bot.campaigns.notifications import ContactsProgress, ContactsReport
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.values import same_name
from bot.kore import KoreError, in_background
from bot.records import Chunk, ChunkState, ContactImports, ContactsDone, State
from bot.work.contact_source import ContactSource, digest_of, source_of
from bot.work.failures import failure_of
from bot.work.job import Job
from bot.work.uploads import NotDownloaded, NotUploaded, with_patience

log = structlog.get_logger()

# Kore.ai adds contacts by the list's name, so this is looked at again.
CHECKED_SECONDS = 60.0
# Between two such steps a process can stop, and another one can go on.
STEP_SECONDS = 5.0
# After so many chunks in a row that Kore.ai did not take, the others are not sent.
GIVEN_UP_AFTER = 3
# Seconds before a chunk is sent again while Kore.ai takes none: ten minutes in all.
WAITS = (5.0, 10.0, 15.0, *(30.0,) * 19)
_MAY_PASS = {Reason.RATE_LIMITED, Reason.UNREACHABLE}
_NOT_SENT = {ChunkState.REFUSED, ChunkState.UNKNOWN}


async def add_contacts(job: Job, command: AddContacts) -> None:
    """Send the contacts of the file, show how far it is, and send the author a report."""
    adding = _Adding(job, command)
    while await job.step("add contacts", adding.go_on):
        pass


@dataclass(slots=True)
class _Adding:
    """The work of one process on a submission. What is sent is in the records."""

    job: Job
    command: AddContacts
    _source: ContactSource | None = field(default=None, repr=False)
    _waits: int = 0
    _checked_at: float = -inf

    async def go_on(self) -> bool:
        """Send chunks for some seconds. Return whether there is more to do."""
        left = await self.job.now()
        if left.state not in {State.ACCEPTED, State.SENDING}:
            await self._show_end(left.state)
            return False
        try:
            source = await self._read()
            before = await self._begin(left.state)
        except _Refused as refused:
            await self._give_up(refused.failure, left.state)
            return False
        until = time.monotonic() + STEP_SECONDS
        while await self._send_next(source, before):
            if time.monotonic() > until:
                return True
        await self._end(source)
        return False

    async def _read(self) -> ContactSource:
        """Return the file's rows, read once in each process.

        Raises:
            _Refused: it cannot be read, or is not the one that was reviewed.
        """
        if self._source is None:
            try:
                data = await with_patience(
                    partial(self.job.files.download, self.command.file, self.job.asked.author)
                )
            except NotDownloaded:
                raise _Refused(Failure(reason=Reason.FILE_GONE)) from None
            if digest_of(data) != self.command.digest:
                raise _Refused(Failure(reason=Reason.CHANGED))
            try:
                self._source = await source_of(data, self.command)
            except Unreadable:
                raise _Refused(Failure(reason=Reason.CHANGED)) from None
        return self._source

    async def _begin(self, state: State) -> int | None:
        """Return how many contacts the list had before the first chunk; None if unknown.

        Raises:
            _Refused: the list does not exist, or has another name by now, by which it is filled.
        """
        imports, key = self._imports, self.job.asked.key
        if state is State.SENDING:
            return await imports.begin(key, None)
        try:
            found = await self._list()
        except KoreError as error:
            raise _Refused(failure_of(error).model_copy(update={"certain": True})) from None
        if isinstance(found, Reason):
            raise _Refused(Failure(reason=found))
        self._checked_at = time.monotonic()
        before = await imports.begin(key, found.contacts)
        await self.job.mark(State.SENDING, tell=(ContactsProgress(),))
        return before

    async def _list(self) -> ContactList | Reason:
        """Return the list, or why contacts must not be added by its name.

        Raises:
            KoreError: Kore.ai could not be asked.
        """
        listing = await self.job.catalog.contact_lists(timedelta())
        found = await self.job.catalog.contact_list(self.command.contact_list.id)
        if found is None:
            return Reason.LIST_NOT_FOUND
        if found.name != self.command.label:
            return Reason.LIST_RENAMED
        same = [each for each in listing.rows if same_name(each.name, found.name)]
        return Reason.LIST_NAME_SHARED if len(same) > 1 else found

    async def _may_go_on(self) -> bool:
        """Return whether the list still is the only one of its name, asked once a minute."""
        if time.monotonic() < self._checked_at + CHECKED_SECONDS:
            return True
        try:
            with in_background():
                found = await self._list()
        except KoreError:
            return True
        self._checked_at = time.monotonic()
        return not isinstance(found, Reason)

    async def _send_next(self, source: ContactSource, before: int | None) -> bool:
        """Send or settle the next chunk. Return False if there is none, or the rest is given up."""
        known = await self._imports.chunks(self.job.asked.key)
        if _is_given_up(known) or not await self._may_go_on():
            return False
        for number, chunk in enumerate(source.chunks):
            left = known.get(number)
            if left and left.state is ChunkState.SENDING:
                await self._settle(number, before)
                return True
            if left is None:
                await self._send(number, chunk, before)
                return True
        return False

    async def _send(self, number: int, chunk: Sequence[ContactRow], before: int | None) -> None:
        job, imports = self.job, self._imports
        with in_background():
            # Before the mark: a process that is killed while it waits has sent nothing.
            await job.kore.reserve()
        await job.engine.confirm_lease()
        if not await imports.claim(job.asked.key, number, len(chunk)):
            return
        contacts = tuple(row.contact for row in chunk if row.contact)
        try:
            await job.kore.add_contacts(self.command.label, contacts)
        except KoreError as error:
            await self._not_sent(number, before, failure_of(error))
        else:
            self._waits = 0
            await self._mark(number, ChunkState.DONE)

    async def _not_sent(self, number: int, before: int | None, failure: Failure) -> None:
        """Try again later if that may help, and if the chunk certainly did not arrive."""
        log.warning("contacts.not_sent", chunk=number, reason=failure.reason)
        if not failure.certain:
            await self._settle(number, before)
        elif failure.reason in _MAY_PASS and self._waits < len(WAITS):
            await self._imports.release(self.job.asked.key, number)
            await asyncio.sleep(WAITS[self._waits])
            self._waits += 1
        else:
            await self._mark(number, ChunkState.REFUSED, failure.reason)

    async def _settle(self, number: int, before: int | None) -> None:
        """Settle a chunk whose answer is unknown, by the size of the list."""
        known = await self._imports.chunks(self.job.asked.key)
        sent = (ChunkState.DONE, ChunkState.SENDING, ChunkState.UNKNOWN)
        most = sum(each.contacts for each in known.values() if each.state in sent)
        proven = before is not None and await self._has(before + most)
        state = ChunkState.DONE if proven else ChunkState.UNKNOWN
        await self._mark(number, state, "" if proven else Reason.NO_ANSWER)

    async def _has(self, contacts: int) -> bool:
        """Look several times whether the list has exactly so many contacts."""
        async for _ in self.job.looks():
            try:
                found = await self.job.catalog.contact_list(self.command.contact_list.id)
            except KoreError:
                continue
            if found and found.contacts == contacts:
                return True
        return False

    async def _mark(self, number: int, state: ChunkState, reason: str = "") -> None:
        await self._imports.settle(self.job.asked.key, number, state, reason)

    async def _end(self, source: ContactSource) -> None:
        """Tell the author what became of each row."""
        known = await self._imports.chunks(self.job.asked.key)
        # Of a hundred thousand rows, so beside the event loop.
        results = await asyncio.to_thread(_results, source, known)
        report = await self._uploaded(results)
        tell = () if report is None else (ContactsReport(file=report),)
        done = ContactsDone(contact_list=self.command.contact_list.id, counts=_counts(results))
        await self.job.catalog.read_lists_soon()
        await self.job.mark(State.DONE, done, tell=tell)
        await self._show_end(State.DONE)

    async def _show_end(self, state: State) -> None:
        """Let the message that showed the progress say how it went."""
        if state is State.DONE:
            await self.job.records.outbox.refresh(self.job.asked.key, ContactsProgress())

    async def _uploaded(self, results: Sequence[RowResult]) -> str | None:
        """Upload the report, which nobody sees yet; None if Slack does not take it."""
        name, files = f"contacts-{self.job.asked.reference}.csv", self.job.files
        content = await asyncio.to_thread(files.report, results)
        try:
            return await with_patience(partial(files.upload, name, content))
        except NotUploaded as error:
            log.warning("contacts.no_report", reason=error.reason)
            return None

    async def _give_up(self, failure: Failure, state: State) -> None:
        """End the work: before the first chunk nothing was added, and after it that is unknown."""
        certain = state is State.ACCEPTED
        await self.job.give_up(failure.model_copy(update={"certain": certain}))

    @property
    def _imports(self) -> ContactImports:
        return self.job.records.catalog.contact_lists.imports


class _Refused(Exception):
    """The contacts cannot be added, or not any further."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


def _is_given_up(known: Mapping[int, Chunk]) -> bool:
    last = [known[number].state for number in sorted(known)[-GIVEN_UP_AFTER:]]
    return len(last) == GIVEN_UP_AFTER and set(last) <= _NOT_SENT


def _results(source: ContactSource, known: Mapping[int, Chunk]) -> list[RowResult]:
    """Return what became of each row of the file, in order."""
    outcomes: dict[int, tuple[RowOutcome, str]] = {}
    for number, chunk in enumerate(source.chunks):
        sent = known.get(number)
        outcome = RowOutcome(sent.state) if sent else RowOutcome.NOT_SENT
        outcomes |= {row.line: (outcome, sent.reason if sent else "") for row in chunk}
    left_out = (RowOutcome.LEFT_OUT, "")
    return [RowResult.of(row, *outcomes.get(row.line, left_out)) for row in source.rows]


def _counts(results: Sequence[RowResult]) -> ContactCounts:
    counts = dict.fromkeys(RowOutcome, 0)
    for each in results:
        counts[each.outcome] += 1
    return ContactCounts(counts={name: number for name, number in counts.items() if number})
