"""Look-ups: the card of one campaign, and the list of all campaigns."""

import re
from datetime import UTC, datetime

from blocks import messages
from blocks.campaign_lists import campaign_list
from blocks.card import CardFacts, details
from blocks.kit import Message, message_view
from blocks.state import MalformedRequest
from bot.campaigns.commands import ShowStatus
from bot.campaigns.filters import CampaignFilter
from bot.campaigns.refs import CampaignRef
from bot.campaigns.roles import Permission
from bot.records import Submission
from handlers.actions import origin
from handlers.payloads import ACTION_VALUE, Press, SlashCommand
from handlers.services import Services

PAGE_ROWS = 8
_PAGE = re.compile("[0-9]{1,6}")


async def show_status(services: Services, command: SlashCommand, rest: str) -> Message | None:
    """Handle `/campaign status <name or ID>`: post the campaign's card in this channel."""
    if not rest:
        return messages.names_no_campaign("status")
    return await _look_up(services, command, CampaignRef.parse(rest))


async def show_chosen(services: Services, press: Press) -> None:
    """Handle the Show button: post the card in this channel, or show it in the view."""
    ref = CampaignRef.parse(press.value)
    shown = await (_facts(services, press, ref) if press.view else _look_up(services, press, ref))
    if shown:
        services.answer(press, shown)


async def refresh(services: Services, press: Press) -> None:
    """Handle the Refresh button: update the card in place."""
    if notice := await _look_up(services, press, CampaignRef.parse(press.value), press.message_ts):
        services.answer(press, notice)


async def show_details(services: Services, press: Press) -> None:
    """Handle the Details option of a card: show everything that is known, to this person alone."""
    services.start(press, _open_details(services, press, CampaignRef.parse(press.value)))


async def list_known(services: Services, command: SlashCommand, rest: str) -> Message:
    """Handle `/campaign list [sms|voice] [status] [text]`: show the first page."""
    return await _page(services, command, 0, rest)


async def press_list(services: Services, press: Press) -> None:
    """Handle the List button in the menu, or a filter on the Home tab: show the first page."""
    number, typed = page_chosen(press)
    services.answer(press, await _page(services, press, number, typed))


async def turn_page(services: Services, press: Press) -> None:
    """Handle the buttons under a list: replace it with another page."""
    number, typed = page_chosen(press)
    page = await _page(services, press, number, typed)
    services.answer(press, page, replace=True)


def page_chosen(press: Press) -> tuple[int, str]:
    """Return the page that a button under a list leads to, and the typed filter of the list.

    Raises:
        MalformedRequest: the button's value has no page number.
    """
    number, _, typed = press.value.partition(" ")
    if not _PAGE.fullmatch(number):
        raise MalformedRequest(ACTION_VALUE)
    return int(number), typed


async def _page(
    services: Services, request: SlashCommand | Press, page: int, typed: str
) -> Message:
    return await list_page(services, services.among(request, Permission.LIST), page, typed)


async def list_page(
    services: Services, environments: list[str] | None, page: int, typed: str
) -> Message:
    """Return a page of the campaigns in these environments, or in all, that fit what was typed."""
    for each in services.readers:
        services.list_anew(each)
    wanted = CampaignFilter.parse(typed)
    rows = await services.records.campaigns.search(
        kind=wanted.kind,
        status=wanted.status,
        text=wanted.text,
        environments=environments,
        offset=page * PAGE_ROWS,
        limit=PAGE_ROWS + 1,
    )
    return campaign_list(
        [row.snapshot for row in rows[:PAGE_ROWS]],
        typed,
        page,
        more=len(rows) > PAGE_ROWS,
        read=await services.as_read(environments),
        environments=services.environments,
    )


async def _facts(
    services: Services, press: Press, ref: CampaignRef, *, with_buttons: bool = True
) -> Message:
    """Return a campaign's details as last seen, or the reason why they are not shown."""
    known = await services.records.campaigns.known(ref.id or "")
    environment = known.snapshot.environment if known else None
    if refused := services.refusal(press, Permission.STATUS, environment):
        return refused
    if known is None:
        return messages.campaign_gone(ref.label)
    facts = CardFacts(
        snapshot=known.snapshot,
        schedule=known.schedule,
        created_by=known.created_by,
        checked_at=known.seen_at,
        environment=services.environments.to_name(environment),
    )
    return details(facts, with_buttons=with_buttons)


async def _open_details(services: Services, press: Press, ref: CampaignRef) -> None:
    shown = await _facts(services, press, ref, with_buttons=False)
    await services.open_modal(press, message_view(shown))


async def _look_up(
    services: Services, request: SlashCommand | Press, ref: CampaignRef, card_ts: str | None = None
) -> Message | None:
    """Start a look-up where the person may look, or return the reason why not."""
    environment = await services.environment_of(ref)
    if refused := services.refusal(request, Permission.STATUS, environment):
        return refused
    among = services.among(request, Permission.STATUS)
    submission = Submission(
        **origin(request, request.trigger_id).model_dump(exclude={"environment"}),
        environment=environment,
        command=ShowStatus(
            campaign=ref, card_ts=card_ts, among=None if among is None else tuple(among)
        ),
        accepted_at=datetime.now(UTC),
    )
    await services.work.accept(submission)
    return None
