"""Lines typed after a command, read with what the bot knows of the account, without Kore.ai."""

from blocks.one_line import from_campaign_line
from bot.campaigns.names import folded
from bot.campaigns.one_line import (
    ScheduleLine,
    possible_campaigns,
    possible_lists,
    read_campaign,
    read_schedule,
)
from bot.campaigns.refs import CampaignRef
from bot.campaigns.values import Kind
from handlers.forms import Reading
from handlers.payloads import SlashCommand
from handlers.services import Services


async def campaign_line(
    services: Services, command: SlashCommand, typed: str, kind: Kind
) -> Reading:
    """Return what a line says of a new campaign."""
    names = possible_lists(typed)
    lists = await services.records.catalog.contact_lists.called(
        names, _environment(services, command)
    )
    said = from_campaign_line(read_campaign(typed, kind, lists))
    return lambda _zone: said


async def schedule_line(services: Services, command: SlashCommand, typed: str) -> ScheduleLine:
    """Return what a line says of a campaign's schedule."""
    names, environment = possible_campaigns(typed), _environment(services, command)
    named = await services.records.campaigns.called(names, environment)
    return read_schedule(typed, named | await _with_id(services, typed))


async def _with_id(services: Services, typed: str) -> frozenset[str]:
    """Return the references to a campaign whose ID is the first word, if there is one."""
    ref = CampaignRef.parse(typed)
    known = await services.records.campaigns.known(ref.id) if ref.id else None
    if known is None:
        return frozenset()
    found = CampaignRef.of(known.snapshot)
    shapes = (found, found.model_copy(update={"environment": None}))
    named = [*shapes, *(each.model_copy(update={"name": ""}) for each in shapes)]
    return frozenset(folded(each.whole) for each in named)


def _environment(services: Services, command: SlashCommand) -> str | None:
    """Return the name of the channel's environment, if it has one."""
    own = services.environments.of_channel(command.channel)
    return own.name if own else None
