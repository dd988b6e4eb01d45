"""The calendar of the coming week, as a direct message to the person who asks."""

from blocks.kit import Message, notice
from bot.campaigns.notifications import CalendarAsked
from bot.campaigns.roles import Permission
from handlers.payloads import Press, SlashCommand
from handlers.services import Services

_ON_ITS_WAY = notice("The calendar of the coming week is on its way to you as a direct message.")


async def by_command(services: Services, command: SlashCommand, _rest: str) -> Message:
    """Handle `/campaign calendar`."""
    services.start(command, _send(services, command))
    return _ON_ITS_WAY


async def press_calendar(services: Services, press: Press) -> None:
    """Handle the button on the Home tab."""
    services.start(press, _send(services, press))
    services.answer(press, _ON_ITS_WAY)


async def _send(services: Services, sent: SlashCommand | Press) -> None:
    among = services.among(sent, Permission.LIST)
    asked = CalendarAsked(
        person=sent.user,
        environments=None if among is None else tuple(among),
        zone=await services.zone_of(sent.user),
    )
    await services.records.coming_runs.show(sent.key, asked)
