"""Typeaheads: suggestions that fit the typed text, which can always be chosen itself."""

from collections.abc import Iterable

from slack_sdk.models.blocks import Option

from blocks.fields import LookupField
from blocks.form import ENVIRONMENT, FormContext, read
from blocks.ids import Source
from blocks.kit import OPTION_VALUE_MAX, option
from blocks.state import MalformedRequest
from bot.campaigns.refs import CampaignRef
from bot.campaigns.values import zones
from handlers.forms import form_of
from handlers.payloads import Query
from handlers.services import Services

OPTIONS_MAX = 100


async def suggest(services: Services, query: Query) -> list[Option]:
    """Return a typeahead's options, best first, without waiting for Kore.ai.

    Raises:
        MalformedRequest: the form has no such typeahead.
    """
    field = form_of(query.view).fields().get(query.field)
    if not isinstance(field, LookupField):
        raise MalformedRequest("block_id")
    environment = _environment(services, query)
    services.list_anew(environment)
    typed = query.typed.strip()
    if field.source is Source.ZONES:
        return [option(zone) for zone in _zones(typed)][:OPTIONS_MAX]
    found = await _found(services, environment, field.source, typed)
    if typed and typed.lower() not in {field.shown(value).lower() for value in found}:
        # Last, because the return key takes the first: an existing name is better than a typo.
        found = [*found[: OPTIONS_MAX - 1], typed[:OPTION_VALUE_MAX]]
    return [option(value, field.shown(value)) for value in dict.fromkeys(found)][:OPTIONS_MAX]


def _environment(services: Services, query: Query) -> str | None:
    """Return the name of the environment chosen in the form; None if none is yet."""
    if not services.environments.several:
        return services.environments.first.name
    context = FormContext.load(query.view.private_metadata)
    chosen = services.environments.named(str(read(query.view.values, context).get(ENVIRONMENT)))
    return chosen.name if chosen else None


async def _found(
    services: Services, environment: str | None, source: Source, typed: str
) -> list[str]:
    if source not in {Source.CONTACT_LISTS, Source.CAMPAIGNS}:
        return await services.records.names(source, typed)
    if environment is None:
        return []
    if source is Source.CONTACT_LISTS:
        lists = await services.records.catalog.contact_lists(environment, typed, OPTIONS_MAX)
        return [each.name for each in lists]
    return await _campaigns(services, environment, typed)


async def _campaigns(services: Services, environment: str, typed: str) -> list[str]:
    """Return references to campaigns, last changed first."""
    found = await services.records.campaigns.search(
        text=typed, environments=[environment], limit=OPTIONS_MAX
    )
    return [str(CampaignRef.of(each.snapshot)) for each in found]


def _fitting(names: Iterable[str], typed: str) -> Iterable[str]:
    return (name for name in names if typed.lower() in name.lower())


def _zones(typed: str) -> list[str]:
    """Return zones that contain the typed text; those whose city begins with it come first."""
    wanted = typed.replace(" ", "_")
    fitting = sorted(_fitting(zones(), wanted))
    return sorted(
        fitting, key=lambda z: not z.rpartition("/")[2].lower().startswith(wanted.lower())
    )
