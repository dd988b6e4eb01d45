"""Saved forms: the list of them, to start from one, and to delete one."""

from itertools import chain

from blocks import messages
from blocks.form import ENVIRONMENT
from blocks.forms import CAMPAIGN_FORMS
from blocks.kit import Message
from blocks.one_line import FromLine
from blocks.saved_forms import saved_form_page, started_from
from bot.campaigns.names import best, copies, typed_name
from bot.campaigns.roles import Permission
from bot.campaigns.saved_forms import SavedForm
from bot.campaigns.values import NAME_MAX
from handlers.environments import environment_given, environment_in
from handlers.forms import open_form
from handlers.lookups import PAGE_ROWS, page_chosen
from handlers.payloads import Press, SlashCommand
from handlers.services import Services


async def by_command(services: Services, command: SlashCommand, rest: str) -> Message | None:
    """Handle `/campaign saved [name]`: open the only form that fits, or show the first page."""
    typed = typed_name(rest)
    if typed:
        found = await services.records.saved_forms.search(command.channel, typed)
        fits = best(found, typed, lambda each: each.name) or found
        if len(fits) == 1:
            await _open(services, command, fits[0])
            return None
    return await _page(services, command, 0, typed)


async def press_list(services: Services, press: Press) -> None:
    """Handle the Saved forms button in the menu: show the first page below it."""
    services.answer(press, await _page(services, press, 0, ""))


async def turn_page(services: Services, press: Press) -> None:
    """Handle the buttons under a list: replace it with another page."""
    number, typed = page_chosen(press)
    services.answer(press, await _page(services, press, number, typed), replace=True)


async def use(services: Services, press: Press) -> None:
    """Handle the Use button: open the form for a new campaign with the saved values."""
    if saved := await _saved(services, press):
        await _open(services, press, saved)
    else:
        services.answer(press, messages.saved_form_gone())


async def delete(services: Services, press: Press) -> None:
    """Handle the Delete button, and show the first page of what is left in the list's place."""
    saved = await _saved(services, press)
    if saved and (refused := _refusal(services, press, saved)):
        services.answer(press, refused)
        return
    if saved:
        await services.records.saved_forms.delete(saved.id)
    services.answer(press, await _page(services, press, 0, ""), replace=True)


async def _saved(services: Services, press: Press) -> SavedForm | None:
    """Return the saved form of a button, if it is still there and for the button's channel."""
    found = await services.records.saved_forms.get(press.value)
    return found if found and found.is_for(press.channel) else None


def _refusal(services: Services, request: SlashCommand | Press, saved: SavedForm) -> Message | None:
    """Return the message for a person who may not delete this form; None if they may."""
    if saved.author == request.user:
        return None
    return services.refusal(request, Permission.MANAGE_SAVED_FORMS)


async def _open(services: Services, request: SlashCommand | Press, saved: SavedForm) -> None:
    """Open the form, with the saved name of the campaign or one like it that no campaign has."""
    given = environment_given(services, request, {})
    environment = environment_in(services, {ENVIRONMENT: given})
    name = str(saved.values.get("name") or saved.name)
    names = chain([name], copies(name, NAME_MAX))
    values = saved.values | {"name": await services.unused(names, environment)}
    view, said = CAMPAIGN_FORMS[saved.kind].view, FromLine(remark=started_from(saved))
    open_form(services, request, view, values, lambda _zone: said)


async def _page(
    services: Services, request: SlashCommand | Press, page: int, typed: str
) -> Message:
    """Return a page of the saved forms for the channel and for everybody that contain a text."""
    rows = await services.records.saved_forms.search(
        request.channel, typed, offset=page * PAGE_ROWS, limit=PAGE_ROWS + 1
    )
    shown = rows[:PAGE_ROWS]
    return saved_form_page(
        shown,
        typed,
        page,
        more=len(rows) > PAGE_ROWS,
        may_delete=[each.id for each in shown if not _refusal(services, request, each)],
    )
