"""Draws a form as a modal.

Some fields of a form fold into one line that says their values, with a button that unfolds them.
"""

from collections.abc import Collection, Iterator, Mapping

from slack_sdk.models.blocks import ActionsBlock, Block, InputBlock, SectionBlock
from slack_sdk.models.views import View as Modal

from blocks.environments import consequence
from blocks.fields import EnvironmentField, Value
from blocks.form import ENVIRONMENT, Form, FormContext, Values
from blocks.ids import Button
from blocks.kit import TITLE_MAX, button, escape, mrkdwn, plain, section
from bot.campaigns.environment import Environment

LABEL_MAX = 2000
# The values of the button that unfolds and folds: what the form shows after the press.
MORE = "more"
FEWER = "fewer"


def draw(
    form: type[Form],
    values: Values,
    context: FormContext,
    errors: Mapping[str, str] | None = None,
) -> Modal:
    """Draw the form as a modal, filled with `values`, with each error above its field."""
    folded, keeping = _fold(form, values, context)
    return Modal(
        type="modal",
        callback_id=form.view,
        title=plain(form.title, TITLE_MAX),
        submit=plain("Review", TITLE_MAX),
        close=plain("Cancel", TITLE_MAX),
        private_metadata=keeping.dump(),
        notify_on_close=True,
        blocks=[
            *_above(form, values, context, errors or {}),
            *_fields(form, values, context, folded, errors or {}),
        ],
    )


def input_block(form: type[Form], name: str, value: Value, context: FormContext) -> InputBlock:
    """Draw one field of a form, filled with `value`."""
    field = form.fields()[name]
    if isinstance(field, EnvironmentField):
        field = field.among(context.environments)
    action_id = f"{name}_reset" if name in context.reset else name
    return InputBlock(
        block_id=name,
        label=plain(field.label, LABEL_MAX),
        hint=plain(field.hint, LABEL_MAX) if field.hint else None,
        optional=field.optional,
        dispatch_action=field.redraws or (name == "zone" and context.zone is not None) or None,
        element=field.element(action_id, value, form.limits()[name]),
    )


def _fold(
    form: type[Form], values: Values, context: FormContext
) -> tuple[Collection[str], FormContext]:
    """Return the fields to fold, and the context that keeps all values that are not shown.

    If there is too little room, the fields with the longest values stay unfolded, so that no folded
    value is ever lost.
    """
    unseen = {name: value for name in form.unseen() if (value := values.get(name))}
    folded = [] if context.unfolded else form.folding(values)
    folded.sort(key=lambda name: len(str(values.get(name))))
    while True:
        # An empty value is kept as well. Otherwise its field would get the initial value again.
        both = _hidden(form, values) | {name: values.get(name) for name in folded}
        keeping = context.model_copy(update={"kept": both, "unseen": unseen})
        if keeping.fits or not folded:
            return folded, keeping
        folded.pop()


def _hidden(form: type[Form], values: Values) -> Values:
    """Return the values of hidden fields, and the environment, which typeaheads may lack."""
    others = form.shown(values).keys() - {ENVIRONMENT} | form.unseen()
    return {name: value for name, value in values.items() if value and name not in others}


def _above(
    form: type[Form], values: Values, context: FormContext, errors: Mapping[str, str]
) -> Iterator[Block]:
    if errors:
        labels = ", ".join(f"*{form.fields()[name].label}*" for name in errors)
        yield section(f":warning: *Nothing was sent yet.* Please change {labels}.")
    chosen = str(values.get(ENVIRONMENT))
    if context.environments.get(chosen):
        yield section(consequence(Environment(name=chosen)))
    if context.note:
        yield section(context.note)


def _fields(
    form: type[Form],
    values: Values,
    context: FormContext,
    folded: Collection[str],
    errors: Mapping[str, str],
) -> Iterator[Block]:
    """Draw the fields in order; what folds and unfolds stands above the first that does."""
    shown = form.shown(values)
    first = next((name for name, field in shown.items() if field.folds), None)
    for name, field in shown.items():
        if name == first and context.unfolded:
            yield _fewer_options()
        elif name == first and folded:
            yield _more_options(form, values, folded)
        if name in errors:
            yield section(f":warning: *{field.label}*: {escape(errors[name])}")
        if name not in folded:
            yield input_block(form, name, values.get(name), context)


def _more_options(form: type[Form], values: Values, folded: Collection[str]) -> Block:
    said = [words for name, words in form.phrases(values).items() if name in folded]
    return SectionBlock(
        block_id=Button.OPTIONS,
        text=mrkdwn(" · ".join(said)),
        accessory=button("More options", Button.OPTIONS, MORE),
        expand=True,
    )


def _fewer_options() -> Block:
    fewer = button("Fewer options", Button.OPTIONS, FEWER)
    return ActionsBlock(block_id=Button.OPTIONS, elements=[fewer])
