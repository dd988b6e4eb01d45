"""Typeaheads: suggestions that fit the typed text, which can always be chosen itself."""

from slack_sdk.models.blocks import Option

from blocks.contact_lists import size
from blocks.fields import LookupField
from blocks.form import Form, FormContext, read
from blocks.forms.common import CampaignForm
from blocks.ids import Source
from blocks.kit import option
from blocks.options import Choice, campaign_options, options
from blocks.state import OPTIONS_MAX, MalformedRequest
from bot.campaigns.campaign import Snapshot
from bot.campaigns.contacts import ContactList
from bot.campaigns.list_refs import ListRef
from bot.campaigns.names import folded, trimmed
from bot.campaigns.phones import Senders, UnreadableSender, contains, formatted, read_sender
from bot.campaigns.values import Kind, zones
from handlers.environments import environment_in
from handlers.filled import form_of
from handlers.forms import senders_known
from handlers.payloads import Query
from handlers.services import Services

# More than a workspace has.
SENDERS_MAX = 1000
# Kore.ai has other senders for each kind of campaign, and a short code reads as a SIP number.
_SENDERS = {Source.CALLER_IDS, Source.SMS_CALLER_IDS}


async def suggest(services: Services, query: Query) -> list[Option]:
    """Return a typeahead's options, best first, without waiting for Kore.ai.

    Raises:
        MalformedRequest: the form has no such typeahead.
    """
    form = form_of(query.view)
    field = form.fields().get(query.field)
    if not isinstance(field, LookupField):
        raise MalformedRequest("block_id")
    values = read(query.view.values, FormContext.load(query.view.private_metadata))
    environment = environment_in(services, values)
    services.list_anew(environment)
    typed = trimmed(query.typed)
    if field.source is Source.ZONES:
        return [option(zone) for zone in _zones(typed)][:OPTIONS_MAX]
    if field.source in _SENDERS and issubclass(form, CampaignForm):
        senders = await senders_known(services, query.user, form, values)
        before = await services.records.names(field.source, limit=SENDERS_MAX)
        return _sender_options(before, senders, form.kind, typed)
    if field.source is Source.CAMPAIGNS:
        return _campaign_options(await _campaigns(services, environment, typed), typed)
    if field.source is Source.CHOSEN_LISTS:
        found = await _contact_lists(services, environment, typed)
        return options(Choice(str(ListRef.of(each)), each.name, size(each)) for each in found)
    names = await _names(services, environment, form, field.source, typed)
    first = sorted(names, key=lambda value: value.lower() != typed.lower())
    known = bool(first) and first[0].lower() == typed.lower()
    return _and_typed(options(Choice(value, value) for value in first), typed, known=known)


def _campaign_options(campaigns: list[Snapshot], typed: str) -> list[Option]:
    """Return options with the campaigns of exactly the typed name first."""
    wanted = folded(typed)
    first = sorted(campaigns, key=lambda each: folded(each.name) != wanted)
    known = bool(first) and folded(first[0].name) == wanted
    return _and_typed(campaign_options(first), typed, known=known)


def _sender_options(before: list[str], known: Senders, kind: Kind, typed: str) -> list[Option]:
    """Return options with the senders typed before, last used first, then those of campaigns.

    The typed one is the first, if it is among them. Each stands for what Kore.ai gets, and shows
    how the bot understands what was typed.
    """
    own = _understood(typed, kind, known) or typed
    texts = [each for each in (*before, *sorted(known.accepted)) if contains(each, typed)]
    fitting = [sender for each in texts if (sender := _understood(each, kind, known))]
    first = sorted(fitting, key=lambda sender: sender != own)
    shown = options(Choice(sender, formatted(sender)) for sender in first)
    return _and_typed(shown, own, known=own in fitting, label=formatted(own))


def _understood(typed: str, kind: Kind, known: Senders) -> str | None:
    """Return the sender that a text means; None if no campaign of this kind can have it."""
    try:
        return read_sender(typed, kind, known)
    except UnreadableSender:
        return None


def _and_typed(
    found: list[Option], typed: str, *, known: bool, label: str | None = None
) -> list[Option]:
    """Return the options and the typed text, unless it is empty or one of them is `known` for it.

    It is the last one, because the return key takes the first: an existing name is better than a
    typo.
    """
    own = option(typed, label) if typed else None
    if own is None or known or own.value in {each.value for each in found}:
        return found
    return [*found[: OPTIONS_MAX - 1], own]


async def _names(
    services: Services, environment: str | None, form: type[Form], source: Source, typed: str
) -> list[str]:
    """Return the names typed before, last used first, then those that known campaigns use."""
    if source is Source.CONTACT_LISTS:
        return [each.name for each in await _contact_lists(services, environment, typed)]
    before = await services.records.names(source, typed)
    used = await _used(services, environment, form, source) if environment else frozenset()
    fitting = sorted(each for each in used if folded(typed) in folded(each))
    return [*before, *(each for each in fitting if each not in before)]


async def _used(
    services: Services, environment: str, form: type[Form], source: Source
) -> frozenset[str]:
    """Return the names that the known campaigns of an environment use."""
    known = services.records.campaigns
    match source:
        case Source.DNC_LISTS:
            return await known.dnc_lists(environment)
        case Source.QUEUES:
            return await known.queues(environment)
        case Source.FLOWS if issubclass(form, CampaignForm):
            return await known.flows(environment, form.kind)
        case _:
            return frozenset()


async def _contact_lists(
    services: Services, environment: str | None, typed: str
) -> list[ContactList]:
    """Return the contact lists that contain the typed text, by name."""
    among = [environment] if environment else []
    return await services.records.catalog.contact_lists.search(among, typed, limit=OPTIONS_MAX)


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
