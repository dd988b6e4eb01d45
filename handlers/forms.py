"""Forms: open them, redraw them when fields appear or disappear, and take submissions."""

from collections.abc import Callable, Container, Mapping
from datetime import UTC, datetime

import structlog

from blocks import messages
from blocks.drawing import FEWER, MORE
from blocks.fields import LookupField, Value, texts
from blocks.form import (
    ENVIRONMENT,
    NOTHING_KNOWN,
    Form,
    FormContext,
    FormErrors,
    Values,
    initial_values,
    read,
)
from blocks.forms import FORMS
from blocks.forms.common import CampaignForm
from blocks.forms.kept import as_last_used
from blocks.ids import Source, View
from blocks.one_line import FromLine
from blocks.state import MalformedRequest
from bot.campaigns.actions import ACTIONS
from bot.campaigns.phones import Senders
from bot.records import Draft, FilledForm, Origin
from bot.slack import Gone, HashConflict, MessageKey, ShownView, SlackError
from handlers import replies, review, saving
from handlers.environments import environment_chosen, environment_given, environment_in
from handlers.filled import Filled, form_of
from handlers.payloads import (
    ACTION,
    ACTION_VALUE,
    Closed,
    Press,
    SlashCommand,
    Submit,
    ViewState,
)
from handlers.replies import Reply
from handlers.services import Services

log = structlog.get_logger()

# Reads a line as of a time zone, in which its days are.
Reading = Callable[[str], FromLine]
# Kore.ai or the time zone database lists these; the bot remembers other names to suggest them.
_LISTED = {Source.CAMPAIGNS, Source.ZONES, Source.CONTACT_LISTS, Source.CHOSEN_LISTS}


def open_form(
    services: Services,
    request: SlashCommand | Press,
    view: View,
    given: Mapping[str, Value] | None = None,
    line: Reading = lambda _zone: FromLine(),
    *,
    unfolded: bool = False,
) -> None:
    """Open a form filled with the given values and a line's, after the answer to Slack.

    What the bot did not understand of the line is said at the top of the form. `unfolded` is
    whether its options are unfolded; they also are if one of them has an error.
    """
    environment = environment_given(services, request, given or {})
    placed = {**(given or {}), ENVIRONMENT: environment}
    services.start(request, _open(services, request, FORMS[view], placed, line, unfolded=unfolded))
    services.list_anew(
        environment if services.environments.several else services.environments.first.name
    )


async def _open(
    services: Services,
    request: SlashCommand | Press,
    form: type[Form],
    given: Mapping[str, Value],
    line: Reading,
    *,
    unfolded: bool,
) -> None:
    zone = await services.kept_zone(request.user)
    read = line(str(given.get("zone") or zone))
    usual = await _usual(services, request, form, {**given, **read.values})
    given = {**usual, **given, **read.values}
    context = FormContext(
        channel=request.channel,
        response_url=request.response_url,
        environments=services.choices(request, ACTIONS[form.action].permission),
        zone=None if "zone" in given or "zone" not in form.fields() else zone,
        note="\n".join(filter(None, (read.note(form), as_last_used(form, usual)))),
        unfolded=unfolded,
    )
    place = {"zone": zone, "channel": request.channel or None, "region": services.default_region}
    values = initial_values(form, {**place, **given})
    filled = await unfolded_if_wrong(services, request.user, Filled(form, values, context))
    if opened := await services.open_modal(request, filled.drawn()):
        services.last_drawn.note(opened.id, filled)
        # What was typed into a command is nowhere else. A message keeps its own text.
        typed = isinstance(request, SlashCommand)
        if typed and form.was_filled(initial_values(form, read.values)):
            _note(services, request.user, opened.id, filled)
        if context.zone:
            await _settle_zone(services, request.user, opened, filled, line)


async def _usual(
    services: Services, request: SlashCommand | Press, form: type[Form], given: Values
) -> Values:
    """Return what its channel last used, for a form that opens with at most a name."""
    if not issubclass(form, CampaignForm) or not given.keys() <= {ENVIRONMENT, "name"}:
        return {}
    return await saving.last_used(
        services, request.channel, environment_in(services, given), form.kind
    )


async def unfolded_if_wrong(services: Services, person: str, filled: Filled) -> Filled:
    """Return a form with its options unfolded if one of them has an error."""
    form, values = filled.form, filled.values
    senders = await senders_known(services, person, form, values)
    return filled.unfolded_for(form.errors(values, datetime.now(UTC), senders))


async def _settle_zone(
    services: Services, person: str, shown: ShownView, filled: Filled, line: Reading | None = None
) -> None:
    """Redraw the form in the zone that Slack reports, unless another redraw already did.

    The days of a line, such as tomorrow, are then read again in that zone.
    """
    now = await services.zone_of(person)
    if (settled := filled.in_zone(now)) != filled:
        settled = settled.saying(line(now).values) if line else settled
        await _update(services, shown.id, shown.hash, settled)


def redraw(services: Services, press: Press) -> None:
    """Redraw the form after a choice; everything typed stays.

    Raises:
        MalformedRequest: the bot draws nothing there to press or choose.
    """
    view = press.view
    if view is None or press.field not in _choices(view):
        raise MalformedRequest(ACTION)
    if view.callback_id in FORMS:
        filled = Filled.of(view)
        services.list_anew(next(iter(texts(filled.values[ENVIRONMENT])), None))
        services.tasks.start(_redraw(services, press.user, view, filled))
        _note(services, press.user, view.id, filled)


async def press_options(services: Services, press: Press) -> None:
    """Handle the button that unfolds a form's options, or folds them; everything typed stays.

    Raises:
        MalformedRequest: the bot draws no such button there.
    """
    view = press.modal
    if view is None:
        raise MalformedRequest(ACTION)
    if press.value not in {MORE, FEWER}:
        raise MalformedRequest(ACTION_VALUE)
    filled, unfolded = Filled.of(view), press.value == MORE
    services.tasks.start(_redraw(services, press.user, view, filled, unfolded=unfolded))
    _note(services, press.user, view.id, filled.folded(unfolded=unfolded))


def _choices(view: ViewState) -> Container[str]:
    """Return the fields whose choices Slack reports; in a question only the environment."""
    return form_of(view).fields() if view.callback_id in FORMS else (ENVIRONMENT,)


async def _redraw(
    services: Services,
    person: str,
    view: ViewState,
    filled: Filled,
    *,
    unfolded: bool | None = None,
) -> None:
    """Redraw a form, with its options unfolded or folded; None leaves them as they are."""
    async with services.turn(view.id):
        # A redraw in between was for an earlier choice or for the zone, which this one includes,
        # or it folded or unfolded the options.
        for known in (view.hash, None):
            filled = filled if known else filled.after(services.last_drawn.get(view.id))
            filled = filled if unfolded is None else filled.folded(unfolded=unfolded)
            filled = filled.in_zone(await services.kept_zone(person))
            if shown := await _update(services, view.id, known, filled):
                break
    if shown and filled.context.zone:
        await _settle_zone(services, person, shown, filled)


async def _update(
    services: Services, view_id: str, known: str | None, filled: Filled
) -> ShownView | None:
    """Update the view; return None if it is closed or has another hash, or if Slack is away.

    The form is then as it was, with everything typed, and the person can choose or press again.
    """
    try:
        shown = await services.slack.update_view(filled.drawn(), view_id=view_id, known_hash=known)
    except (Gone, HashConflict):
        return None
    except SlackError as error:
        log.warning("form.not_redrawn", view=filled.form.view, reason=error.reason)
        return None
    services.last_drawn.note(view_id, filled)
    return shown


async def submit(services: Services, sent: Submit) -> Reply:
    """Take a submitted form; answer with its errors by field, or with the review."""
    form, context = form_of(sent.view), FormContext.load(sent.view.private_metadata)
    values = read(sent.view.values, context)
    senders = await senders_known(services, sent.user, form, values)
    try:
        filled = form.parse(values, datetime.now(UTC), senders)
        environment = environment_chosen(services, filled.environment)
    except FormErrors as errors:
        _note(services, sent.user, sent.view.id, Filled.of(sent.view))
        return _refused(services, sent.view, errors.by_field)
    command = filled.command()
    entered = FilledForm(view=form.view, values=values, unfolded=context.unfolded)
    origin = _origin(sent.user, sent.view.id, context, entered)
    channel = filled.chosen_channel or context.channel
    origin = origin.model_copy(update={"channel": channel, "environment": environment})
    if denied := services.denied(origin, ACTIONS[command.action].permission):
        return denied
    if taken := await saving.name_taken(services, origin, command):
        return _refused(services, sent.view, taken)
    services.tasks.start(_remember_names(services, filled))
    return await review.begin(services, origin, command, sent.trigger_id)


def _refused(services: Services, view: ViewState, errors: Mapping[str, str]) -> Reply:
    """Return the errors; if one is on a folded field, where Slack shows none, the unfolded form."""
    filled = Filled.of(view)
    if not set(filled.form.folding(filled.values)) & (errors.keys() - view.values.keys()):
        return replies.errors(view, errors)
    unfolded = filled.folded(unfolded=True)
    services.last_drawn.note(view.id, unfolded)
    return replies.instead(unfolded.drawn(errors))


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


def _note(services: Services, person: str, view_id: str, filled: Filled) -> None:
    """Store a form's values, in case the person closes it."""
    if not filled.form.was_filled(filled.values):
        return
    unfolded = filled.context.unfolded
    form = FilledForm(view=filled.form.view, values=filled.values, unfolded=unfolded)
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


async def senders_known(
    services: Services, person: str, form: type[Form], values: Values
) -> Senders:
    """Return what is known of the senders that a person may mean in a form."""
    if not issubclass(form, CampaignForm):
        return NOTHING_KNOWN
    return await services.senders(person, environment_in(services, values), form.kind)


async def _remember_names(services: Services, filled: Form) -> None:
    for name, field in filled.fields().items():
        if isinstance(field, LookupField) and field.source not in _LISTED:
            await services.records.remember_names(field.source, texts(getattr(filled, name)))
