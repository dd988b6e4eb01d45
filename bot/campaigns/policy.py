"""Policy: which actions a second person must approve, and the time limits."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.campaigns.actions import ACTIONS
from bot.campaigns.hours import WORKDAYS, ClockTime, DayByName
from bot.campaigns.roles import Permission
from bot.campaigns.schedule import to_local
from bot.campaigns.values import Frozen, Zone

# Permissions of the actions that lead to people being contacted. A policy can never delay stopping
# a campaign, not even at night.
APPROVABLE = frozenset(row.permission for row in ACTIONS.values() if row.approvable)


class ApprovalReason(StrEnum):
    """Why an action needs approval."""

    ACTION = "action"
    LOAD = "load"
    LOAD_UNKNOWN = "load_unknown"
    HOURS = "hours"


class OfficeHours(Frozen):
    """The hours in which someone would notice, the same on each of `days`, in one IANA zone."""

    zone: Zone
    days: Annotated[frozenset[DayByName], Field(min_length=1)] = frozenset(WORKDAYS)
    opens: ClockTime
    closes: ClockTime

    @model_validator(mode="after")
    def _closes_later(self) -> Self:
        if self.closes <= self.opens:
            raise ValueError("office hours close before they open")
        return self

    def contain(self, moment: datetime) -> bool:
        """Return whether an aware time is within the hours: from opening until before closing."""
        local = to_local(moment, self.zone)
        return local.weekday() in self.days and self.opens <= local.time() < self.closes


class Policy(Frozen):
    """Which actions need approval, as in a settings file. By default none does.

    `approval_from_load` is a number of contacts times runs. The approval card is posted in
    `approvers_channel` and mentions `approvers_group`. During a hold, an approved submission waits
    and can still be canceled.
    """

    approval_for: frozenset[Permission] = frozenset()
    approval_from_load: Annotated[int, Field(ge=1)] | None = None
    approval_outside: OfficeHours | None = None
    approvers_group: Annotated[str, Field(pattern=r"^S[A-Z0-9]+$")] | None = None
    approvers_channel: Annotated[str, Field(pattern=r"^[CG][A-Z0-9]+$")] | None = None
    expires_after_hours: Annotated[int, Field(ge=1, le=720)] = 24
    remind_after_hours: Annotated[int, Field(ge=1, le=720)] = 4
    hold_minutes: Annotated[int, Field(ge=0, le=1440)] = 0

    @model_validator(mode="after")
    def _can_be_followed(self) -> Self:
        if needless := self.approval_for - APPROVABLE:
            raise ValueError(f"nobody can be asked to approve: {', '.join(sorted(needless))}")
        if self.asks and self.approvers_channel is None:
            raise ValueError("approval is asked for, and approvers_channel does not say where")
        return self

    @property
    def asks(self) -> bool:
        """Return whether the policy requires any approval."""
        return bool(self.approval_for or self.approval_from_load or self.approval_outside)

    def needs_approval(
        self, action: Permission, load: int | None, at: datetime
    ) -> ApprovalReason | None:
        """Return why a second person must approve an action, or None.

        `load` is contacts times runs; an unknown load (None) counts as large. `at` is the aware
        time at which the action takes effect: now, or a schedule's first run.
        """
        if action in self.approval_for:
            return ApprovalReason.ACTION
        if action not in APPROVABLE:
            return None
        return self._by_load(load) or self._by_hours(at)

    def _by_load(self, load: int | None) -> ApprovalReason | None:
        if self.approval_from_load is None:
            return None
        if load is None:
            return ApprovalReason.LOAD_UNKNOWN
        return ApprovalReason.LOAD if load >= self.approval_from_load else None

    def _by_hours(self, at: datetime) -> ApprovalReason | None:
        outside = self.approval_outside is not None and not self.approval_outside.contain(at)
        return ApprovalReason.HOURS if outside else None
