"""What is kept of an accepted form: a saved form, and the values that its channel last used."""

from datetime import UTC, datetime
from uuid import uuid4

from blocks.form import Values
from blocks.forms import CAMPAIGN_FORMS
from blocks.forms.kept import repeated_values, saved_as, saved_values
from blocks.saved_forms import is_saved
from blocks.saved_forms import name_taken as taken_by
from bot.campaigns.commands import AnyCommand, CreateSms, CreateVoice
from bot.campaigns.saved_forms import Kept, LastUsed, SavedFor, SavedForm
from bot.campaigns.values import Kind
from bot.records import Draft, Origin
from handlers.services import Services


def kept_of(origin: Origin, command: AnyCommand, now: datetime) -> Kept | None:
    """Return what is kept of a form once its command is accepted; None unless it creates."""
    if origin.form is None or not isinstance(command, CreateSms | CreateVoice):
        return None
    kind = command.campaign.kind
    # The number as it is sent: as it was typed, people elsewhere could mean another one.
    values = origin.form.values | {"caller_id": command.campaign.caller_id}
    used = LastUsed(
        channel=origin.channel,
        environment=origin.environment or "",
        kind=kind,
        used_at=now,
        values=repeated_values(CAMPAIGN_FORMS[kind], values),
    )
    return Kept(last_used=used, saved=_saved(origin, kind, values, now))


async def name_taken(services: Services, origin: Origin, command: AnyCommand) -> dict[str, str]:
    """Return the error on the field, if the form is to be saved under the name of another's."""
    kept = kept_of(origin, command, datetime.now(UTC))
    before = await _before(services, kept.saved) if kept and kept.saved else None
    if before is None or before.author == origin.author:
        return {}
    return {"saved_name": taken_by(before)}


async def what_is_saved(services: Services, draft: Draft) -> str:
    """Return what a review says about the form being saved; empty if it is not."""
    kept = kept_of(draft, draft.command, draft.made_at) if draft.command else None
    if kept is None or kept.saved is None:
        return ""
    return is_saved(kept.saved, await _before(services, kept.saved))


async def last_used(
    services: Services, channel: str, environment: str | None, kind: Kind
) -> Values:
    """Return what a channel last used in an environment; nothing until both are known."""
    if not (channel and environment):
        return {}
    return await services.records.saved_forms.last_used(channel, environment, kind)


def _saved(origin: Origin, kind: Kind, values: Values, now: datetime) -> SavedForm | None:
    form = CAMPAIGN_FORMS[kind]
    named = saved_as(form, values)
    if named is None:
        return None
    name, whom = named
    return SavedForm(
        id=uuid4().hex,
        name=name,
        kind=kind,
        channel=origin.channel if whom is SavedFor.CHANNEL else "",
        author=origin.author,
        saved_at=now,
        values=saved_values(form, values),
    )


async def _before(services: Services, saving: SavedForm) -> SavedForm | None:
    """Return what is saved under this name until now."""
    stored = services.records.saved_forms
    return await stored.named(saving.name, saving.channel, saving.kind)
