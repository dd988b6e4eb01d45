"""Stores drafts for a day, so that the submission is exactly the content that was reviewed."""

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
    """What a person entered or requested, before the review is confirmed.

    `command` is None while the form is incomplete. `view` is the `external_id` of the review modal,
    empty without a modal; different form content gets a different one. `triggers` are the trigger
    IDs of the Slack requests for the review. `review` is None until Kore.ai was asked; `digest`
    binds the command to it.
    """

    command: Command | None = None
    review: Review | None = None
    digest: str | None = None
    view: str = ""
    made_at: AwareDatetime
    triggers: tuple[str, ...] = ()

    def asked_by(self, other: "Draft") -> bool:
        """Return whether the requests behind the other draft also requested this one."""
        return set(other.triggers) <= set(self.triggers)

    def content(self) -> dict[str, JsonValue]:
        """Return the draft as JSON without its time and triggers, to compare drafts."""
        return self.model_dump(mode="json", exclude={"made_at", "triggers"})

    def submission(self, now: datetime, reason: str = "") -> Submission:
        """Return the submission to accept once the review is confirmed, with the author's `reason`.

        Raises:
            ValueError: the draft has no command or no review.
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
    """The drafts.

    Each review of a form has its own draft, so that any modal that Slack shows can be confirmed.
    The latest draft is also stored under the form's key, to reopen the form.
    """

    def __init__(self, write: Write) -> None:
        self._write = write

    async def keep(self, draft: Draft) -> Draft | None:
        """Store a draft for review. Return the draft stored before for the same view, if any.

        That draft then stays, and only gains the new triggers.
        """
        return await self._write(partial(_keep, draft))

    async def note(self, draft: Draft) -> None:
        """Store the content of a form, unless a later draft of it is stored."""
        await self._write(partial(_note, draft))

    async def advance(self, draft: Draft, *, after: Draft) -> bool:
        """Replace the draft `after` by a later stage; False if the stored draft has changed."""
        return await self._write(partial(_advance, draft, after))

    async def get(self, key: str) -> Draft | None:
        """Return the draft of this view's `external_id`, or the latest draft of this form's key."""
        return await self._write(partial(_get, key))

    async def prune(self, before: datetime) -> None:
        """Delete drafts made before the given time."""
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
