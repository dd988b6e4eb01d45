"""The review between what was filled in and what is done: checked, shown, confirmed."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import structlog
from slack_sdk.models.views import View as Modal

from blocks.review import REASON, checking, failed, out_of_date, review_view, sent_before
from blocks.words import REQUIRED
from bot.campaigns.reviewed import Review
from bot.records import Draft, Submission
from bot.slack import Gone, SlackError
from handlers.desk import Desk
from handlers.payloads import Command, Press, Submit, ViewState
from handlers.replies import CLOSE_ALL, Reply, errors, on_top

log = structlog.get_logger()

# Seconds before each try to change the modal, for as long as Slack may take to show it.
UNTIL_SHOWN = (0.0, 0.3, 0.3, 0.3, 1.0)
# Seconds before each further try while Slack fails: a minute in all.
UNTIL_WELL = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)


async def begin(desk: Desk, submission: Submission) -> Reply:
    """Keep what was filled in, and put a review on top of its form."""
    draft = _draft(submission)
    await desk.records.drafts.keep(draft)
    desk.errands.start(_examine(desk, draft))
    return on_top(checking(draft.view))


def open_for(desk: Desk, asked: Command | Press, submission: Submission) -> None:
    """Open a review for what needs no form, after the answer to Slack; its view is the key."""
    desk.errands.start(_open(desk, asked, submission))


async def split(desk: Desk, press: Press) -> None:
    """The button in a review: let the series end before the clocks change, and review that.

    The review that was shown is void. A second press, before the first is looked into, does
    nothing.
    """
    view = press.view
    draft = await desk.records.drafts.get(view.root_view_id) if view else None
    if not (view and draft and _is_what_was_seen(draft, press.user, view)):
        return
    halved = _split(draft)
    if halved and await desk.records.drafts.advance(halved):
        desk.errands.start(_examine_anew(desk, halved))


async def confirm(desk: Desk, sent: Submit) -> Reply:
    """Accept what was reviewed, if it is still that."""
    draft = await desk.records.drafts.get(sent.view.root_view_id)
    if draft is None or not _is_what_was_seen(draft, sent.user, sent.view):
        return on_top(out_of_date())
    if denied := desk.denied(draft.submission):
        return denied
    reason = sent.view.typed(REASON).strip()
    review = Review.model_validate(draft.submission.review)
    if review.needs_reason and not reason:
        return errors(sent.view, {REASON: REQUIRED})
    confirmed = review.model_copy(update={"reason": reason}).model_dump(mode="json")
    changes = {"review": confirmed, "accepted_at": datetime.now(UTC)}
    asked = draft.submission.model_copy(update=changes)
    if not await desk.work.accept(asked) and await _was_another(desk, asked):
        return on_top(sent_before())
    return CLOSE_ALL


async def _was_another(desk: Desk, asked: Submission) -> bool:
    """Whether something else was accepted from this form; Slack may not have shown that it was."""
    accepted = await desk.records.submission(asked.key)
    return accepted is not None and accepted.digest != asked.digest


def _draft(submission: Submission) -> Draft:
    return Draft(submission=submission, view=uuid4().hex, made_at=datetime.now(UTC))


def _is_what_was_seen(draft: Draft, person: str, view: ViewState) -> bool:
    """Whether the view in front of a person shows this draft, and may be confirmed at all."""
    asked = draft.submission
    if asked.review is None or asked.digest != view.private_metadata:
        return False
    return asked.author == person and not Review.model_validate(asked.review).blocked


def _split(draft: Draft) -> Draft | None:
    """The draft with the first part to do and the rest beside it, to be examined anew."""
    asked = draft.submission
    parts = Review.model_validate(asked.review).parts
    if parts is None:
        return None
    first, rest = (each.model_dump(mode="json") for each in parts)
    payload = asked.payload | {"schedule": first, "rest": rest}
    return draft.of(asked.model_copy(update={"payload": payload, "review": None, "digest": None}))


async def _open(desk: Desk, asked: Command | Press, submission: Submission) -> None:
    draft = _draft(submission)
    opened = await desk.open_modal(asked, checking(draft.view))
    if opened is None:
        return
    draft = draft.of(submission.model_copy(update={"key": opened.id}))
    await desk.records.drafts.keep(draft)
    await _examine(desk, draft)


async def _examine_anew(desk: Desk, draft: Draft) -> None:
    await _show(desk, draft.view, checking(draft.view))
    await _examine(desk, draft)


async def _examine(desk: Desk, draft: Draft) -> None:
    """Ask Kore.ai what only it knows, and show the review where it was promised."""
    try:
        examined = await desk.work.examine(draft.submission)
        review = Review.model_validate(examined.review)
        where = desk.environments.to_name(examined.environment)
        shown = review_view(draft.view, str(examined.digest), review, where)
        if await desk.records.drafts.advance(draft.of(examined)):
            await _show(desk, draft.view, shown)
    except Exception:
        # Whoever waits before "Checking" is told; the errand's log has the fault.
        await _show(desk, draft.view, failed(draft.view))
        raise


async def _show(desk: Desk, external_id: str, view: Modal) -> None:
    """Change the modal, if it is there: the person may have gone back or closed it.

    Raises:
        SlackError: Slack did not, asked for a minute.
    """
    for pause in (*UNTIL_SHOWN, *UNTIL_WELL):
        await asyncio.sleep(pause)
        try:
            await desk.slack.update_view(view, external_id=external_id)
        except Gone as error:
            fault: SlackError = error
            if pause == UNTIL_SHOWN[-1]:
                return
        except SlackError as error:
            fault = error
        else:
            return
    raise fault
