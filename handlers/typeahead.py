"""Typeaheads: suggestions that fit the typed text, which can always be chosen itself."""

from slack_sdk.models.blocks import Option

from blocks.fields import LookupField
from blocks.form import ENVIRONMENT, FormContext, read
from blocks.ids import Source
from blocks.kit import option
from blocks.options import Choice, campaign_options, options
from blocks.state import OPTIONS_MAX, MalformedRequest
from bot.campaigns.campaign import Snapshot
from bot.campaigns.names import folded, trimmed
from bot.campaigns.values import zones
from handlers.forms import form_of
from handlers.payloads import Query
from handlers.services import Services


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
    typed = trimmed(query.typed)
    if field.source is Source.ZONES:
        return [option(zone) for zone in _zones(typed)][:OPTIONS_MAX]
    if field.source is Source.CAMPAIGNS:
        return _campaign_options(await _campaigns(services, environment, typed), typed)
    values = await _values(services, environment, field.source, typed)
    first = sorted(values, key=lambda value: value.lower() != typed.lower())
    known = bool(first) and first[0].lower() == typed.lower()
    return _and_typed(options(Choice(value, value) for value in first), typed, known=known)


def _campaign_options(campaigns: list[Snapshot], typed: str) -> list[Option]:
    """Return options with the campaigns of exactly the typed name first."""
    wanted = folded(typed)
    first = sorted(campaigns, key=lambda each: folded(each.name) != wanted)
    known = bool(first) and folded(first[0].name) == wanted
    return _and_typed(campaign_options(first), typed, known=known)


def _and_typed(found: list[Option], typed: str, *, known: bool) -> list[Option]:
    """Return the options and the typed text, unless it is empty or one of them is `known` for it.

    It is the last one, because the return key takes the first: an existing name is better than a
    typo.
    """
    own = option(typed) if typed else None
    if own is None or known or own.value in {each.value for each in found}:
        return found
    return [*found[: OPTIONS_MAX - 1], own]


def _environment(services: Services, query: Query) -> str | None:
    """Return the name of the environment chosen in the form; None if none is yet."""
    if not services.environments.several:
        return services.environments.first.name
    context = FormContext.load(query.view.private_metadata)
    chosen = services.environments.named(str(read(query.view.values, context).get(ENVIRONMENT)))
    return chosen.name if chosen else None


async def _values(
    services: Services, environment: str | None, source: Source, typed: str
) -> list[str]:
    if source is not Source.CONTACT_LISTS:
        return await services.records.names(source, typed)
    if environment is None:
        return []
    lists = await services.records.catalog.contact_lists(environment, typed, OPTIONS_MAX)
    return [each.name for each in lists]


async def _campaigns(services: Services, environment: str | None, typed: str) -> list[Snapshot]:
    """Return the campaigns of the typed name, then those that contain it, last changed first."""
    if environment is None:
        return []
    known = services.records.campaigns
    named = await known.named(typed, environment) if typed else []
    found = await known.search(text=typed, environments=[environment], limit=OPTIONS_MAX)
    return [each.snapshot for each in (*named, *found)]


def _zones(typed: str) -> list[str]:
    """Return zones that contain the typed text; those whose city begins with it come first."""
    wanted = typed.replace(" ", "_").lower()
    fitting = sorted(zone for zone in zones() if wanted in zone.lower())
    return sorted(fitting, key=lambda z: not z.rpartition("/")[2].lower().startswith(wanted))
