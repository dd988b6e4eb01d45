"""A form: its fields, read back into values, and checked into a typed result.

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

from blocks.fields import (
    ChannelField,
    EnvironmentField,
    Field,
    HiddenField,
    Limits,
    Value,
    is_empty,
)
from blocks.ids import View
from blocks.state import SLACK_ID_MAX, MalformedRequest, SlackId, State
from blocks.words import REQUIRED, field_error
from bot.campaigns.actions import Action
from bot.campaigns.commands import Command
from bot.campaigns.phones import Senders
from bot.campaigns.values import Frozen

Values = dict[str, Value]
METADATA = "view.private_metadata"
METADATA_MAX = 3000
# The environment field. Its value is None if there is just one environment, which hides the field;
# it is empty if none is chosen yet.
ENVIRONMENT = "environment"
NOTHING_KNOWN = Senders()
# The fields that may be filled in when a form opens, from the place and the request.
GIVEN = frozenset({ENVIRONMENT, "campaign", "channel", "contact_list", "name", "region", "zone"})


class FormErrors(Exception):
    """The form has invalid input; `by_field` has a sentence for each field concerned."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__(", ".join(by_field))
        self.by_field = dict(by_field)


class FormContext(Frozen):
    """The hidden data of a form, in its `private_metadata`.

    `kept` holds the values of fields that are hidden or folded now. A field in `reset` is drawn
    with another `action_id`, which makes Slack show its new value instead of the old one.
    `unseen` holds the values that nobody sees or changes, such as the campaign that is edited.
    `unfolded` is whether the person unfolded the options.
    `environments` are the choices, each with whether it looks like production.
    `note` is formatted text at the top of the form, about the line that it was opened with.
    `zone` is the time zone that the form was opened with. It is set until Slack reports another
    or a person chooses one; until then, Slack reports each choice in the zone field at once.
    """

    # What was typed stays as it was typed.
    model_config = ConfigDict(str_strip_whitespace=False)

    channel: str = ModelField("", max_length=SLACK_ID_MAX)
    response_url: str | None = None
    kept: dict[str, Value] = ModelField(default_factory=dict)
    unseen: dict[str, Value] = ModelField(default_factory=dict)
    reset: frozenset[str] = frozenset()
    environments: Mapping[str, bool] = ModelField(default_factory=dict)
    zone: str | None = None
    note: str = ""
    unfolded: bool = False

    @property
    def fits(self) -> bool:
        """Return whether Slack takes the data as it is."""
        return len(self._text) <= METADATA_MAX

    @property
    def _text(self) -> str:
        return self.model_dump_json(exclude_defaults=True)

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
        """Return the data as text; drop the note, then the longest kept values, until it fits.

        `draw` keeps folded values only where they fit, so those that this drops are hidden ones.
        What nobody sees is never dropped, because nobody could enter it again.
        """
        if self.fits:
            return self._text
        if self.note:
            return self.model_copy(update={"note": ""}).dump()
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
    @cache
    def unseen(cls) -> frozenset[str]:
        """Return the names of the fields that the form carries and that nobody sees."""
        return frozenset(n for n, field in cls.fields().items() if isinstance(field, HiddenField))

    @classmethod
    def shown(cls, values: Values) -> dict[str, Field]:
        """Return the fields that appear with these values."""
        return {name: field for name, field in cls.fields().items() if _appears(field, values)}

    @classmethod
    def folding(cls, values: Values) -> list[str]:
        """Return the fields that may be folded: a required field without a value may not."""
        return [
            name
            for name, field in cls.shown(values).items()
            if field.folds and (field.optional or not is_empty(values.get(name)))
        ]

    @classmethod
    def phrases(cls, values: Values) -> dict[str, str]:  # noqa: ARG003 # nothing folds here
        """Return what the line of folded fields says, formatted: a phrase for each field in it.

        A phrase about several fields has the name of one of them.
        """
        return {}

    @classmethod
    def was_filled(cls, values: Values) -> bool:
        """Return whether a person entered something other than the initial values."""
        return any(
            not is_empty(values.get(name)) and values.get(name) != field.initial
            for name, field in cls.fields().items()
            if name not in GIVEN | cls.unseen()
        )

    @classmethod
    def parse(cls, values: Values, now: datetime, senders: Senders = NOTHING_KNOWN) -> Self:
        """Return the values as a typed result; `senders` are what is known of senders.

        Raises:
            FormErrors: with a sentence for every invalid field.
        """
        shown = cls.shown(values)
        filled = {
            name: value
            for name, value in values.items()
            if name in shown.keys() | cls.unseen() and not is_empty(value)
        }
        missing = [n for n, field in shown.items() if not field.optional and n not in filled]
        errors = dict.fromkeys(missing, REQUIRED)
        try:
            form = cls.model_validate(filled)
        except ValidationError as error:
            limits = cls.limits()
            found = {str(e["loc"][0]): e for e in error.errors() if e["type"] != "missing"}
            errors |= {name: field_error(e, limits[name]) for name, e in found.items()}
            raise FormErrors(errors) from None
        if errors := errors or form.problems(now, senders):
            raise FormErrors(errors)
        return form

    @property
    def chosen_channel(self) -> str | None:
        """Return the channel in which a person wants the result; None if the form asks for none."""
        return None

    @classmethod
    def errors(cls, values: Values, now: datetime, senders: Senders) -> dict[str, str]:
        """Return a sentence for every invalid field; `senders` are what is known of senders."""
        try:
            cls.parse(values, now, senders)
        except FormErrors as errors:
            return errors.by_field
        return {}

    @abstractmethod
    def command(self) -> Command:
        """Return the command to carry out."""

    @abstractmethod
    def problems(self, now: datetime, senders: Senders) -> dict[str, str]:
        """Return conflicts with the time, with what is known, and between fields.

        Each is on the field to change; `now` is aware.
        """


class ChannelForm(Form, ABC):
    """A form whose result is a card in a channel."""

    channel: Annotated[SlackId, ChannelField(label="Post in channel")]

    @property
    def chosen_channel(self) -> str | None:
        """Return the channel of the card."""
        return self.channel


def _appears(field: Field, values: Values) -> bool:
    if isinstance(field, HiddenField):
        return False
    if isinstance(field, EnvironmentField):
        return values.get(ENVIRONMENT) is not None
    return all(values.get(name) in allowed for name, allowed in field.when.items())


def initial_values(form: type[Form], given: Mapping[str, Value]) -> Values:
    """Return the form's first values: those given, and defaults for the others."""
    return {name: given.get(name, field.initial) for name, field in form.fields().items()}


def read(state: State, context: FormContext) -> Values:
    """Read the values of a view: those shown from `state.values`, the others from `context`."""
    typed = {
        name: next(iter(actions.values())).entered for name, actions in state.items() if actions
    }
    values = {**context.kept, **typed, **context.unseen}
    if context.environments:
        values[ENVIRONMENT] = values.get(ENVIRONMENT) or ""
    return values
