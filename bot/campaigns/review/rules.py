"""The operator's rules for reviews. Each has an owner and a review date; none claims to be law."""

from datetime import date, time
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.campaigns.hours import ClockTime, DayByName, Weekday, Window
from bot.campaigns.values import Frozen


class RuleKind(StrEnum):
    """The kind of a rule: the name of its table in the operator's file."""

    CALLING_HOURS = "calling_hours"
    WEEKDAYS = "weekdays"
    NIGHT = "night"
    ATTEMPTS = "attempts"
    SMS_DNC_LIST = "sms_dnc_list"


class Rule(Frozen):
    """A rule with its owner and its last review date; the bot's defaults have neither."""

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
    """Calling hours must be between two times of day, in their own zone."""

    kind: Literal[RuleKind.CALLING_HOURS] = RuleKind.CALLING_HOURS
    earliest: ClockTime = time(8)
    latest: ClockTime = time(21)

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.latest <= self.earliest:
            raise ValueError("latest is not after earliest")
        return self

    def allows(self, window: Window) -> bool:
        """Return whether the whole window is between the two times."""
        return self.earliest <= window.start and window.end <= self.latest


class WeekdaysRule(Rule):
    """No runs on these weekdays; an empty list turns the rule off."""

    kind: Literal[RuleKind.WEEKDAYS] = RuleKind.WEEKDAYS
    days: tuple[DayByName, ...] = (Weekday.SATURDAY, Weekday.SUNDAY)

    def covers(self, day: date) -> bool:
        """Return whether the rule excludes this day."""
        return day.weekday() in self.days


class NightRule(Rule):
    """No runs from `begins` to `ends`; the same time for both turns the rule off."""

    kind: Literal[RuleKind.NIGHT] = RuleKind.NIGHT
    begins: ClockTime = time(21)
    ends: ClockTime = time(8)

    def covers(self, moment: time) -> bool:
        """Return whether this time of day is at night."""
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


class AttemptsRule(Rule):
    """At most `per_day` attempts to reach one contact on one day."""

    kind: Literal[RuleKind.ATTEMPTS] = RuleKind.ATTEMPTS
    per_day: Annotated[int, Field(ge=1)] = 8


class SmsDncListRule(Rule):
    """An SMS campaign must have a DNC list, because Kore.ai applies its global list only to voice.

    Source: contact-center/campaigns.
    """

    kind: Literal[RuleKind.SMS_DNC_LIST] = RuleKind.SMS_DNC_LIST


AnyRule = Annotated[
    CallingHoursRule | WeekdaysRule | NightRule | AttemptsRule | SmsDncListRule,
    Field(discriminator="kind"),
]


class Rules(Frozen):
    """All rules; those that the operator does not set have the bot's defaults."""

    calling_hours: CallingHoursRule = CallingHoursRule()
    weekdays: WeekdaysRule = WeekdaysRule()
    night: NightRule = NightRule()
    attempts: AttemptsRule = AttemptsRule()
    sms_dnc_list: SmsDncListRule = SmsDncListRule()
