"""Reads a file of campaigns: each row becomes a campaign, or is refused with every problem."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.campaigns.campaign import SmsCampaign
from bot.campaigns.campaign_files.campaign_file import CAMPAIGNS_MAX, CampaignFile
from bot.campaigns.campaign_files.columns import MEANINGS, Column
from bot.campaigns.campaign_files.problems import Problem, RefusedRow, RowProblem, Unusable
from bot.campaigns.campaign_files.times import calling_hours, schedule_of
from bot.campaigns.campaign_import import CampaignRow
from bot.campaigns.csv_files import FileFault, Table, Unreadable, places_of, read_table
from bot.campaigns.names import folded, trimmed
from bot.campaigns.phones import SenderFault, Senders, UnreadableSender, read_sender
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Format, Kind, same_name

T = TypeVar("T")
_BETWEEN_LISTS = re.compile(r"[;|]")
_SENDER_PROBLEMS = {
    SenderFault.NOT_POSSIBLE: Problem.NUMBER,
    SenderFault.NO_COUNTRY: Problem.NO_COUNTRY,
    SenderFault.NO_SENDER: Problem.SENDER,
}
_AS_TYPED = (Column.DNC_LIST, Column.MESSAGE, Column.TEMPLATE, Column.FLOW)
# pydantic's types of errors.
_TOO_LONG = {"string_too_long": Problem.LONG, "too_long": Problem.MANY}
_MISSING = {"string_too_short", "too_short", "missing"}


@dataclass(frozen=True, slots=True)
class Reading:
    """As of when, in which time zone and with which known senders a file is read."""

    zone: str
    now: datetime
    senders: Senders


def read_campaigns(data: bytes, reading: Reading) -> CampaignFile:
    """Return what a file has.

    Raises:
        Unreadable: it is no table, no column has the campaigns' names, or it has too many.
    """
    table = read_table(data)
    places = places_of(table.header, MEANINGS)
    if Column.NAME not in places:
        raise Unreadable(FileFault.NO_NAME_COLUMN, table.header_line)
    rows = _rows(table, places, reading)
    used = set(places.values())
    return CampaignFile(
        rows=tuple(each for each in rows if isinstance(each, CampaignRow)),
        refused=tuple(each for each in rows if isinstance(each, RefusedRow)),
        left_out=tuple(n for place, n in enumerate(table.header) if n and place not in used),
    )


def _rows(
    table: Table, places: Mapping[Column, int], reading: Reading
) -> list[CampaignRow | RefusedRow]:
    rows: list[CampaignRow | RefusedRow] = []
    named: list[tuple[str, int]] = []
    for line, values in table.records():
        if len(rows) == CAMPAIGNS_MAX:
            raise Unreadable(FileFault.CAMPAIGNS, line)
        row = _Row(line, _cells(values, places), reading)
        if any(values[len(table.header) :]):
            row.refuse(Column.NAME, Problem.WIDE)
        row.refuse_twice(named)
        rows.append(row.read())
        named.append((row.name, line))
    return rows


def _cells(values: Sequence[str], places: Mapping[Column, int]) -> dict[Column, str]:
    """Return the values of a row; the last ones may be missing."""
    return {
        column: trimmed(values[place])
        for column, place in places.items()
        if place < len(values) and trimmed(values[place])
    }


@dataclass(slots=True)
class _Row:
    """One row while it is read, with the problems found so far."""

    line: int
    cells: Mapping[Column, str]
    reading: Reading
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.cells.get(Column.NAME, "")

    def refuse(self, column: Column, problem: Problem, detail: str = "") -> None:
        self.problems.append(RowProblem(column=column, problem=problem, detail=detail))

    def refuse_twice(self, earlier: Sequence[tuple[str, int]]) -> None:
        """Refuse a name that an earlier row has."""
        lines = (line for name, line in earlier if self.name and same_name(name, self.name))
        if first := next(lines, None):
            self.refuse(Column.NAME, Problem.TWICE, str(first))

    def read(self) -> CampaignRow | RefusedRow:
        """Return the row's campaign and schedule, or every problem of it."""
        campaign, schedule = self._campaign(), self._read(self._schedule)
        if self.problems or campaign is None:
            found = tuple(dict.fromkeys(self.problems))
            return RefusedRow(line=self.line, name=self.name, problems=found)
        return CampaignRow(line=self.line, campaign=campaign, schedule=schedule)

    def _campaign(self) -> SmsCampaign | None:
        cells = self.cells
        self._check_kind()
        lists = map(trimmed, _BETWEEN_LISTS.split(cells.get(Column.CONTACT_LISTS, "")))
        given: dict[str, Any] = {
            **{column: cells.get(column) for column in _AS_TYPED},
            "name": self.name,
            "description": cells.get(Column.DESCRIPTION) or self.name,
            "format": self._format,
            "contact_lists": tuple(dict.fromkeys(filter(None, lists))),
            "caller_id": self._read(self._sender),
            "hours": self._read(self._hours),
            "priority": cells.get(Column.PRIORITY, 5),
        }
        return self._validated(given)

    @property
    def _format(self) -> Format:
        if Column.FLOW in self.cells:
            return Format.FLOW
        return Format.TEMPLATE if Column.TEMPLATE in self.cells else Format.MESSAGE

    def _validated(self, given: Mapping[str, Any]) -> SmsCampaign | None:
        try:
            return SmsCampaign.model_validate(given)
        except ValidationError as error:
            for each in error.errors(include_url=False, include_context=True):
                self._refuse_as(each["loc"], each["type"], each.get("ctx", {}))
            return None

    def _refuse_as(self, loc: Sequence[object], type_: str, ctx: Mapping[str, Any]) -> None:
        """Refuse a value for what pydantic says of it; what has no column is refused elsewhere."""
        if not loc or loc[0] not in set(Column):
            return
        column = Column(str(loc[0]))
        if any(each.column is column for each in self.problems):
            return
        if type_ in _MISSING:
            # A campaign without a description is described by its name.
            self.refuse(Column.NAME if column is Column.DESCRIPTION else column, Problem.MISSING)
        elif type_ in _TOO_LONG:
            self.refuse(column, _TOO_LONG[type_], str(ctx.get("max_length", "")))
        else:
            self.refuse(column, Problem.INVALID)

    def _check_kind(self) -> None:
        kind = folded(self.cells.get(Column.KIND, Kind.SMS))
        if kind == Kind.VOICE:
            self.refuse(Column.KIND, Problem.VOICE)
        elif kind != Kind.SMS:
            self.refuse(Column.KIND, Problem.INVALID)
        texts = {Column.MESSAGE, Column.TEMPLATE} & self.cells.keys()
        if Column.FLOW in self.cells:
            if texts:
                self.refuse(Column.FLOW, Problem.BOTH)
        elif Column.MESSAGE not in self.cells:
            self.refuse(Column.MESSAGE, Problem.MISSING)

    def _sender(self) -> str:
        if Column.CALLER_ID not in self.cells:
            raise Unusable(Column.CALLER_ID, Problem.MISSING)
        try:
            return read_sender(self.cells[Column.CALLER_ID], Kind.SMS, self.reading.senders)
        except UnreadableSender as error:
            raise Unusable(Column.CALLER_ID, _SENDER_PROBLEMS[error.fault]) from None

    def _hours(self) -> object:
        cells = self.cells
        days, hours = cells.get(Column.CALLING_DAYS, ""), cells.get(Column.CALLING_HOURS, "")
        return calling_hours(days, hours, self.reading.zone)

    def _schedule(self) -> Schedule | None:
        text = self.cells.get(Column.SCHEDULE)
        return schedule_of(text, self.reading.zone, self.reading.now) if text else None

    def _read(self, read: Callable[[], T]) -> T | None:
        """Return what a function reads; None if it is refused."""
        try:
            return read()
        except Unusable as error:
            self.problems.append(error.found)
            return None
