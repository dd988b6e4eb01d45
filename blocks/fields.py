"""The kinds of form fields. Each draws itself, filled with a value."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ConversationSelectElement,
    DatePickerElement,
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    InputInteractiveElement,
    NumberInputElement,
    PlainTextInputElement,
    StaticSelectElement,
    TimePickerElement,
)

# The package exports every element but this one.
from slack_sdk.models.blocks.block_elements import FileInputElement

from blocks.environments import environment_name
from blocks.ids import Source
from blocks.kit import option, plain
from bot.campaigns.environment import Environment

# A field's value, as in Slack's state: one text, several, or none.
Value = str | list[str] | None
# The field's JSON Schema, which has the domain's limits.
Limits = Mapping[str, Any]
PLACEHOLDER_MAX = 150


@dataclass(frozen=True, kw_only=True)
class Field(ABC):
    """A field of a form: its words, its initial value, and when it is shown.

    `when` names other fields and, for each, the values with which this field is shown.
    `redraws` makes the form change as soon as a person chooses another value. `folds` puts the
    field among those that a form folds into one line.
    """

    label: str
    hint: str | None = None
    optional: bool = False
    initial: Value = None
    when: Mapping[str, Sequence[str]] = field(default_factory=dict)
    redraws: bool = False
    folds: bool = False

    def words_of(self, value: str) -> str:
        """The words that stand for a value."""
        return value

    @abstractmethod
    def element(self, action_id: str, value: Value, limits: Limits) -> InputInteractiveElement:
        """Return the Block Kit element, filled with `value` and restricted to `limits`."""


@dataclass(frozen=True, kw_only=True)
class HiddenField(Field):
    """A value that the form carries, and that nobody sees or changes."""

    optional: bool = True

    def element(self, action_id: str, value: Value, limits: Limits) -> InputInteractiveElement:
        """Raise TypeError, because it is never drawn."""
        raise TypeError(f"{action_id} is a hidden field")


@dataclass(frozen=True, kw_only=True)
class TextField(Field):
    """One or several lines of text."""

    multiline: bool = False
    placeholder: str = ""

    def element(self, action_id: str, value: Value, limits: Limits) -> InputInteractiveElement:
        """Return a text input that stops at the limit."""
        return PlainTextInputElement(
            action_id=action_id,
            multiline=self.multiline,
            initial_value=(_text(value) or "")[: limits.get("maxLength")] or None,
            max_length=limits.get("maxLength"),
            placeholder=plain(self.placeholder, PLACEHOLDER_MAX) if self.placeholder else None,
        )


@dataclass(frozen=True, kw_only=True)
class NumberField(Field):
    """A whole number."""

    def element(self, action_id: str, value: Value, limits: Limits) -> InputInteractiveElement:
        """Return a number input between the limits."""
        return NumberInputElement(
            action_id=action_id,
            is_decimal_allowed=False,
            initial_value=_text(value) if _within(value, limits) else None,
            min_value=str(limits["minimum"]),
            max_value=str(limits["maximum"]),
        )


@dataclass(frozen=True, kw_only=True)
class ChoiceField(Field):
    """One of a few values; `words` has the label of each."""

    words: Mapping[str, str]

    def words_of(self, value: str) -> str:
        """What the value is called; one that only Kore.ai has is called as there."""
        return self.words.get(value, value)

    def element(self, action_id: str, value: Value, limits: Limits) -> InputInteractiveElement:
        """Return a menu."""
        options = [option(str(choice), label) for choice, label in self.words.items()]
        chosen = [each for each in options if each.value == _text(value)]
        return StaticSelectElement(
            action_id=action_id, options=options, initial_option=chosen[0] if chosen else None
        )


@dataclass(frozen=True, kw_only=True)
class EnvironmentField(ChoiceField):
    """One of the environments in the bot's settings; shown if there are several."""

    words: Mapping[str, str] = field(default_factory=dict)

    def among(self, environments: Mapping[str, bool]) -> Self:
        """Return the field with these names to choose from; True means it looks like production."""
        found = [Environment(name=n, looks_like_production=p) for n, p in environments.items()]
        return replace(self, words={each.name: environment_name(each) for each in found})


@dataclass(frozen=True, kw_only=True)
class ChecksField(Field):
    """Any number of a few values."""

    words: Mapping[str, str]

    def words_of(self, value: str) -> str:
        """What the value is called; one that only Kore.ai has is called as there."""
        return self.words.get(value, value)

    def element(self, action_id: str, value: Value, limits: Limits) -> InputInteractiveElement:
        """Return checkboxes."""
        options = [option(str(choice), label) for choice, label in self.words.items()]
        checked = [each for each in options if each.value in texts(value)]
        return CheckboxesElement(
            action_id=action_id, options=options, initial_options=checked or None
        )


@dataclass(frozen=True, kw_only=True)
class LookupField(Field):
    """One of many values, suggested from `source` while typing; `shown` returns a value's label."""

    source: Source
    placeholder: str = "Type to search"
    shown: Callable[[str], str] = str

    def words_of(self, value: str) -> str:
        """Return the value's label."""
        return self.shown(value)

    def element(self, action_id: str, value: Value, limits: Limits) -> InputInteractiveElement:
        """Return a typeahead."""
        text = _text(value)
        return ExternalDataSelectElement(
            action_id=action_id,
            min_query_length=0,
            placeholder=plain(self.placeholder, PLACEHOLDER_MAX),
            initial_option=option(text, self.shown(text)) if text else None,
        )


@dataclass(frozen=True, kw_only=True)
class LookupsField(LookupField):
    """Several of many values, suggested while typing."""

    def element(self, action_id: str, value: Value, limits: Limits) -> InputInteractiveElement:
        """Return a typeahead for several values."""
        return ExternalDataMultiSelectElement(
            action_id=action_id,
            min_query_length=0,
            max_selected_items=limits.get("maxItems"),
            placeholder=plain(self.placeholder, PLACEHOLDER_MAX),
            initial_options=[option(text, self.shown(text)) for text in texts(value)] or None,
        )


@dataclass(frozen=True, kw_only=True)
class DateField(Field):
    """A day."""

    def element(self, action_id: str, value: Value, limits: Limits) -> InputInteractiveElement:
        """Return a date picker."""
        return DatePickerElement(action_id=action_id, initial_date=_text(value))


@dataclass(frozen=True, kw_only=True)
class TimeField(Field):
    """A time of day."""

    def element(self, action_id: str, value: Value, limits: Limits) -> InputInteractiveElement:
        """Return a time picker."""
        return TimePickerElement(action_id=action_id, initial_time=_text(value))


@dataclass(frozen=True, kw_only=True)
class ChannelField(Field):
    """A Slack conversation."""

    def element(self, action_id: str, value: Value, limits: Limits) -> InputInteractiveElement:
        """Return a menu of conversations."""
        return ConversationSelectElement(action_id=action_id, initial_conversation=_text(value))


@dataclass(frozen=True, kw_only=True)
class FileField(Field):
    """Files that a person puts into the form; its value is their IDs in Slack.

    `filetypes` are the extensions that Slack offers, such as "csv": a convenience, not a check.
    A redrawn form keeps the files as long as the field keeps its IDs; the bot cannot set them.
    """

    filetypes: tuple[str, ...] = ()

    def element(self, action_id: str, value: Value, limits: Limits) -> InputInteractiveElement:
        """Return a file input that takes as many files as the limits allow."""
        return FileInputElement(
            action_id=action_id,
            filetypes=list(self.filetypes) or None,
            max_files=limits.get("maxItems"),
        )


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def texts(value: Value) -> list[str]:
    """Return all texts in a field, one or several, as a list."""
    return [value] if isinstance(value, str) else value or []


def is_empty(value: Value) -> bool:
    """Return whether nothing is entered in a field; spaces alone are nothing."""
    return not (value.strip() if isinstance(value, str) else value)


def _within(value: Value, limits: Limits) -> bool:
    """Return whether a person could have typed this number; Slack refuses to show others."""
    typed = _text(value) or ""
    return typed.isdecimal() and limits["minimum"] <= int(typed) <= limits["maximum"]
