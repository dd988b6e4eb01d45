"""Where the bot is killed: at which call of which service, and on which side of it."""

from dataclasses import dataclass
from enum import StrEnum


class Flow(StrEnum):
    """What is asked of the bot."""

    SMS = "sms"
    VOICE = "voice"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    STATUS = "status"


class Side(StrEnum):
    """How far a call has come when the bot dies.

    `BEFORE`: the service has the request and will not carry it out. `AFTER`: it has carried it out,
    and the bot never sees the answer. `UNSAVED`: the bot has the answer and acted on it, and its
    engine has not saved that the step is done.
    """

    BEFORE = "before"
    AFTER = "after"
    UNSAVED = "unsaved"


@dataclass(frozen=True, slots=True)
class Point:
    """The `nth` call of an operation of Kore.ai, or of a method of Slack's."""

    operation: str
    side: Side
    nth: int = 1

    def __str__(self) -> str:
        number = f" {self.nth}" if self.nth > 1 else ""
        return f"{self.side} {self.operation}{number}"


@dataclass(frozen=True, slots=True)
class Course:
    """A submission, and the points where it is killed: each in a life of its own."""

    flow: Flow
    points: tuple[Point, ...]

    def __str__(self) -> str:
        return f"{self.flow}: {', then '.join(map(str, self.points))}"


def course(flow: Flow, *points: tuple[str, Side] | tuple[str, Side, int]) -> Course:
    """A course in short."""
    return Course(flow, tuple(Point(*point) for point in points))


# Not a call but the bot's own answer to Slack.
ACK = "ack"
_BOTH = (Side.BEFORE, Side.AFTER)
_ALL = (*_BOTH, Side.UNSAVED)

# What every kind of step is, in the order in which the bot comes to it.
SINGLE = (
    course(Flow.SMS, (ACK, Side.AFTER)),
    *(course(Flow.SMS, ("search", side)) for side in _BOTH),
    *(course(Flow.SMS, ("create", side)) for side in _ALL),
    *(course(Flow.SMS, ("chat.postMessage", side)) for side in _ALL),
    *(course(Flow.VOICE, ("get", side)) for side in _BOTH),
    *(course(Flow.VOICE, ("chat.update", side)) for side in _BOTH),
    course(Flow.SCHEDULE, (ACK, Side.AFTER)),
    *(course(Flow.SCHEDULE, ("get", side)) for side in _BOTH),
    *(course(Flow.SCHEDULE, ("schedule", side)) for side in _ALL),
    *(course(Flow.SCHEDULE, ("get", side, 2)) for side in _BOTH),
    *(course(Flow.SCHEDULE, ("chat.postMessage", side)) for side in _ALL),
    *(course(Flow.SCHEDULE, ("chat.update", side)) for side in _BOTH),
    course(Flow.UNSCHEDULE, (ACK, Side.AFTER)),
    *(course(Flow.UNSCHEDULE, ("get", side)) for side in _BOTH),
    *(course(Flow.UNSCHEDULE, ("unschedule", side)) for side in _ALL),
    *(course(Flow.UNSCHEDULE, ("get", side, 2)) for side in _BOTH),
    *(course(Flow.UNSCHEDULE, ("chat.postMessage", side)) for side in _ALL),
    *(course(Flow.UNSCHEDULE, ("chat.update", side)) for side in _BOTH),
    course(Flow.STATUS, (ACK, Side.AFTER)),
    *(course(Flow.STATUS, ("search", side)) for side in _BOTH),
    *(course(Flow.STATUS, ("chat.postMessage", side)) for side in _ALL),
    *(course(Flow.STATUS, ("chat.update", side)) for side in _BOTH),
)
# Killed again while it finds out what the life before had done.
DOUBLE = (
    *(course(Flow.SMS, ("create", Side.AFTER), ("search", side)) for side in _BOTH),
    course(Flow.SMS, ("create", Side.AFTER), ("chat.postMessage", Side.AFTER)),
    *(
        course(Flow.SMS, ("chat.postMessage", Side.AFTER), ("conversations.history", side))
        for side in _BOTH
    ),
    course(Flow.SMS, ("chat.postMessage", Side.BEFORE), ("chat.postMessage", Side.AFTER)),
    *(course(Flow.SCHEDULE, ("schedule", Side.AFTER), ("get", side)) for side in _BOTH),
    course(Flow.SCHEDULE, ("chat.postMessage", Side.AFTER), ("conversations.history", Side.AFTER)),
    *(course(Flow.UNSCHEDULE, ("unschedule", Side.AFTER), ("get", side)) for side in _BOTH),
    course(Flow.STATUS, ("chat.postMessage", Side.AFTER), ("conversations.history", Side.AFTER)),
)
# The notice to the author, after a request that never arrived: a direct message where a filled form
# can be had back, else an answer beside the command.
TOLD = (
    *(
        course(Flow.SCHEDULE, ("schedule", Side.BEFORE), ("chat.postMessage", side))
        for side in _ALL
    ),
    *(
        course(Flow.UNSCHEDULE, ("unschedule", Side.BEFORE), ("response_url", side))
        for side in _ALL
    ),
)
# The bot has given up and noted it: it may not begin anew. Three looks ask for two kinds each.
GAVE_UP = (
    course(Flow.SMS, ("create", Side.BEFORE), ("search", Side.UNSAVED, 6)),
    course(Flow.SCHEDULE, ("schedule", Side.BEFORE), ("get", Side.UNSAVED)),
    course(Flow.UNSCHEDULE, ("unschedule", Side.BEFORE), ("get", Side.UNSAVED)),
)
# A request that never arrived: only looking in vain, for some fifteen seconds, tells.
NEVER_ARRIVED = course(Flow.SMS, ("create", Side.BEFORE))
COURSES = (*SINGLE, *DOUBLE, *TOLD, *GAVE_UP)
# Where something was done and not yet noted: some of them in every run of the tests.
SAMPLE = (
    course(Flow.SMS, ("create", Side.AFTER)),
    course(Flow.SMS, ("chat.postMessage", Side.AFTER), ("conversations.history", Side.AFTER)),
    course(Flow.SCHEDULE, ("schedule", Side.UNSAVED)),
    course(Flow.UNSCHEDULE, ("unschedule", Side.AFTER)),
)
