"""The review between a form and its action: checked, shown, confirmed."""

import asyncio
import json
from datetime import UTC, datetime
from hashlib import sha256
from uuid import uuid4

import structlog
from slack_sdk.models.views import View as Modal

from blocks.review import (
    REASON,
    TYPED_NAME,
    another_name,
    checking,
    failed,
    out_of_date,
    review_view,
    sent_before,
)
from blocks.saved_forms import name_taken_view
from blocks.words import REQUIRED
from bot.campaigns.actions import ACTIONS
from bot.campaigns.commands import AnyCommand, ScheduleCampaign
from bot.campaigns.names import folded
from bot.campaigns.review import Review
from bot.records import Draft, Origin
from bot.slack import Gone, ShownView, SlackError
from handlers import saving
from handlers.payloads import Press, SlashCommand, Submit, ViewState
from handlers.replies import CLOSE_ALL, Reply, errors, on_top
from handlers.services import Services

log = structlog.get_logger()

# Seconds before each attempt to update the modal, while Slack may not have shown it yet.
UNTIL_SHOWN = (0.0, 0.3, 0.3, 0.3, 1.0)
# Seconds before each further attempt while Slack fails: a minute in all.
UNTIL_WELL = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)


async def begin(services: Services, origin: Origin, command: AnyCommand, trigger_id: str) -> Reply:
    """Store the submitted values, and show a review on top of the form.

    Slack may send the same submission twice and show either answer, so both name the same view, and
    the bot draws it for each.
    """
    draft = _draft(origin, command, trigger_id)
    earlier = await services.records.drafts.keep(draft)
    services.tasks.start(_review(services, draft, earlier))
    return on_top(checking(draft.view))


def open_for(
    services: Services, sent: SlashCommand | Press, origin: Origin, command: AnyCommand
) -> None:
    """Open a review without a form, after the answer to Slack; its view is the key."""
    services.start(sent, _open(services, sent, origin, command))


async def split(services: Services, press: Press) -> None:
    """Handle the button that ends the series before the clocks change, and review that.

    The review that was shown becomes invalid. A second press before the new check does nothing.
    """
    view = press.view
    draft = await services.records.drafts.get(view.external_id) if view else None
    if not (view and draft and _was_seen(draft, press.user, view)):
        return
    halved = _split(draft)
    if halved and await services.records.drafts.advance(halved, after=draft):
        services.tasks.start(_check_again(services, halved))


async def confirm(services: Services, sent: Submit) -> Reply:
    """Accept what was reviewed, if it is unchanged."""
    draft = await services.records.drafts.get(sent.view.external_id)
    if not (draft and draft.command and draft.review and _was_seen(draft, sent.user, sent.view)):
        return await _unless_accepted(services, sent, draft, on_top(out_of_date()))
    if denied := services.denied(draft, ACTIONS[draft.command.action].permission):
        return await _unless_accepted(services, sent, draft, denied)
    reason = sent.view.typed(REASON).strip()
    if missing := _missing(draft.review, reason, sent.view.typed(TYPED_NAME)):
        return errors(sent.view, missing)
    if await saving.name_taken(services, draft, draft.command):
        return await _unless_accepted(services, sent, draft, on_top(name_taken_view()))
    now = datetime.now(UTC)
    kept = saving.kept_of(draft, draft.command, now)
    if await services.work.accept(draft.submission(now, reason), kept):
        return CLOSE_ALL
    return await _unless_accepted(services, sent, draft, on_top(sent_before()))


def _missing(review: Review, reason: str, typed_name: str) -> dict[str, str]:
    """Return what is said on each field that must be filled in to confirm the review."""
    if review.needs_reason and not reason:
        return {REASON: REQUIRED}
    if ACTIONS[review.action].typed_name and folded(typed_name) != folded(review.label):
        return {TYPED_NAME: another_name(review)}
    return {}


async def _unless_accepted(
    services: Services, sent: Submit, draft: Draft | None, refused: Reply
) -> Reply:
    """Return the refusal; if exactly this was accepted before, repeat that answer.

    A form is accepted once, and Slack may not have shown that it was.
    """
    # A form that was opened from another modal is not the first one of its stack.
    key = draft.key if draft else sent.view.root_view_id
    accepted = await services.records.submission(key)
    if accepted is None or accepted.author != sent.user:
        return refused
    same = accepted.digest == sent.view.private_metadata
    return CLOSE_ALL if same else on_top(sent_before())


def _draft(origin: Origin, command: AnyCommand, trigger_id: str = "") -> Draft:
    """Build a draft; the same values in the same form give its view the same name."""
    draft = Draft(
        **origin.model_dump(),
        command=command,
        made_at=datetime.now(UTC),
        triggers=(trigger_id,) if trigger_id else (),
    )
    name = sha256(json.dumps(draft.content(), sort_keys=True).encode()).hexdigest()
    # Without a form, no view can have been submitted twice yet.
    return draft.model_copy(update={"view": name if origin.key else uuid4().hex})


def _was_seen(draft: Draft, person: str, view: ViewState) -> bool:
    """Return whether the person's view shows this draft, and can be confirmed."""
    if draft.review is None or draft.digest != view.private_metadata:
        return False
    return draft.author == person and not draft.review.blocked


def _split(draft: Draft) -> Draft | None:
    """Return the draft with the first part to do and the rest beside it, to review again."""
    parts = draft.review.parts if draft.review else None
    if parts is None or not isinstance(draft.command, ScheduleCampaign):
        return None
    first, rest = parts
    command = draft.command.model_copy(update={"schedule": first, "rest": rest})
    return draft.model_copy(update={"command": command, "review": None, "digest": None})


async def _open(
    services: Services, sent: SlashCommand | Press, origin: Origin, command: AnyCommand
) -> None:
    draft = _draft(origin, command)
    opened = await services.open_modal(sent, checking(draft.view))
    if opened is None:
        return
    draft = draft.model_copy(update={"key": opened.id})
    await services.records.drafts.keep(draft)
    await _check(services, draft)


async def _check_again(services: Services, draft: Draft) -> None:
    await show(services, draft.view, checking(draft.view))
    await _check(services, draft)


async def _review(services: Services, draft: Draft, earlier: Draft | None) -> None:
    """Show the review of a draft; `earlier` is the draft stored for its view before.

    A repeated request continues from the state of the first. A person who went back and submits the
    same again gets a new check.
    """
    if earlier is None:
        await _check(services, draft)
    elif not earlier.asked_by(draft):
        await _check(services, draft, after=earlier)
    elif earlier.review is None:
        await _check(services, earlier)
    else:
        await _draw(services, earlier)


async def _check(services: Services, draft: Draft, after: Draft | None = None) -> None:
    """Ask Kore.ai for what only it knows, and show the review in its view.

    If the draft has advanced beyond `after` in the meantime, show it as it is now.
    """
    try:
        checked = await services.work.preflight(draft)
        if await services.records.drafts.advance(checked, after=after or draft):
            await _draw(services, checked)
        elif (kept := await services.records.drafts.get(draft.view)) and kept.review:
            await _draw(services, kept)
    except Exception:
        # Tell the person who sees "Checking"; the background task logs the error.
        await show(services, draft.view, failed(draft.view))
        raise


async def _draw(services: Services, draft: Draft) -> None:
    """Show the review of a draft, if there is one."""
    where = services.environments.to_name(draft.environment)
    if draft.review and draft.digest:
        saved = await saving.what_is_saved(services, draft)
        reviewed = review_view(draft.view, draft.digest, draft.review, where, saved)
        await show(services, draft.view, reviewed)


async def show(services: Services, external_id: str, view: Modal) -> ShownView | None:
    """Update the modal; return None if Slack fails for a minute or the modal is gone.

    The person may have gone back, or closed it.
    """
    for pause in (*UNTIL_SHOWN, *UNTIL_WELL):
        await asyncio.sleep(pause)
        try:
            return await services.slack.update_view(view, external_id=external_id)
        except Gone as error:
            reason = error.reason
            if pause == UNTIL_SHOWN[-1]:
                return None
        except SlackError as error:
            reason = error.reason
    log.warning("view.not_drawn", view=view.callback_id, reason=reason)
    return None
