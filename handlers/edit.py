"""Editing and cloning a campaign: a form filled with what Kore.ai has."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from uuid import uuid4

from blocks.edits import not_opened_view, reading_view
from blocks.failures import Failed
from blocks.form import ENVIRONMENT, FormContext, Values, initial_values
from blocks.forms import CAMPAIGN_FORMS, EDIT_FORMS
from blocks.forms.common import CampaignForm
from blocks.forms.edit import values_of_campaign
from bot.campaigns.actions import ACTIONS, Action
from bot.campaigns.edits import marks_of
from bot.campaigns.names import copies
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.refs import CampaignRef
from bot.campaigns.values import NAME_MAX
from bot.records import Origin
from bot.work.present import Present, cannot_edit, read_present
from handlers import review
from handlers.filled import Filled
from handlers.forms import unfolded_if_wrong
from handlers.payloads import Press, SlashCommand, Submit
from handlers.replies import Reply, on_top
from handlers.services import Services

# How long a person waits at most for Kore.ai, at the "Reading" screen.
SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to begin with an existing campaign: the title, and which form is opened how."""

    title: str
    action: Action
    refusal: Callable[[Present], Failure | None]
    form: Callable[[Present], type[CampaignForm]]
    values: Callable[[Services, Present], Awaitable[Values]]


async def _edited(_services: Services, present: Present) -> Values:
    """Return the campaign's settings, and what they are compared with later."""
    target = {"target": str(CampaignRef.of(present.found)), "seen": marks_of(present.settings)}
    return values_of_campaign(present.settings) | target


async def _set_back(services: Services, present: Present) -> Values:
    """Return the settings that the bot last sent in place of those that were changed since."""
    known = await services.records.campaigns.known(present.found.id)
    sent = known.sent.model_dump(mode="json", exclude_none=True) if known and known.sent else {}
    return await _edited(services, present) | values_of_campaign(present.settings | sent)


async def _cloned(services: Services, present: Present) -> Values:
    """Return the campaign's settings, with a name that no known campaign has."""
    ref, names = CampaignRef.of(present.found), copies(present.found.name, NAME_MAX)
    name = await services.unused(names, present.found.environment)
    return values_of_campaign(present.settings) | {"name": name, "cloned": ref.short}


_EDIT = _Way(
    title="Edit a campaign",
    action=Action.EDIT,
    refusal=cannot_edit,
    form=lambda present: EDIT_FORMS[present.kind],
    values=_edited,
)
_SET_BACK = replace(_EDIT, title="Set a campaign back", values=_set_back)
_CLONE = _Way(
    title="Clone a campaign",
    action=Action.CREATE,
    refusal=lambda _: None,
    form=lambda present: CAMPAIGN_FORMS[present.kind],
    values=_cloned,
)


def open_edit(
    services: Services, sent: SlashCommand | Press, asked: Origin, ref: CampaignRef
) -> None:
    """Open the form that edits a campaign, after the answer to Slack."""
    services.start(sent, _open(services, sent, asked, ref, _EDIT))


def open_set_back(
    services: Services, sent: SlashCommand | Press, asked: Origin, ref: CampaignRef
) -> None:
    """Open the form that sets a campaign back to what the bot last sent, after the answer."""
    services.start(sent, _open(services, sent, asked, ref, _SET_BACK))


def open_clone(
    services: Services, sent: SlashCommand | Press, asked: Origin, ref: CampaignRef
) -> None:
    """Open the form that creates a campaign like another one, after the answer to Slack."""
    services.start(sent, _open(services, sent, asked, ref, _CLONE))


async def push_edit(services: Services, sent: Submit, asked: Origin, ref: CampaignRef) -> Reply:
    """Show the form that edits a campaign on top of the question for its environment."""
    return _push(services, sent, asked, ref, _EDIT)


async def push_clone(services: Services, sent: Submit, asked: Origin, ref: CampaignRef) -> Reply:
    """Show the form that clones a campaign on top of the question for its environment."""
    return _push(services, sent, asked, ref, _CLONE)


async def _open(
    services: Services, sent: SlashCommand | Press, asked: Origin, ref: CampaignRef, way: _Way
) -> None:
    external_id = uuid4().hex
    if await services.open_modal(sent, reading_view(external_id, way.title)):
        await _fill(services, asked, ref, way, external_id)


def _push(services: Services, sent: Submit, asked: Origin, ref: CampaignRef, way: _Way) -> Reply:
    # If Slack sends the submission again, the answer is the same.
    external_id = f"{way.action}-{sent.trigger_id}"
    services.tasks.start(_fill(services, asked, ref, way, external_id))
    return on_top(reading_view(external_id, way.title))


async def _fill(
    services: Services, asked: Origin, ref: CampaignRef, way: _Way, external_id: str
) -> None:
    """Show the form in the view, or why there is none; if it was shown before, leave it.

    Slack may show the answer to either of two requests, and a person may type in the form by then.
    """
    async with services.turn(external_id):
        if services.last_drawn.get(external_id) is None:
            await _show(services, asked, ref, way, external_id)


async def _show(
    services: Services, asked: Origin, ref: CampaignRef, way: _Way, external_id: str
) -> None:
    present = await _read(services, asked, ref)
    if isinstance(present, Present) and (refused := way.refusal(present)):
        present = refused
    if isinstance(present, Failure):
        failed = Failed(action=way.action, name=ref.label, failure=present, reference="")
        await review.show(services, external_id, not_opened_view(way.title, failed))
        return
    filled = await _filled(services, asked, present, way)
    if shown := await review.show(services, external_id, filled.drawn()):
        for name in (shown.id, external_id):
            services.last_drawn.note(name, filled)


async def _filled(services: Services, asked: Origin, present: Present, way: _Way) -> Filled:
    form = way.form(present)
    given = await way.values(services, present)
    environment = asked.environment if services.environments.several else None
    placed = {ENVIRONMENT: environment, "channel": asked.channel or None}
    context = FormContext(
        channel=asked.channel,
        response_url=asked.response_url,
        environments=services.offered(asked, ACTIONS[form.action].permission),
    )
    filled = Filled(form, initial_values(form, given | placed), context)
    return await unfolded_if_wrong(services, asked.author, filled)


async def _read(services: Services, asked: Origin, ref: CampaignRef) -> Present | Failure:
    catalog = services.work.catalogs[asked.environment or ""]
    try:
        async with asyncio.timeout(SECONDS):
            return await read_present(catalog, services.records, ref)
    except TimeoutError:
        return Failure(reason=Reason.NO_ANSWER)
