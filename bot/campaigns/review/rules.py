"""The operator's rules for reviews: data with an owner and a review date, never a claim of law."""

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from bot.campaigns.hours import ClockTime, Weekday, Window
from bot.campaigns.values import Frozen


class RulesFault(Exception):
    """The rules cannot be read. Its text has one line for each fault."""


class RuleKind(StrEnum):
    """What a rule is about: the name of its table in the operator's file."""

    CALLING_HOURS = "calling_hours"
    WEEKDAYS = "weekdays"
    NIGHT = "night"
    ATTEMPTS = "attempts"
    SMS_DNC_LIST = "sms_dnc_list"


class Rule(Frozen):
    """Whose rule it is, and when they last looked at it. The bot's own defaults have neither."""

    owner: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    reviewed: date | None = None

    @model_validator(mode="after")
    def _is_signed_if_not_the_default(self) -> Self:
        fields = type(self).model_fields.items()
        changed = any(getattr(self, name) != field.default for name, field in fields)
        if changed and not (self.owner and self.reviewed):
            raise ValueError("owner and reviewed needed with a rule of your own")
        return self


class CallingHoursRule(Rule):
    """Calling hours are to lie between two times of day, by the clocks of their zone."""

    kind: Literal[RuleKind.CALLING_HOURS] = RuleKind.CALLING_HOURS
    earliest: ClockTime = time(8)
    latest: ClockTime = time(21)

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.latest <= self.earliest:
            raise ValueError("latest is not after earliest")
        return self

    def allows(self, window: Window) -> bool:
        """Whether the whole window is between the two times."""
        return self.earliest <= window.start and window.end <= self.latest


def _by_name(value: object) -> object:
    """Weekdays from a list of their names, such as `Sat`; what is not one is left as it is."""
    if not isinstance(value, list):
        return value
    names: dict[object, Weekday] = {day.short: day for day in Weekday}
    return tuple(names.get(name, name) for name in value)


class WeekdaysRule(Rule):
    """No runs on these weekdays; with none of them the rule is off."""

    kind: Literal[RuleKind.WEEKDAYS] = RuleKind.WEEKDAYS
    days: Annotated[tuple[Weekday, ...], BeforeValidator(_by_name)] = (
        Weekday.SATURDAY,
        Weekday.SUNDAY,
    )

    def covers(self, day: date) -> bool:
        """Whether there is to be no run on this day."""
        return day.weekday() in self.days


class NightRule(Rule):
    """No runs from the time the night begins until it ends; with both the same it is off."""

    kind: Literal[RuleKind.NIGHT] = RuleKind.NIGHT
    begins: ClockTime = time(21)
    ends: ClockTime = time(8)

    def covers(self, moment: time) -> bool:
        """Whether it is night at this time of day."""
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


class AttemptsRule(Rule):
    """At most so many attempts to reach one contact on one day."""

    kind: Literal[RuleKind.ATTEMPTS] = RuleKind.ATTEMPTS
    per_day: Annotated[int, Field(ge=1)] = 8


class SmsDncListRule(Rule):
    """An SMS campaign has a DNC list: Kore.ai applies its global one to voice alone.

    Source: contact-center/campaigns.
    """

    kind: Literal[RuleKind.SMS_DNC_LIST] = RuleKind.SMS_DNC_LIST


AnyRule = Annotated[
    CallingHoursRule | WeekdaysRule | NightRule | AttemptsRule | SmsDncListRule,
    Field(discriminator="kind"),
]


class Rules(Frozen):
    """All rules; one that the operator does not set is the bot's default."""

    calling_hours: CallingHoursRule = CallingHoursRule()
    weekdays: WeekdaysRule = WeekdaysRule()
    night: NightRule = NightRule()
    attempts: AttemptsRule = AttemptsRule()
    sms_dnc_list: SmsDncListRule = SmsDncListRule()


def read_rules(table: Mapping[str, object]) -> Rules:
    """The rules in a table as `tomllib` gives it: times and dates as such, weekdays as `Sat`.

    Raises:
        RulesFault: with every fault at once, each beside its key.
    """
    try:
        return Rules.model_validate(dict(table), strict=True)
    except ValidationError as error:
        raise RulesFault("\n".join(_fault_line(fault) for fault in error.errors())) from None


def _fault_line(fault: ErrorDetails) -> str:
    key = ".".join(str(part) for part in fault["loc"])
    return f"{key}: {fault['msg'].removeprefix('Value error, ')}"
