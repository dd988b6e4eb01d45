"""Findings: the base class of all of them, and how one is read back from JSON.

Each finding is a class of its own, declared beside the check that finds it. Its words are in
`blocks.findings`.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import (
    BeforeValidator,
    JsonValue,
    PlainSerializer,
    PlainValidator,
    SerializeAsAny,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from bot.campaigns.review.rules import AnyRule
from bot.campaigns.values import Frozen

_MINUTE = timedelta(minutes=1)


class Severity(StrEnum):
    """How severe a finding is, the most severe first.

    A blocker stops the action, a warning is for people to weigh, and what is unchecked could not
    be looked up.
    """

    BLOCKER = "blocker"
    WARNING = "warning"
    UNCHECKED = "unchecked"


class Finding(Frozen):
    """One thing that a review found, with everything that its words need.

    Each subclass names its topic, under which it is stored, and its severity. `needs_reason` says
    whether the author has to give a reason to go on. `rule` is the operator's rule that was
    broken, if there is one.
    """

    topic: ClassVar[str]
    severity: ClassVar[Severity]
    needs_reason: ClassVar[bool]

    rule: AnyRule | None = None

    def __init_subclass__(
        cls, *, topic: str, severity: Severity, needs_reason: bool = False
    ) -> None:
        """Register the class under its topic.

        Raises:
            TypeError: another class has the topic.
            ValueError: there is no such severity.
        """
        super().__init_subclass__()
        if topic in FINDING_CLASSES:
            raise TypeError(f"{FINDING_CLASSES[topic].__name__} has the topic {topic!r} already")
        # Type checkers do not look at a class's keywords, so a wrong severity is refused here.
        cls.topic, cls.severity, cls.needs_reason = topic, Severity(severity), needs_reason
        FINDING_CLASSES[topic] = cls

    @model_serializer(mode="wrap")
    def _with_topic(self, fields: SerializerFunctionWrapHandler) -> dict[str, JsonValue]:
        return {"topic": self.topic, **fields(self)}


# All finding classes, by topic.
FINDING_CLASSES: dict[str, type[Finding]] = {}


def read_finding(value: object) -> Finding:
    """The finding that a mapping describes, of the class that its topic names.

    Raises:
        ValueError: no finding has the topic, or a field is missing, unknown or invalid.
    """
    if isinstance(value, Finding):
        return value
    if not isinstance(value, Mapping):
        raise ValueError("a finding is an object")  # noqa: TRY004 # pydantic reports no TypeError
    fields = dict(value)
    topic = str(fields.pop("topic", None))
    if topic not in FINDING_CLASSES:
        raise ValueError(f"no finding has the topic {topic!r}")
    return FINDING_CLASSES[topic].model_validate(fields)


AnyFinding = Annotated[SerializeAsAny[Finding], PlainValidator(read_finding)]


def _from_minutes(value: object) -> object:
    return value * _MINUTE if isinstance(value, int) else value


def _to_minutes(span: timedelta) -> int:
    return span // _MINUTE


# A span of time that is a whole number of minutes in JSON.
Minutes = Annotated[timedelta, BeforeValidator(_from_minutes), PlainSerializer(_to_minutes)]
