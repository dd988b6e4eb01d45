"""A form: drawn from values, read back into values, and checked into a typed result.

One class describes a form. Its annotations hold the fields, and the domain's types in them hold the
limits. Drawing, reading and the place of each error follow from these.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as ModelField
from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View as Modal

from blocks.environments import consequence
from blocks.fields import ChannelField, EnvironmentField, Field, Limits, Value
from blocks.ids import View
from blocks.kit import TITLE_MAX, plain, section
from blocks.state import SLACK_ID_MAX, MalformedRequest, SlackId, State
from blocks.words import REQUIRED, field_error
from bot.campaigns.actions import Action
from bot.campaigns.commands import Command
from bot.campaigns.environment import Environment
from bot.campaigns.values import Frozen

Values = dict[str, Value]
LABEL_MAX = 2000
METADATA = "view.private_metadata"
METADATA_MAX = 3000
# The environment field. Its value is None if there is just one environment, which hides the field;
# it is empty if none is chosen yet.
ENVIRONMENT = "environment"
# The fields that may be filled in when a form opens, from the place and the request.
GIVEN = frozenset({ENVIRONMENT, "campaign", "channel", "name", "zone"})


class FormErrors(Exception):
    """The form has invalid input; `by_field` has a sentence for each field concerned."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__(", ".join(by_field))
        self.by_field = dict(by_field)


class FormContext(Frozen):
    """The hidden data of a form, in its `private_metadata`.

    `kept` holds the values of fields that are hidden now. A field in `reset` is drawn with another
    `action_id`, which makes Slack show its new value instead of the old one.
    `environments` are the choices, each with whether it looks like production.
    `zone` is the time zone that the form was opened with. It is set until Slack reports another
    or a person chooses one; until then, Slack reports each choice in the zone field at once.
    """

    channel: str = ModelField("", max_length=SLACK_ID_MAX)
    response_url: str | None = None
    kept: dict[str, Value] = ModelField(default_factory=dict)
    reset: frozenset[str] = frozenset()
    environments: Mapping[str, bool] = ModelField(default_factory=dict)
    zone: str | None = None

    @classmethod
    def load(cls, text: str) -> Self:
        """Parse a text that `dump` wrote.

        Raises:
            MalformedRequest: `dump` did not write the text.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            raise MalformedRequest(METADATA) from None

    def carried(self, name: str) -> str:
        """Return a text from the hidden data.

        Raises:
            MalformedRequest: there is no text with this name.
        """
        text = self.kept.get(name)
        if not isinstance(text, str):
            raise MalformedRequest(METADATA)
        return text

    def dump(self) -> str:
        """Return the data as text; drop the longest kept values until it fits."""
        whole = self.model_dump_json(exclude_defaults=True)
        if len(whole) <= METADATA_MAX:
            return whole
        longest = max(self.kept, key=lambda name: len(str(self.kept[name])))
        rest = {name: value for name, value in self.kept.items() if name != longest}
        return self.model_copy(update={"kept": rest}).dump()


class Form(BaseModel, ABC):
    """A form's result, frozen and typed. Subclasses declare its fields and its command."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    view: ClassVar[View]
    title: ClassVar[str]
    order: ClassVar[tuple[str, ...]]
    action: ClassVar[Action]

    environment: Annotated[
        str | None,
        EnvironmentField(
            label="Environment",
            redraws=True,
            hint="Where the bot does this. You can choose from its lists and campaigns.",
        ),
    ] = None
    channel: Annotated[SlackId, ChannelField(label="Post in channel")]

    @classmethod
    @cache
    def fields(cls) -> dict[str, Field]:
        """Return the fields in order, by name, which is also the `block_id`."""
        infos = {name: cls.model_fields[name].metadata for name in cls.order}
        return {
            name: next(part for part in metadata if isinstance(part, Field))
            for name, metadata in infos.items()
        }

    @classmethod
    @cache
    def limits(cls) -> dict[str, Limits]:
        """Return each field's JSON Schema; for an optional field, the schema of its value."""
        properties = cls.model_json_schema()["properties"]
        return {name: schema.get("anyOf", [schema])[0] for name, schema in properties.items()}

    @classmethod
    def shown(cls, values: Values) -> dict[str, Field]:
        """Return the fields that appear with these values."""
        return {name: field for name, field in cls.fields().items() if _appears(field, values)}

    @classmethod
    def was_filled(cls, values: Values) -> bool:
        """Return whether a person entered something other than the initial values."""
        return any(
            values.get(name) not in (None, "", [], field.initial)
            for name, field in cls.fields().items()
            if name not in GIVEN
        )

    @classmethod
    def parse(cls, values: Values, now: datetime) -> Self:
        """Return the values as a typed result.

        Raises:
            FormErrors: with a sentence for every invalid field.
        """
        shown = cls.shown(values)
        missing = [
            n for n, f in shown.items() if not f.optional and values.get(n) in (None, "", [])
        ]
        errors = dict.fromkeys(missing, REQUIRED)
        filled = {name: values[name] for name in shown if values.get(name) not in (None, "", [])}
        try:
            form = cls.model_validate(filled)
        except ValidationError as error:
            limits = cls.limits()
            found = {str(e["loc"][0]): e for e in error.errors() if e["type"] != "missing"}
            errors |= {name: field_error(e, limits[name]) for name, e in found.items()}
            raise FormErrors(errors) from None
        if errors := errors or form.problems(now):
            raise FormErrors(errors)
        return form

    @abstractmethod
    def command(self) -> Command:
        """Return the command to carry out."""

    @abstractmethod
    def problems(self, now: datetime) -> dict[str, str]:
        """Return conflicts between fields, each on the field to change; `now` is aware."""


def _appears(field: Field, values: Values) -> bool:
    if isinstance(field, EnvironmentField):
        return values.get(ENVIRONMENT) is not None
    return all(values.get(name) in allowed for name, allowed in field.when.items())


def initial_values(form: type[Form], given: Mapping[str, Value]) -> Values:
    """Return the form's first values: those given, and defaults for the others."""
    return {name: given.get(name, field.initial) for name, field in form.fields().items()}


def draw(form: type[Form], values: Values, context: FormContext) -> Modal:
    """Draw the form as a modal, filled with `values`."""
    shown = form.shown(values)
    # Keep the environment too: a typeahead's request may lack the chosen one.
    hidden = {name: value for name, value in values.items() if name not in shown}
    chosen = values.get(ENVIRONMENT)
    kept = {name: value for name, value in {**hidden, ENVIRONMENT: chosen}.items() if value}
    blocks: list[Block] = []
    if context.environments.get(str(chosen)):
        blocks.append(section(consequence(Environment(name=str(chosen)))))
    blocks += [input_block(form, name, values.get(name), context) for name in shown]
    return Modal(
        type="modal",
        callback_id=form.view,
        title=plain(form.title, TITLE_MAX),
        submit=plain("Review", TITLE_MAX),
        close=plain("Cancel", TITLE_MAX),
        private_metadata=context.model_copy(update={"kept": kept}).dump(),
        notify_on_close=True,
        blocks=blocks,
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


def read(state: State, context: FormContext) -> Values:
    """Read the values from a view's `state.values`, and those of hidden fields from `context`."""
    typed = {
        name: next(iter(actions.values())).entered for name, actions in state.items() if actions
    }
    values = {**context.kept, **typed}
    if context.environments:
        values[ENVIRONMENT] = values.get(ENVIRONMENT) or ""
    return values
