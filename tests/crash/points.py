"""The points at which the bot is killed: before or after a call of a service."""

from dataclasses import dataclass
from enum import StrEnum


class Flow(StrEnum):
    """The kinds of submissions."""

    SMS = "sms"
    VOICE = "voice"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    START = "start"
    STOP = "stop"
    STATUS = "status"


class Side(StrEnum):
    """How far a call has come when the bot dies.

    `BEFORE`: the service has the request but does not carry it out. `AFTER`: the service has
    carried it out, but the bot never gets the answer. `UNSAVED`: the bot has the answer and acted
    on it, but its engine has not saved that the step is done.
    """

    BEFORE = "before"
    AFTER = "after"
    UNSAVED = "unsaved"


@dataclass(frozen=True, slots=True)
class Point:
    """The `nth` call of a Kore.ai operation or a Slack method."""

    operation: str
    side: Side
    nth: int = 1

    def __str__(self) -> str:
        number = f" {self.nth}" if self.nth > 1 else ""
        return f"{self.side} {self.operation}{number}"


@dataclass(frozen=True, slots=True)
class Course:
    """A submission and the points where the bot is killed, with a restart after each."""

    flow: Flow
    points: tuple[Point, ...]

    def __str__(self) -> str:
        return f"{self.flow}: {', then '.join(map(str, self.points))}"


def course(flow: Flow, *points: tuple[str, Side] | tuple[str, Side, int]) -> Course:
    """Return a course in short form."""
    return Course(flow, tuple(Point(*point) for point in points))


# The bot's answer to Slack, which is not a call.
ACK = "ack"
_BOTH = (Side.BEFORE, Side.AFTER)
_ALL = (*_BOTH, Side.UNSAVED)

# One kill at each kind of step, in the order in which the bot reaches them.
SINGLE = (
    course(Flow.SMS, (ACK, Side.AFTER)),
    *(course(Flow.SMS, ("search", side)) for side in _BOTH),
    *(course(Flow.SMS, ("create", side)) for side in _ALL),
    *(course(Flow.SMS, ("chat.postMessage", side)) for side in _BOTH),
    *(course(Flow.VOICE, ("get", side)) for side in _BOTH),
    *(course(Flow.VOICE, ("chat.update", side)) for side in _BOTH),
    course(Flow.SCHEDULE, (ACK, Side.AFTER)),
    *(course(Flow.SCHEDULE, ("get", side)) for side in _BOTH),
    *(course(Flow.SCHEDULE, ("schedule", side)) for side in _ALL),
    *(course(Flow.SCHEDULE, ("get", side, 2)) for side in _BOTH),
    *(course(Flow.SCHEDULE, ("chat.postMessage", side)) for side in _BOTH),
    *(course(Flow.SCHEDULE, ("chat.update", side)) for side in _BOTH),
    course(Flow.UNSCHEDULE, (ACK, Side.AFTER)),
    *(course(Flow.UNSCHEDULE, ("get", side)) for side in _BOTH),
    *(course(Flow.UNSCHEDULE, ("unschedule", side)) for side in _ALL),
    *(course(Flow.UNSCHEDULE, ("get", side, 2)) for side in _BOTH),
    *(course(Flow.UNSCHEDULE, ("chat.postMessage", side)) for side in _BOTH),
    *(course(Flow.UNSCHEDULE, ("chat.update", side)) for side in _BOTH),
    course(Flow.STATUS, (ACK, Side.AFTER)),
    *(course(Flow.STATUS, ("get", side)) for side in _BOTH),
    *(course(Flow.STATUS, ("chat.postMessage", side)) for side in _BOTH),
    *(course(Flow.STATUS, ("chat.update", side)) for side in _BOTH),
)
# The bot is killed again while it finds out what it did before the first kill.
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
# The notice to the author after a request that never arrived.
TOLD = (
    *(
        course(Flow.SCHEDULE, ("schedule", Side.BEFORE), ("chat.postMessage", side))
        for side in _BOTH
    ),
    *(
        course(Flow.UNSCHEDULE, ("unschedule", Side.BEFORE), ("chat.postMessage", side))
        for side in _BOTH
    ),
)
# The bot has given up and recorded that, so it must not begin again. It looks three times for a
# campaign and makes one search each time.
GAVE_UP = (
    course(Flow.SMS, ("create", Side.BEFORE), ("search", Side.UNSAVED, 3)),
    course(Flow.SCHEDULE, ("schedule", Side.BEFORE), ("get", Side.UNSAVED)),
    course(Flow.UNSCHEDULE, ("unschedule", Side.BEFORE), ("get", Side.UNSAVED)),
)
# A request that never arrived. The bot finds this out only by searching for about 15 seconds.
NEVER_ARRIVED = course(Flow.SMS, ("create", Side.BEFORE))
COURSES = (*SINGLE, *DOUBLE, *TOLD, *GAVE_UP)
# Points where something was done but not recorded yet. Every run of the tests tries these.
SAMPLE = (
    course(Flow.SMS, ("create", Side.AFTER)),
    course(Flow.SMS, ("chat.postMessage", Side.AFTER), ("conversations.history", Side.AFTER)),
    course(Flow.SCHEDULE, ("schedule", Side.UNSAVED)),
    course(Flow.UNSCHEDULE, ("unschedule", Side.AFTER)),
)
