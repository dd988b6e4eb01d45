"""Reads a campaign's present settings, which an edit or a clone begins with."""

from pydantic import JsonValue

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.edits import Settings, settings_of
from bot.campaigns.list_refs import LIST_ID
from bot.campaigns.reasons import Failure, Namesake, Reason
from bot.campaigns.refs import CampaignRef
from bot.campaigns.statuses import FITS
from bot.campaigns.values import DialingMode, Frozen, Kind
from bot.catalog import Catalog
from bot.kore import KoreError
from bot.records import Records
from bot.work.failures import failure_of, not_found


class Present(Frozen):
    """A campaign as it is now, and its settings as far as they are known."""

    found: Snapshot
    kind: Kind
    settings: dict[str, JsonValue]


async def known_settings(records: Records, found: Snapshot) -> Settings:
    """Return the settings of a campaign that was just read."""
    known = await records.campaigns.known(found.id)
    if known and found.connection is None:
        found = found.model_copy(update={"connection": known.snapshot.connection})
    named = await _list_names(records, found)
    found = found.model_copy(update={"contact_lists": named})
    return settings_of(found, known.sent if known else None)


async def _list_names(records: Records, found: Snapshot) -> tuple[str, ...]:
    """Return the names of its contact lists, which Kore.ai may give by their IDs."""
    if not any(each.startswith(LIST_ID) for each in found.contact_lists):
        return found.contact_lists
    lists = await records.catalog.contact_lists.search([found.environment or ""])
    names = {each.id: each.name for each in lists}
    return tuple(names.get(each, each) for each in found.contact_lists)


async def read_present(catalog: Catalog, records: Records, ref: CampaignRef) -> Present | Failure:
    """Read the campaign that a reference means; return why that is not possible, if it is not."""
    try:
        found = await catalog.find(ref)
    except KoreError as error:
        return failure_of(error)
    if not found:
        return await not_found(records, ref)
    if len(found) > 1:
        return Failure(reason=Reason.SEVERAL, namesakes=tuple(map(Namesake.of, found)))
    (only,) = found
    if only.kind is None:
        return Failure(reason=Reason.KIND_UNKNOWN)
    if only.dialing_mode not in {None, *DialingMode}:
        return Failure(reason=Reason.ONLY_IN_CONSOLE)
    settings = await known_settings(records, only)
    return Present(found=only, kind=only.kind, settings=dict(settings))


def cannot_edit(present: Present) -> Failure | None:
    """Return why the campaign cannot be edited in its status, or None."""
    found = present.found
    reason = FITS[Action.EDIT].refusal(found.status, scheduled=found.scheduled)
    return Failure(reason=reason) if reason else None
