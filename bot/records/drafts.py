"""What was filled in, and how far its review has come, kept for a day: sent is what was seen."""

from datetime import datetime
from functools import partial

from pydantic import AwareDatetime, JsonValue
from sqlalchemy import Connection, delete, insert, select, update

from bot.campaigns.values import Frozen
from bot.records.database import one_writer
from bot.records.submissions import Submission
from bot.records.tables import drafts
from bot.records.writing import Write


class Draft(Frozen):
    """A submission before its review was confirmed.

    `view` is the `external_id` of the modal in which it is reviewed, empty while it is not: a form
    that is filled in again gets another one. `submission.review` is None until Kore.ai was asked.
    """

    submission: Submission
    view: str
    made_at: AwareDatetime

    def of(self, submission: Submission) -> "Draft":
        """The same draft with a submission that has come further."""
        return self.model_copy(update={"submission": submission})


class Drafts:
    """The drafts, on their owner's way to write."""

    def __init__(self, write: Write) -> None:
        self._write = write

    async def keep(self, draft: Draft) -> None:
        """Keep a draft that is to be reviewed, in place of another of the same form."""
        await self._write(partial(_keep, draft))

    async def note(self, draft: Draft) -> None:
        """Keep what a form held at a moment, unless something later is kept of it."""
        await self._write(partial(_note, draft))

    async def advance(self, draft: Draft) -> bool:
        """Keep a draft that has come further; False if its form was filled in again meanwhile."""
        here = (drafts.c.key == draft.submission.key, drafts.c.view == draft.view)
        change = update(drafts).where(*here).values(draft=draft.model_dump(mode="json"))
        return await self._write(lambda db: db.execute(change).rowcount == 1)

    async def get(self, key: str) -> Draft | None:
        """The draft of the form whose first view has this ID."""
        query = select(drafts.c.draft).where(drafts.c.key == key)
        found: JsonValue = await self._write(lambda db: db.execute(query).scalar())
        return Draft.model_validate(found) if found else None

    async def prune(self, before: datetime) -> None:
        """Forget what was filled in before then."""
        await self._write(lambda db: db.execute(delete(drafts).where(drafts.c.made_at < before)))


def _keep(draft: Draft, db: Connection) -> None:
    db.execute(delete(drafts).where(drafts.c.key == draft.submission.key))
    row = {"key": draft.submission.key, "view": draft.view, "made_at": draft.made_at}
    db.execute(insert(drafts).values(**row, draft=draft.model_dump(mode="json")))


def _note(draft: Draft, db: Connection) -> None:
    one_writer(db)
    later = (drafts.c.key == draft.submission.key, drafts.c.made_at > draft.made_at)
    if db.execute(select(drafts.c.key).where(*later)).first() is None:
        _keep(draft, db)
