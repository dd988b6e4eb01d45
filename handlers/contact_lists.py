"""Contact lists: the list of all of them, and each one with everything known of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import structlog
from slack_sdk.models.views import View as Modal

from blocks import messages
from blocks.contact_lists import CAMPAIGNS_SHOWN, ShownList, contact_list_page, contact_list_view
from blocks.form import FormContext
from blocks.kit import Message
from blocks.state import MalformedRequest
from bot.campaigns.contacts import ContactList
from bot.campaigns.list_refs import ListRef
from bot.campaigns.names import typed_name
from bot.campaigns.reasons import Failure
from bot.campaigns.roles import Permission
from bot.slack import Gone, HashConflict, SlackError
from handlers.lookups import PAGE_ROWS, page_chosen
from handlers.payloads import ACTION_VALUE, Press, SlashCommand
from handlers.services import Services

log = structlog.get_logger()


async def list_all(services: Services, command: SlashCommand, rest: str) -> Message:
    """Handle `/campaign lists [text]`: show the first page."""
    return await _page(services, command, 0, typed_name(rest))


async def press_list(services: Services, press: Press) -> None:
    """Handle the Contact lists button in the menu: show the first page below it."""
    services.answer(press, await _page(services, press, 0, ""))


async def turn_page(services: Services, press: Press) -> None:
    """Handle the buttons under a list: replace it with another page."""
    number, typed = page_chosen(press)
    services.answer(press, await _page(services, press, number, typed), replace=True)


async def show(services: Services, press: Press) -> None:
    """Handle the Show button: show the list as last read, then as it is in Kore.ai now."""
    ref = ref_of(press)
    environment = ref.environment or services.environments.first.name
    if refused := services.refusal(press, Permission.LIST, environment):
        services.answer(press, refused)
        return
    stored = services.records.catalog.contact_lists
    known = await stored.get(environment, ref.id) if environment in services.readers else None
    if known is None:
        services.answer(press, messages.contact_list_gone(ref.label))
        return
    as_of = await services.work.catalogs[environment].lists_as_of()
    context = FormContext(channel=press.channel, response_url=press.response_url)
    services.start(press, _Look(services, press, known, context, as_of).show())


def ref_of(press: Press) -> ListRef:
    """Return the contact list that a button is for.

    Raises:
        MalformedRequest: the button's value names none.
    """
    ref = ListRef.parse(press.value)
    if ref is None:
        raise MalformedRequest(ACTION_VALUE)
    return ref


def in_channel(press: Press) -> Press:
    """Return a press in the modal of a contact list as if made where that modal was opened."""
    view = press.modal
    if view is None or not view.is_contact_list:
        return press
    opened_from = FormContext.load(view.private_metadata)
    return replace(press, channel=opened_from.channel, response_url=opened_from.response_url)


async def _page(
    services: Services, request: SlashCommand | Press, page: int, typed: str
) -> Message:
    """Return a page of the contact lists that the person may see and that contain a text."""
    may_see = services.among(request, Permission.LIST)
    among = [each for each in services.readers if may_see is None or each in may_see]
    for each in among:
        services.list_anew(each)
    rows = await services.records.catalog.contact_lists.search(
        among, typed, offset=page * PAGE_ROWS, limit=PAGE_ROWS + 1
    )
    return contact_list_page(
        rows[:PAGE_ROWS],
        typed,
        page,
        more=len(rows) > PAGE_ROWS,
        as_of=await _as_of(services, among),
        environments=services.environments,
        may_change=services.refusal(request, Permission.MANAGE_LISTS) is None,
    )


async def _as_of(services: Services, environments: Sequence[str]) -> datetime | None:
    """Return as of when every contact list of these environments is known; None if some is not."""
    read = [await services.work.catalogs[each].lists_as_of() for each in environments]
    known = [each for each in read if each]
    return min(known) if known and len(known) == len(read) else None


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at a contact list: shown as the bot knows it, then as it is in Kore.ai."""

    services: Services
    press: Press
    known: ContactList
    opened_from: FormContext
    as_of: datetime | None

    async def show(self) -> None:
        """Open the modal, look in Kore.ai, and update it unless something else is in its place."""
        first = await self._view(self.known, looking=True)
        opened = await self.services.open_modal(self.press, first, on_top=True)
        if opened is None:
            return
        environment = self.known.environment or ""
        found = await self.services.work.contact_list(environment, self.known.id)
        if isinstance(found, Failure):
            shown = await self._view(self.known, failure=found)
        else:
            shown = await self._view(found, as_of=datetime.now(UTC))
        try:
            await self.services.slack.update_view(shown, view_id=opened.id, known_hash=opened.hash)
        except (Gone, HashConflict):
            return
        except SlackError as error:
            log.warning("contact_list.not_shown", reason=error.reason)

    async def _view(
        self,
        found: ContactList,
        *,
        as_of: datetime | None = None,
        looking: bool = False,
        failure: Failure | None = None,
    ) -> Modal:
        shown = ShownList(
            contact_list=found,
            campaigns=await self._campaigns(found),
            as_of=as_of or self.as_of,
            looking=looking,
            failure=failure,
            may_change=self._may_change(),
        )
        return contact_list_view(shown, self.opened_from, self.services.environments)

    def _may_change(self) -> bool:
        environment = self.known.environment
        return self.services.refusal(self.press, Permission.MANAGE_LISTS, environment) is None

    async def _campaigns(self, found: ContactList) -> list[str]:
        """Return the names of a few campaigns on the list; Kore.ai's own there may be outdated."""
        campaigns = self.services.records.campaigns
        known = [await campaigns.known(each) for each in found.used_by[:CAMPAIGNS_SHOWN]]
        return [each.snapshot.name for each in known if each]
