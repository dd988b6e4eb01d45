"""Creates, renames and deletes contact lists: checks, sends once, and looks after a lost answer."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from pydantic import JsonValue

from bot.campaigns.contacts import ContactList
from bot.campaigns.list_commands import CreateList, DeleteList, ListChangeCommand, RenameList
from bot.campaigns.names import folded
from bot.campaigns.notifications import ListNotice
from bot.campaigns.reasons import Failure, Reason
from bot.kore import KoreError
from bot.records import ListDone, State
from bot.work.failures import failure_of
from bot.work.job import Job


async def change_list(job: Job, command: ListChangeCommand) -> None:
    """Carry out a command about a contact list, and tell its author."""
    await job.step("change list", partial(_once, _change(job, command)))


def _change(job: Job, command: ListChangeCommand) -> "_Change":
    match command:
        case CreateList():
            return _Creation(job, command)
        case RenameList():
            return _Renaming(job, command)
        case DeleteList():
            return _Deletion(job, command)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a look at Kore.ai showed: whether the change is done, None if that is inconclusive."""

    done: bool | None
    list_id: str = ""


@dataclass(frozen=True, slots=True)
class _Change(ABC):
    """One kind of change. Every method raises KoreError if Kore.ai could not be asked."""

    job: Job

    @abstractmethod
    async def check(self) -> ContactList | Failure | None:
        """Return why not to send the change, else the list as it is now; None for a new one."""

    @abstractmethod
    async def send(self) -> str:
        """Send the change, and return the list's ID."""

    @abstractmethod
    async def look(self) -> _Seen:
        """Look in Kore.ai whether the change is done."""


@dataclass(frozen=True, slots=True)
class _Creation(_Change):
    command: CreateList

    async def check(self) -> ContactList | Failure | None:
        """Require a free name, as far as Kore.ai lists the names."""
        if await _named(self.job, self.command.label):
            return Failure(reason=Reason.LIST_NAME_TAKEN)
        return None

    async def send(self) -> str:
        """Create the list."""
        made = await self.job.kore.create_contact_list(self.command.contact_list)
        await self.job.catalog.saw_list(made)
        return made.id

    async def look(self) -> _Seen:
        """Look for the name, which was free before: a list of this name is this one."""
        listing = await self.job.catalog.contact_lists(timedelta())
        made = [each for each in listing.rows if each.name == self.command.label]
        if not listing.complete:
            return _Seen(None)
        return _Seen(done=True, list_id=made[0].id) if made else _Seen(done=False)


@dataclass(frozen=True, slots=True)
class _OnList(_Change):
    command: RenameList | DeleteList

    @property
    def list_id(self) -> str:
        """Return the list's ID."""
        return self.command.contact_list.id

    async def now(self) -> ContactList | None:
        """Return the list as it is in Kore.ai now; None if it does not exist."""
        return await self.job.catalog.contact_list(self.list_id)


@dataclass(frozen=True, slots=True)
class _Renaming(_OnList):
    command: RenameList

    async def check(self) -> ContactList | Failure | None:
        """Require that the list exists and that no other one has the new name."""
        name, present = self.command.change.name, await self.now()
        if present is None:
            return Failure(reason=Reason.LIST_NOT_FOUND)
        if name and [each for each in await _named(self.job, name) if each.id != self.list_id]:
            return Failure(reason=Reason.LIST_NAME_TAKEN)
        return present

    async def send(self) -> str:
        """Send what differs."""
        change = self.command.change
        await self.job.kore.update_contact_list(
            self.list_id, name=change.name, description=change.description
        )
        await self._keep()
        return self.list_id

    async def look(self) -> _Seen:
        """Compare the list with what it should get; it may also have changed otherwise since."""
        now = await self.now()
        if now is None:
            return _Seen(None)
        if self._changed(now) == now:
            return _Seen(done=True, list_id=self.list_id)
        before = self._reviewed
        same = before and (now.name, now.description) == (before.name, before.description)
        return _Seen(done=False if same else None)

    @property
    def _reviewed(self) -> ContactList | None:
        """Return the list as the author saw it in the review, if it was known then."""
        return self.job.asked.review.contact_list if self.job.asked.review else None

    def _changed(self, present: ContactList) -> ContactList:
        return present.model_copy(update=self.command.change.model_dump(exclude_none=True))

    async def _keep(self) -> None:
        """Let the copy know at once, even if Kore.ai cannot be asked again now."""
        try:
            present = await self.now()
        except KoreError:
            present = self._changed(self._reviewed) if self._reviewed else None
        if present:
            await self.job.catalog.saw_list(present)


@dataclass(frozen=True, slots=True)
class _Deletion(_OnList):
    command: DeleteList

    async def check(self) -> ContactList | Failure | None:
        """Require that the list exists under the typed name, and that no campaign uses it."""
        present = await self.now()
        if present is None:
            return Failure(reason=Reason.LIST_NOT_FOUND)
        if folded(present.name) != folded(self.command.label):
            return Failure(reason=Reason.LIST_RENAMED)
        return Failure(reason=Reason.LIST_IN_USE) if present.used_by else present

    async def send(self) -> str:
        """Delete the list."""
        await self.job.kore.delete_contact_list(self.list_id)
        await self.job.catalog.forget_list(self.list_id)
        return self.list_id

    async def look(self) -> _Seen:
        """Return whether the list is gone."""
        return _Seen(done=await self.now() is None, list_id=self.list_id)


async def _named(job: Job, name: str) -> list[ContactList]:
    """Return the lists of this name in any spelling, among those that Kore.ai lists now.

    If Kore.ai lists only a part of them, it has the last word itself.
    """
    listing = await job.catalog.contact_lists(timedelta())
    return [each for each in listing.rows if folded(each.name) == folded(name)]


async def _once(change: _Change) -> None:
    """Make the change, or resume an interrupted attempt."""
    left = await change.job.now()
    match left.state:
        case State.ACCEPTED:
            await _check_and_send(change)
        case State.SENDING:
            await _read_back(change, Failure(reason=Reason.NO_ANSWER, certain=False))
        case _:  # an earlier attempt has ended it
            return


async def _check_and_send(change: _Change) -> None:
    job = change.job
    # Before the final checks, which a wait would make stale, and before marking SENDING.
    await job.kore.reserve()
    try:
        present = await change.check()
    except KoreError as error:
        await job.give_up(_failure(error).model_copy(update={"certain": True}))
        return
    if isinstance(present, Failure):
        await job.give_up(present)
        return
    await job.mark(State.SENDING, before=_audited(present))
    try:
        list_id = await change.send()
    except KoreError as error:
        await _read_back(change, _failure(error))
    else:
        await _done(job, list_id)


async def _read_back(change: _Change, failure: Failure) -> None:
    """After an unknown outcome, look until Kore.ai shows the change.

    It certainly was not made only if the last look shows the opposite.
    """
    if failure.certain:
        await change.job.give_up(failure)
        return
    seen = _Seen(None)
    async for _ in change.job.looks():
        seen = await _look(change)
        if seen.done:
            await change.job.catalog.read_lists_soon()
            await _done(change.job, seen.list_id)
            return
    await change.job.give_up(failure.model_copy(update={"certain": seen.done is False}))


async def _look(change: _Change) -> _Seen:
    try:
        return await change.look()
    except KoreError:
        return _Seen(None)


async def _done(job: Job, list_id: str) -> None:
    await job.mark(
        State.DONE, ListDone(contact_list=list_id), tell=(ListNotice(contact_list=list_id),)
    )


def _failure(error: KoreError) -> Failure:
    failure = failure_of(error)
    missing = failure.reason is Reason.NOT_FOUND
    return failure.model_copy(update={"reason": Reason.LIST_NOT_FOUND}) if missing else failure


def _audited(present: ContactList | None) -> JsonValue:
    """Return what the audit keeps of the list as it was; the campaigns on it can be very many."""
    return present.model_dump(mode="json", exclude={"used_by"}) if present else None
