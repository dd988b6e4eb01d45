"""What was filled in, and how far its review has come, kept for a day: sent is what was seen."""

from datetime import datetime
from functools import partial

from pydantic import AwareDatetime, JsonValue
from sqlalchemy import Connection, delete, insert, select

from bot.campaigns.commands import Command
from bot.campaigns.review import Review
from bot.records.database import one_writer
from bot.records.submissions import Origin, Submission
from bot.records.tables import drafts
from bot.records.writing import Write


class Draft(Origin):
    """What a person filled in or asked for, before its review is confirmed.

    `command` is None while a form is not complete. `view` is the `external_id` of the modal in
    which it is reviewed, empty while it is not: a form that is filled in otherwise gets another
    one. `triggers` are those of Slack's requests that asked for the review. `review` is None until
    Kore.ai was asked; `digest` binds the command to it.
    """

    command: Command | None = None
    review: Review | None = None
    digest: str | None = None
    view: str = ""
    made_at: AwareDatetime
    triggers: tuple[str, ...] = ()

    def asked_by(self, other: "Draft") -> bool:
        """Whether the request that began the other one asked for this one too."""
        return set(other.triggers) <= set(self.triggers)

    def content(self) -> dict[str, JsonValue]:
        """All that was filled in and found, as JSON; not when, nor by which request."""
        return self.model_dump(mode="json", exclude={"made_at", "triggers"})

    def submission(self, now: datetime, reason: str = "") -> Submission:
        """What is accepted once the review is confirmed; `reason` is what the author gave for it.

        Raises:
            ValueError: nothing was asked for yet, or nothing was reviewed.
        """
        if self.command is None or self.review is None:
            raise ValueError("not reviewed")
        return Submission(
            **{name: getattr(self, name) for name in Origin.model_fields},
            command=self.command,
            review=self.review.model_copy(update={"reason": reason}),
            digest=self.digest,
            accepted_at=now,
        )


class Drafts:
    """The drafts, on their owner's way to write.

    One is kept for each review of a form, so that whichever modal Slack shows can be confirmed. The
    latest is kept for the form too, to give it back.
    """

    def __init__(self, write: Write) -> None:
        self._write = write

    async def keep(self, draft: Draft) -> Draft | None:
        """Keep a draft that is to be reviewed; what was kept of its view before.

        That has the new triggers from now on too, and otherwise stays as it is.
        """
        return await self._write(partial(_keep, draft))

    async def note(self, draft: Draft) -> None:
        """Keep what a form held at a moment, unless something later is kept of it."""
        await self._write(partial(_note, draft))

    async def advance(self, draft: Draft, *, after: Draft) -> bool:
        """Keep a draft that has come further than `after`; False if another has meanwhile."""
        return await self._write(partial(_advance, draft, after))

    async def get(self, key: str) -> Draft | None:
        """The draft whose view has this `external_id`; by a form's ID, the latest of the form."""
        return await self._write(partial(_get, key))

    async def prune(self, before: datetime) -> None:
        """Forget what was filled in before then."""
        await self._write(lambda db: db.execute(delete(drafts).where(drafts.c.made_at < before)))


def _get(key: str, db: Connection) -> Draft | None:
    found: JsonValue = db.execute(select(drafts.c.draft).where(drafts.c.key == key)).scalar()
    return Draft.model_validate(found) if found else None


def _keep(draft: Draft, db: Connection) -> Draft | None:
    one_writer(db)
    earlier = _get(draft.view, db)
    kept = earlier.model_copy(update=_also_asked_by(earlier, draft)) if earlier else draft
    _put(draft.view, kept, db)
    _put(draft.key, draft, db)
    return earlier


def _also_asked_by(earlier: Draft, draft: Draft) -> dict[str, object]:
    triggers = dict.fromkeys((*earlier.triggers, *draft.triggers))
    return {"triggers": tuple(triggers), "made_at": draft.made_at}


def _advance(draft: Draft, after: Draft, db: Connection) -> bool:
    one_writer(db)
    kept = _get(draft.view, db)
    if kept is None or kept.content() != after.content():
        return False
    later = {"triggers": kept.triggers, "made_at": kept.made_at}
    _put(draft.view, draft.model_copy(update=later), db)
    return True


def _put(key: str, draft: Draft, db: Connection) -> None:
    db.execute(delete(drafts).where(drafts.c.key == key))
    row = {"key": key, "view": draft.view, "made_at": draft.made_at}
    db.execute(insert(drafts).values(**row, draft=draft.model_dump(mode="json")))


def _note(draft: Draft, db: Connection) -> None:
    one_writer(db)
    later = (drafts.c.key == draft.key, drafts.c.made_at > draft.made_at)
    if db.execute(select(drafts.c.key).where(*later)).first() is None:
        _put(draft.key, draft, db)
