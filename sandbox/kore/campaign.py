"""A campaign, its schedule and its status."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from sandbox.kore.calls import Json, Kind
from sandbox.kore.instance import Instance


class Status(StrEnum):
    """The campaign statuses in `filters.status`.

    https://docs.kore.ai/ai-for-service/apis/contact-center/get-all-campaigns-v2
    """

    ACTIVE = "Active"
    COMPLETED = "Completed"
    READY = "Ready"
    PAUSED = "Paused"
    PREPARING = "Preparing"
    STOPPED = "Stopped"
    SCHEDULED = "Scheduled"
    RESCHEDULED = "Rescheduled"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A campaign's schedule: start and end in UTC, repeated every `every` days or weeks."""

    start: datetime
    end: datetime
    recurrence: Literal["Daily", "Weekly"]
    every: int
    days: tuple[str, ...] = ()


class Body(Json):
    """A campaign's JSON; it calls `on_change` after a field is set or removed."""

    def __init__(self, fields: Json, on_change: Callable[[], None]) -> None:
        super().__init__(fields)
        self._on_change = on_change

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401 # any JSON
        """Set a field."""
        super().__setitem__(key, value)
        self._on_change()

    def __delitem__(self, key: str) -> None:
        """Remove a field."""
        super().__delitem__(key)
        self._on_change()


def ignore_change(_: "Campaign") -> None:
    """Do nothing."""


@dataclass(slots=True)
class Campaign:
    """One campaign.

    Attributes:
        on_change: called after each change of the campaign. It is the first field, because every
            later one calls it when it is set.
        body: the JSON from its creation or last update.
        due: the occurrence of its schedule at which its next run begins, in UTC.
        instance: its latest run, unless that was stopped.
    """

    on_change: Callable[["Campaign"], None] = field(
        default=ignore_change, kw_only=True, repr=False, compare=False
    )
    id: str
    kind: Kind
    body: Json
    status: Status
    created_at: datetime
    updated_at: datetime
    ready_at: datetime
    schedule: Schedule | None = None
    due: datetime | None = None
    instance: Instance | None = None

    def __setattr__(self, name: str, value: object) -> None:
        """Set an attribute and report the change."""
        if name == "body" and isinstance(value, dict):
            value = Body(value, lambda: self.on_change(self))
        object.__setattr__(self, name, value)
        self.on_change(self)

    @property
    def name(self) -> str:
        return str(self.body["name"])

    @property
    def lname(self) -> str:
        return self.name.lower()

    @property
    def contact_lists(self) -> frozenset[str]:
        return frozenset(self.body["contactLists"])

    def turn(self, status: Status, now: datetime) -> None:
        """Change the status."""
        self.status = status
        self.updated_at = now

    def reached(self, now: datetime) -> int:
        """Return how many contacts the latest run has reached at `now`."""
        return 0 if self.instance is None else self.instance.reached(now)
