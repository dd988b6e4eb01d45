"""Opens the forms that create, rename, delete and fill contact lists."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from blocks import messages
from blocks.form import ENVIRONMENT, Values
from blocks.forms.lists import values_of
from blocks.ids import View
from blocks.kit import Message
from bot.campaigns.actions import Action
from bot.campaigns.contacts import ContactList
from bot.campaigns.names import typed_name
from bot.campaigns.roles import Permission
from handlers.contact_lists import in_channel, ref_of
from handlers.forms import open_form
from handlers.payloads import Press, SlashCommand
from handlers.services import Services

# The form of each action on an existing contact list.
_VIEWS: Mapping[Action, View] = MappingProxyType(
    {
        Action.RENAME_LIST: View.RENAME_LIST,
        Action.DELETE_LIST: View.DELETE_LIST,
        Action.ADD_CONTACTS: View.ADD_CONTACTS,
    }
)


async def new_list(services: Services, command: SlashCommand, rest: str) -> Message | None:
    """Handle `/campaign new-list [name]`."""
    open_form(services, command, View.CREATE_LIST, {"name": typed_name(rest) or None})
    return None


async def press_new_list(services: Services, press: Press) -> None:
    """Handle the button for a new contact list."""
    open_form(services, press, View.CREATE_LIST)


def by_command(
    action: Action,
) -> Callable[[Services, SlashCommand, str], Awaitable[Message | None]]:
    """Return the handler of an action's command, with or without a contact list's name."""

    async def open_for(services: Services, command: SlashCommand, rest: str) -> Message | None:
        name = typed_name(rest)
        if not name:
            open_form(services, command, _VIEWS[action])
            return None
        found = await _named(services, command, name)
        if len(found) != 1:
            return messages.no_single_contact_list(name, len(found))
        return _open(services, command, action, found[0])

    return open_for


def by_button(action: Action) -> Callable[[Services, Press], Awaitable[None]]:
    """Return the handler of an action's button, which names the contact list."""

    async def open_for(services: Services, press: Press) -> None:
        ref, original = ref_of(press), in_channel(press)
        environment = ref.environment or services.environments.first.name
        found = await services.records.catalog.contact_lists.get(environment, ref.id)
        refused = services.refusal(original, Permission.MANAGE_LISTS, environment)
        if refused is None:
            gone = messages.contact_list_gone(ref.label)
            refused = _open(services, original, action, found) if found else gone
        if refused:
            services.answer(press, refused)

    return open_for


async def _named(services: Services, command: SlashCommand, name: str) -> list[ContactList]:
    """Return the known contact lists of a name, where the person may change them.

    A name is looked up in the channel's environment, if the channel has one.
    """
    own = services.environments.of_channel(command.channel)
    among = services.permitted(command.user, Permission.MANAGE_LISTS, command.channel)
    places = [own.name] if own else among
    return await services.records.catalog.contact_lists.named(name, places)


def _open(
    services: Services, request: SlashCommand | Press, action: Action, found: ContactList
) -> Message | None:
    """Open the form with a contact list, or return why it is not opened."""
    if refused := services.refusal(request, Permission.MANAGE_LISTS, found.environment):
        return refused
    given: Values = values_of(found) | {ENVIRONMENT: found.environment}
    open_form(services, request, _VIEWS[action], given)
    return None
