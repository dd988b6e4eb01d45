"""A form as a person has filled it in so far."""

from collections import OrderedDict
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import Self

from slack_sdk.models.views import View as Modal

from blocks.drawing import draw
from blocks.form import Form, FormContext, Values, initial_values, read
from blocks.forms import FORMS
from blocks.ids import View
from blocks.state import MalformedRequest
from handlers.payloads import CALLBACK, ViewState

# More forms than are open at once.
MOST = 1_000


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with its values. While `context.zone` is set, Slack has not yet confirmed the zone."""

    form: type[Form]
    values: Values
    context: FormContext

    @classmethod
    def of(cls, view: ViewState) -> Self:
        """Read the form from a view; a zone that the person chose stays from now on."""
        form, context = form_of(view), FormContext.load(view.private_metadata)
        values = initial_values(form, read(view.values, context))
        if values.get("zone") != context.zone:
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

    def saying(self, said: Values) -> Self:
        """Replace the values that a line says otherwise."""
        changed = {name: value for name, value in said.items() if self.values[name] != value}
        reset = self.context.reset | frozenset(changed)
        return replace(
            self,
            values=self.values | changed,
            context=self.context.model_copy(update={"reset": reset}),
        )

    def folded(self, *, unfolded: bool) -> Self:
        """Fold the options, or unfold them."""
        return replace(self, context=self.context.model_copy(update={"unfolded": unfolded}))

    def unfolded_for(self, errors: Container[str]) -> Self:
        """Unfold the options if one of the errors is on one of them."""
        wrong = any(field.folds and name in errors for name, field in self.form.fields().items())
        return self.folded(unfolded=True) if wrong else self

    def after(self, last: Self | None) -> Self:
        """Return the form with its options as they were last drawn, after this one was shown.

        A choice may arrive late. Its values of options that were folded then are outdated, and a
        form that was unfolded since must not fold, as it would lose what was typed meanwhile. What
        stays unfolded keeps what was typed, because Slack keeps that. So if another process drew
        it, it is unfolded.
        """
        options = [name for name, field in self.form.fields().items() if field.folds]
        if not options or (self.context.unfolded and last and last.context.unfolded):
            return self
        if last is None:
            return self.folded(unfolded=True)
        newer = {name: last.values[name] for name in options}
        return replace(self, values=self.values | newer, context=last.context)

    def drawn(self, errors: Mapping[str, str] | None = None) -> Modal:
        """Draw it as a modal, with the errors that Slack cannot show itself."""
        return draw(self.form, self.values, self.context, errors)


class LastDrawn:
    """How this process last drew the form in each view; it forgets the oldest views."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._drawn: OrderedDict[str, Filled] = OrderedDict()

    def note(self, view_id: str, filled: Filled) -> None:
        """Remember that the view shows this."""
        self._drawn[view_id] = filled
        self._drawn.move_to_end(view_id)
        while len(self._drawn) > self._most:
            self._drawn.popitem(last=False)

    def get(self, view_id: str) -> Filled | None:
        """Return what the view shows; None if this process does not know."""
        return self._drawn.get(view_id)


def form_of(view: ViewState) -> type[Form]:
    """Return the form that a view shows.

    Raises:
        MalformedRequest: the view shows no form.
    """
    if view.callback_id not in FORMS:
        raise MalformedRequest(CALLBACK)
    return FORMS[View(view.callback_id)]
