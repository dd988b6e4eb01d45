"""The base class of findings, and how a finding is read from JSON.

Each finding is a class declared next to the check that produces it. Its text is in
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
    """The severity of a finding, most severe first.

    A blocker stops the action, and a needless action would change nothing. A warning is for people
    to consider, and unchecked facts could not be looked up.
    """

    BLOCKER = "blocker"
    NEEDLESS = "needless"
    WARNING = "warning"
    UNCHECKED = "unchecked"


class Finding(Frozen):
    """One result of a review, with everything that its text needs.

    Each subclass defines its topic, under which it is stored, and its severity. `needs_reason`
    tells whether the author must give a reason to continue. `rule` is the violated operator's rule,
    if any.
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
        # Type checkers ignore class keywords, so a wrong severity is rejected here.
        cls.topic, cls.severity, cls.needs_reason = topic, Severity(severity), needs_reason
        FINDING_CLASSES[topic] = cls

    @model_serializer(mode="wrap")
    def _with_topic(self, fields: SerializerFunctionWrapHandler) -> dict[str, JsonValue]:
        return {"topic": self.topic, **fields(self)}


# All finding classes, by topic.
FINDING_CLASSES: dict[str, type[Finding]] = {}


def read_finding(value: object) -> Finding:
    """Return the finding described by a mapping, as the class of its topic.

    Raises:
        ValueError: the topic is unknown, or a field is missing, unknown or invalid.
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


# A time span, stored in JSON as a whole number of minutes.
Minutes = Annotated[timedelta, BeforeValidator(_from_minutes), PlainSerializer(_to_minutes)]
