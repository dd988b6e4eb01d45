"""Checks a command about a contact list against Kore.ai and the records before its review."""

import asyncio
from dataclasses import dataclass
from typing import TypeVar

import structlog

from bot.campaigns.contacts import ContactList, ListChange
from bot.campaigns.csv_files import Unreadable
from bot.campaigns.list_commands import (
    AddContacts,
    AnyListCommand,
    CreateList,
    DeleteList,
    OnList,
    RenameList,
)
from bot.campaigns.list_refs import ListRef
from bot.campaigns.review import OpenChange, Review
from bot.campaigns.review.contacts import FileFacts
from bot.campaigns.review.findings import Finding
from bot.campaigns.review.list_changes import ListFacts
from bot.campaigns.review.reviews import (
    review_contacts,
    review_deletion,
    review_new_list,
    review_renaming,
)
from bot.catalog import Catalog
from bot.records import Records
from bot.work.contact_source import digest_of, reviewed
from bot.work.open_changes import open_list_changes
from bot.work.questions import Questions
from bot.work.uploads import NotDownloaded, SlackFiles

log = structlog.get_logger()

CAMPAIGNS_NAMED = 5
C = TypeVar("C", bound=OnList)


@dataclass(frozen=True, slots=True)
class ListPreflight:
    """The check of one command in its environment."""

    catalog: Catalog
    environment: str
    records: Records
    questions: Questions
    files: SlackFiles
    author: str

    async def check(self, command: AnyListCommand) -> tuple[AnyListCommand, Review]:
        """Return the command and its review.

        A list to rename gets only what differs from what it has now.
        """
        match command:
            case CreateList():
                return command, await self._creation(command)
            case RenameList():
                return await self._renaming(command)
            case DeleteList():
                return await self._deletion(command)
            case AddContacts():
                return await self._contacts(command)

    async def _creation(self, command: CreateList) -> Review:
        facts = ListFacts(
            others=await self._others(None),
            open_changes=await open_list_changes(self.records, self.environment, command),
        )
        findings = review_new_list(command.label, facts)
        return Review(action=command.action, new_list=command.contact_list, findings=findings)

    async def _renaming(self, command: RenameList) -> tuple[RenameList, Review]:
        facts = await self._facts(command, others=True)
        change = _differing(command.change, facts.present)
        command = _as_found(command, facts).model_copy(update={"change": change})
        findings = review_renaming(command.label, change, facts)
        review = _review(command, facts, findings).model_copy(update={"list_change": change})
        return command, review

    async def _deletion(self, command: DeleteList) -> tuple[DeleteList, Review]:
        facts = await self._facts(command, others=False)
        findings = review_deletion(command.label, facts)
        command = _as_found(command, facts)
        return command, _review(command, facts, findings)

    async def _contacts(self, command: AddContacts) -> tuple[AddContacts, Review]:
        """Read the file, however long that takes; the command is bound to its content."""
        facts, data = await asyncio.gather(
            self._facts(command, others=True), self._downloaded(command)
        )
        read = await _read(data, command)
        findings = review_contacts(command.label, facts, read)
        command = _as_found(command, facts)
        if data is not None and read.file:
            bound = {"digest": digest_of(data), "columns": dict(read.file.columns)}
            command = command.model_copy(update=bound)
        review = _review(command, facts, findings)
        return command, review.model_copy(update={"file": read.file})

    async def _downloaded(self, command: AddContacts) -> bytes | None:
        try:
            return await self.files.download(command.file, self.author)
        except NotDownloaded as error:
            log.warning("review.no_file", reason=error.reason)
            return None

    async def _facts(self, command: OnList, *, others: bool) -> ListFacts:
        list_id = command.contact_list.id
        found, names = await asyncio.gather(
            self.questions.in_time(self._look_up(list_id)),
            self._others(list_id) if others else asyncio.sleep(0),
        )
        return ListFacts(
            found=None if found is None else bool(found),
            present=found[0] if found else None,
            others=names,
            campaigns=await self._campaigns(found[0]) if found else (),
            open_changes=await self._open_changes(command),
        )

    async def _open_changes(self, command: OnList) -> tuple[OpenChange, ...]:
        return await open_list_changes(self.records, self.environment, command)

    async def _look_up(self, list_id: str) -> tuple[ContactList, ...]:
        """Return the list as it is in Kore.ai now; nothing if it does not exist."""
        found = await self.catalog.contact_list(list_id)
        return (found,) if found else ()

    async def _others(self, list_id: str | None) -> tuple[str, ...] | None:
        """Return the names of all other lists; None if they are not all known."""
        listing = await self.questions.in_time(self.catalog.contact_lists())
        if listing is None or not listing.complete:
            return None
        return tuple(each.name for each in listing.rows if each.id != list_id)

    async def _campaigns(self, found: ContactList) -> tuple[str, ...]:
        """Return the names of a few campaigns that use the list, as far as they are known."""
        among = found.used_by[:CAMPAIGNS_NAMED]
        known = [await self.records.campaigns.known(each) for each in among]
        return tuple(each.snapshot.name for each in known if each)


def _as_found(command: C, facts: ListFacts) -> C:
    """Return the command with the name that the list has now."""
    if facts.present is None:
        return command
    ref = ListRef.of(facts.present).model_copy(
        update={"environment": command.contact_list.environment}
    )
    return command.model_copy(update={"contact_list": ref})


def _differing(change: ListChange, present: ContactList | None) -> ListChange:
    """Return only what differs from what the list has now; all of it if that is unknown."""
    if present is None:
        return change
    return ListChange(
        name=None if change.name == present.name else change.name,
        description=None if change.description == present.description else change.description,
    )


async def _read(data: bytes | None, command: AddContacts) -> FileFacts:
    """Return what a review shows of a file, or why it cannot be read."""
    if data is None:
        return FileFacts()
    try:
        return FileFacts(file=await reviewed(data, command))
    except Unreadable as error:
        return FileFacts(fault=error.fault, line=error.line)


def _review(command: OnList, facts: ListFacts, findings: tuple[Finding, ...]) -> Review:
    present = facts.present and facts.present.model_copy(update={"used_by": ()})
    return Review(action=command.action, contact_list=present, findings=findings)
