"""Digests: a channel gets one every morning, by choice."""

from datetime import time

from blocks import digests
from blocks.kit import Message
from bot.campaigns.digests import DigestTime
from bot.campaigns.names import folded
from bot.campaigns.one_line import clock_of
from bot.campaigns.roles import Permission
from handlers.channels import tell_channel
from handlers.payloads import SlashCommand
from handlers.services import Services

OFF = "off"


async def by_command(services: Services, command: SlashCommand, rest: str) -> Message | None:
    """Handle `/campaign digest [time|off]`; alone, tell when this channel gets it."""
    if not rest:
        return digests.chosen_time(await services.records.digests.of(command.channel))
    if folded(rest) == OFF:
        return await _end(services, command)
    at = clock_of(rest)
    if at is None:
        return digests.no_time(rest)
    services.start(command, _begin(services, command, at))
    return None


async def _begin(services: Services, command: SlashCommand, at: time) -> None:
    """Store the time, in the person's zone, once the channel was told."""
    own = services.environments.of_channel(command.channel)
    among = [own.name] if own else services.among(command, Permission.LIST)
    chosen = DigestTime(
        channel=command.channel,
        author=command.user,
        at=at,
        zone=await services.zone_of(command.user),
        environments=None if among is None else tuple(among),
    )
    if await tell_channel(services, command, digests.begun(chosen), "digest"):
        await services.records.digests.keep(chosen)


async def _end(services: Services, command: SlashCommand) -> Message | None:
    if not await services.records.digests.stop(command.channel):
        return digests.chosen_time(None)
    said = digests.ended(command.user)
    services.start(command, _tell(services, command, said))
    return None


async def _tell(services: Services, command: SlashCommand, said: Message) -> None:
    await tell_channel(services, command, said, "digest")
