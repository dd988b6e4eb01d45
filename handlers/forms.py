"""Forms: open them, redraw them when fields appear or disappear, and take submissions."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

import structlog
from slack_sdk.models.views import View as Modal

from blocks import messages
from blocks.fields import LookupField, Value, texts
from blocks.form import (
    ENVIRONMENT,
    Form,
    FormContext,
    FormErrors,
    Values,
    draw,
    initial_values,
    read,
)
from blocks.forms import FORMS
from blocks.ids import Source, View
from blocks.state import MalformedRequest
from blocks.words import CHOOSE
from bot.campaigns.actions import ACTIONS
from bot.records import Draft, FilledForm, Origin
from bot.slack import Gone, HashConflict, MessageKey, ShownView
from handlers import replies, review
from handlers.payloads import ACTION, CALLBACK, Closed, Press, SlashCommand, Submit, ViewState
from handlers.replies import Reply
from handlers.services import Services

log = structlog.get_logger()

# Kore.ai or the time zone database lists these; the bot remembers other names to suggest them.
_LISTED = {Source.CAMPAIGNS, Source.ZONES, Source.CONTACT_LISTS}


def open_form(
    services: Services,
    request: SlashCommand | Press,
    view: View,
    given: Mapping[str, Value] | None = None,
) -> None:
    """Open a form filled with the given values, after the answer to Slack."""
    environment = _environment_given(services, request, given or {})
    placed = {**(given or {}), ENVIRONMENT: environment}
    services.start(request, _open(services, request, FORMS[view], placed))
    services.list_anew(
        environment if services.environments.several else services.environments.first.name
    )


def _environment_given(
    services: Services, request: SlashCommand | Press, given: Mapping[str, Value]
) -> str | None:
    """Return the initial environment: empty if a person has to choose.

    None if there is only one. Only the environment of the channel or of the campaign is filled
    in, so that nobody gets into production by not looking.
    """
    if not services.environments.several:
        return None
    own = services.environments.of_channel(request.channel)
    name = str(given.get(ENVIRONMENT) or (own.name if own else ""))
    return name if services.environments.named(name) else ""


@dataclass(frozen=True, slots=True)
class _Filled:
    """A form with its values. While `context.zone` is set, Slack has not yet confirmed the zone."""

    form: type[Form]
    values: Values
    context: FormContext

    @classmethod
    def of(cls, view: ViewState) -> Self:
        """Read the form from a view; a zone that the person chose stays from now on."""
        form, context = form_of(view), FormContext.load(view.private_metadata)
        values = initial_values(form, read(view.values, context))
        if values["zone"] != context.zone:
            context = context.model_copy(update={"zone": None})
        return cls(form, values, context)

    def in_zone(self, zone: str) -> Self:
        """Replace the zone that the form was opened with, if it is another one."""
        if self.context.zone in {None, zone}:
            return self
        settled = {"zone": None, "reset": frozenset({"zone"})}
        return replace(
            self,
            values=self.values | {"zone": zone},
            context=self.context.model_copy(update=settled),
        )

    def drawn(self) -> Modal:
        """Draw it as a modal."""
        return draw(self.form, self.values, self.context)


async def _open(
    services: Services, request: SlashCommand | Press, form: type[Form], given: Mapping[str, Value]
) -> None:
    zone = await services.kept_zone(request.user)
    context = FormContext(
        channel=request.channel,
        response_url=request.response_url,
        environments=services.choices(request, ACTIONS[form.action].permission),
        zone=None if "zone" in given else zone,
    )
    values = initial_values(form, {"zone": zone, "channel": request.channel or None} | dict(given))
    filled = _Filled(form, values, context)
    if opened := await services.open_modal(request, filled.drawn()):
        await _settle_zone(services, request.user, opened, filled)


async def _settle_zone(services: Services, person: str, shown: ShownView, filled: _Filled) -> None:
    """Redraw the form in the zone that Slack reports, unless another redraw already did."""
    now = await services.zone_of(person)
    if (settled := filled.in_zone(now)) != filled:
        await _update(services, shown.id, shown.hash, settled)


def form_of(view: ViewState) -> type[Form]:
    """Return the form that a view shows.

    Raises:
        MalformedRequest: the view shows no form.
    """
    if view.callback_id not in FORMS:
        raise MalformedRequest(CALLBACK)
    return FORMS[View(view.callback_id)]


def redraw(services: Services, press: Press) -> None:
    """Redraw the form after a choice; everything typed stays.

    Raises:
        MalformedRequest: the bot draws nothing there to press or choose.
    """
    view = press.view
    if view is None or press.field not in _choices(view):
        raise MalformedRequest(ACTION)
    if view.callback_id in FORMS:
        filled = _Filled.of(view)
        services.list_anew(next(iter(texts(filled.values[ENVIRONMENT])), None))
        services.tasks.start(_redraw(services, press.user, view, filled))
        _note(services, press.user, view.id, filled)


def _choices(view: ViewState) -> Container[str]:
    """Return the fields whose choices Slack reports; in a question only the environment."""
    return form_of(view).fields() if view.callback_id in FORMS else (ENVIRONMENT,)


async def _redraw(services: Services, person: str, view: ViewState, filled: _Filled) -> None:
    async with services.turn(view.id):
        # A redraw in between was for an earlier choice or for the zone; this one includes both.
        for known in (view.hash, None):
            filled = filled.in_zone(await services.kept_zone(person))
            if shown := await _update(services, view.id, known, filled):
                break
    if shown and filled.context.zone:
        await _settle_zone(services, person, shown, filled)


async def _update(
    services: Services, view_id: str, known: str | None, filled: _Filled
) -> ShownView | None:
    """Update the view; return None if it is closed, or if its hash is not the known one."""
    try:
        return await services.slack.update_view(filled.drawn(), view_id=view_id, known_hash=known)
    except (Gone, HashConflict):
        return None


async def submit(services: Services, sent: Submit) -> Reply:
    """Take a submitted form; answer with its errors by field, or with the review."""
    form, context = form_of(sent.view), FormContext.load(sent.view.private_metadata)
    values = read(sent.view.values, context)
    try:
        filled = form.parse(values, datetime.now(UTC))
        environment = environment_chosen(services, filled.environment)
    except FormErrors as errors:
        _note(services, sent.user, sent.view.id, _Filled.of(sent.view))
        return replies.errors(sent.view, errors.by_field)
    command = filled.command()
    origin = _origin(sent.user, sent.view.id, context, FilledForm(view=form.view, values=values))
    origin = origin.model_copy(update={"channel": filled.channel, "environment": environment})
    if denied := services.denied(origin, command.action):
        return denied
    services.tasks.start(_remember_names(services, form, values))
    return await review.begin(services, origin, command, sent.trigger_id)


async def closed(services: Services, sent: Closed) -> None:
    """Offer to reopen a closed form, with the values that Slack last reported.

    The closing request itself has none: its `state.values` are empty.
    """
    if sent.view.callback_id not in FORMS:
        return
    if draft := await services.records.drafts.get(sent.view.id):
        title = form_of(sent.view).title
        offer = messages.form_kept(title, sent.view.id)
        key = MessageKey(draft.key, "kept_form", draft.made_at)
        services.tasks.start(services.answer_person(sent.user, draft.response_url, offer, key))


def _note(services: Services, person: str, view_id: str, filled: _Filled) -> None:
    """Store a form's values, in case the person closes it."""
    if not filled.form.was_filled(filled.values):
        return
    form = FilledForm(view=filled.form.view, values=filled.values)
    origin = _origin(person, view_id, filled.context, form)
    note = Draft(**origin.model_dump(), made_at=datetime.now(UTC))
    services.tasks.start(services.records.drafts.note(note))


def _origin(person: str, view_id: str, context: FormContext, form: FilledForm) -> Origin:
    """Return who filled in a form, and where it was opened."""
    return Origin(
        key=view_id,
        author=person,
        channel=context.channel,
        asked_in=context.channel,
        response_url=context.response_url,
        form=form,
    )


def environment_chosen(services: Services, chosen: Value) -> str:
    """Return the name of the environment that a form is for.

    Raises:
        FormErrors: no existing environment was chosen.
    """
    if not chosen and not services.environments.several:
        return services.environments.first.name
    found = services.environments.named(str(chosen or ""))
    if found is None:
        raise FormErrors({ENVIRONMENT: CHOOSE})
    return found.name


async def _remember_names(services: Services, form: type[Form], values: Values) -> None:
    for name, field in form.fields().items():
        if isinstance(field, LookupField) and field.source not in _LISTED:
            await services.records.remember_names(field.source, texts(values.get(name)))
