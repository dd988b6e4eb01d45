"""Why a row of a file becomes no campaign. `blocks` has the words."""

from enum import StrEnum

from bot.campaigns.campaign_files.columns import Column
from bot.campaigns.values import Frozen


class Problem(StrEnum):
    """What is wrong with a value.

    `LONG`: it has more characters than `detail`. `MANY`: it has more values than `detail`. `TWICE`:
    the campaign in line `detail` has this name. `BOTH`: the row has a message and a flow.
    `NOT_UNDERSTOOD`: the piece `detail` says nothing to the bot. The last ones are of a schedule:
    it does not say how it repeats, or until when, or the clocks skip its start or end.
    """

    MISSING = "missing"
    LONG = "long"
    MANY = "many"
    INVALID = "invalid"
    WIDE = "wide"
    TWICE = "twice"
    BOTH = "both"
    VOICE = "voice"
    NUMBER = "number"
    NO_COUNTRY = "no_country"
    SENDER = "sender"
    ORDER = "order"
    NOT_UNDERSTOOD = "not_understood"
    NO_RECURRENCE = "no_recurrence"
    NO_START = "no_start"
    NO_END = "no_end"
    SKIPPED = "skipped"


class RowProblem(Frozen):
    """A problem of a value, in its column."""

    column: Column
    problem: Problem
    detail: str = ""


class RefusedRow(Frozen):
    """A row that becomes no campaign; `name` is empty if it has none."""

    line: int
    name: str
    problems: tuple[RowProblem, ...]


class Unusable(Exception):
    """A value cannot be used."""

    def __init__(self, column: Column, problem: Problem, detail: str = "") -> None:
        super().__init__(f"{column}: {problem}")
        self.found = RowProblem(column=column, problem=problem, detail=detail)
