"""Saved forms: a page of them, and what people read when they save one or start from one."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View as Modal

from blocks import times
from blocks.card import KIND_WORDS
from blocks.ids import Button
from blocks.kit import (
    Message,
    button,
    buttons,
    context,
    escape,
    notice_view,
    question,
    section,
)
from bot.campaigns.saved_forms import SavedForm

_HOW_TO_SAVE = (
    "To save a form, choose so under “More options” when you create a campaign. It is saved once "
    "you confirm the review."
)


def saved_form_page(
    rows: Sequence[SavedForm], typed: str, page: int, *, more: bool, may_delete: Sequence[str]
) -> Message:
    """Show one page of saved forms whose names contain what was typed.

    `may_delete` are the IDs of those that the person may delete.
    """
    narrowed = f" for “{escape(typed)}”" if typed else ""
    title = f"Saved forms{narrowed}" + (f", page {page + 1}" if page or more else "")
    blocks: list[Block] = [section(f"*{title}*")]
    blocks += [block for each in rows for block in _row(each, may_delete=each.id in may_delete)]
    if not rows:
        blocks.append(section(f"There is no saved form{narrowed} for this channel or everybody."))
    if steps := list(_steps(typed, page, more=more)):
        blocks.append(buttons(*steps))
    blocks.append(context(_HOW_TO_SAVE))
    names = ", ".join(escape(each.name) for each in rows)
    return Message(text=f"{title}: {names or 'none'}", blocks=blocks)


def started_from(saved: SavedForm) -> str:
    """Say at the top of a form which saved form its values are from."""
    return (
        f"From the saved form “{escape(saved.name)}” of <@{saved.author}>, "
        f"{times.readers_time(saved.saved_at)}."
    )


def is_saved(saving: SavedForm, before: SavedForm | None) -> str:
    """Say in a review that the form is saved, and what it replaces."""
    where = f"for <#{saving.channel}>" if saving.channel else "for everybody"
    said = f"This form is saved as “{escape(saving.name)}” {where} once you confirm."
    if before is None:
        return said
    return (
        f"{said}\n:warning: It replaces your saved form “{escape(before.name)}” of "
        f"{times.readers_time(before.saved_at)}."
    )


def name_taken(others: SavedForm) -> str:
    """Say on the field that somebody else's form has the name."""
    return (
        f"Somebody else saved the form “{others.name}” under this name, and only they can replace "
        "it. Choose another name."
    )


def name_taken_view() -> Modal:
    """Say that somebody else saved a form under the name after the review was shown."""
    return notice_view(
        "Name taken",
        "Somebody else has just saved a form under the name that you chose, so nothing was sent. "
        "Go back to the form and choose another name.",
    )


def _row(saved: SavedForm, *, may_delete: bool) -> Iterator[Block]:
    where = "for this channel" if saved.channel else "for everybody"
    yield section(
        f"*{escape(saved.name)}*\n{KIND_WORDS[saved.kind]} · {where} · saved by "
        f"<@{saved.author}> {times.readers_time(saved.saved_at)}"
    )
    use = button("Use", Button.USE_SAVED_FORM, saved.id)
    yield buttons(use, _delete(saved)) if may_delete else buttons(use)


def _delete(saved: SavedForm) -> ButtonElement:
    whose = "Nobody in this channel" if saved.channel else "Nobody"
    sure = question(
        "Delete the saved form?",
        f"{whose} can start from “{saved.name}” then. Campaigns created from it stay.",
        "Delete",
        "Keep",
    )
    return button("Delete", Button.DELETE_SAVED_FORM, saved.id, style="danger", confirm=sure)


def _steps(typed: str, page: int, *, more: bool) -> Iterator[ButtonElement]:
    if page > 0:
        yield button("Previous", Button.SAVED_FORMS_PREVIOUS, f"{page - 1} {typed}".strip())
    if more:
        yield button("Next", Button.SAVED_FORMS_NEXT, f"{page + 1} {typed}".strip())
