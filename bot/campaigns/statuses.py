"""Which action fits which status of a campaign: one table for cards, reviews and the work.

Source: contact-center/campaigns, which tells what Kore.ai's console refuses. What the API refuses
is not documented, so only what would certainly fail or harm is refused here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.campaigns.actions import Action
from bot.campaigns.reasons import Reason
from bot.campaigns.values import Kind, Status

_IDLE = (Status.READY, Status.STOPPED, Status.COMPLETED)
_RUNS = (Status.ACTIVE, Status.PAUSED)
_AHEAD = (Status.SCHEDULED, Status.RESCHEDULED)


@dataclass(frozen=True, slots=True)
class Fit:
    """When an action on a campaign is possible.

    `refused` has the reason for each status in which it is not. `scheduled` is the reason if it
    needs a campaign that does not start by itself, `unscheduled` if it needs one that does. A card
    offers it in the statuses `offered`, or if that is None, whenever it is not refused; `only` is
    the one kind of campaign whose card has it.
    """

    refused: Mapping[str, Reason] = field(default_factory=dict)
    scheduled: Reason | None = None
    unscheduled: Reason | None = None
    offered: frozenset[str] | None = None
    only: Kind | None = None

    def refusal(self, status: str, *, scheduled: bool | None) -> Reason | None:
        """Return why the action is not possible, or None; `scheduled` is None if it is unknown."""
        if status in self.refused:
            return self.refused[status]
        return {True: self.scheduled, False: self.unscheduled, None: None}[scheduled]

    def is_offered(self, status: str, kind: Kind | None, *, scheduled: bool) -> bool:
        """Return whether a campaign's card offers the action."""
        if self.only not in {None, kind} or self.refusal(status, scheduled=scheduled):
            return False
        return self.offered is None or status in self.offered


_PREPARED: Mapping[str, Reason] = {Status.PREPARING: Reason.PREPARING}
_DELETED: Mapping[str, Reason] = {Status.DELETED: Reason.DELETED}
_STOPPED_FIRST: Mapping[str, Reason] = dict.fromkeys(_RUNS, Reason.STOP_FIRST)

FITS: Mapping[Action, Fit] = MappingProxyType(
    {
        Action.SCHEDULE: Fit(_DELETED),
        Action.UNSCHEDULE: Fit(_DELETED, unscheduled=Reason.NOT_SCHEDULED),
        Action.START: Fit(
            {str(Status.ACTIVE): Reason.RUNNING, **_DELETED},
            scheduled=Reason.STARTS_BY_ITSELF,
            offered=frozenset(_IDLE),
        ),
        # Of a scheduled campaign, it ends the run that is about to start.
        Action.STOP: Fit(
            {str(each): Reason.NOT_RUNNING for each in (*_IDLE, Status.PREPARING)} | {**_DELETED},
            offered=frozenset(_RUNS),
        ),
        Action.EDIT: Fit(
            {str(Status.ACTIVE): Reason.STOP_FIRST, **_PREPARED, **_DELETED},
            offered=frozenset({*_IDLE, *_AHEAD, Status.PAUSED}),
        ),
        Action.DELETE: Fit(
            {**_STOPPED_FIRST, **_PREPARED, **_DELETED}, offered=frozenset({*_IDLE, *_AHEAD})
        ),
        # SMS campaigns have no results: api-list, view=contacts. Others may have those of a run
        # that ended before the one ahead.
        Action.RESULTS: Fit(
            offered=frozenset({*_RUNS, Status.STOPPED, Status.COMPLETED}), only=Kind.VOICE
        ),
    }
)


def possible(status: str, kind: Kind | None, *, scheduled: bool) -> list[Action]:
    """Return the actions that a campaign's card offers."""
    return [each for each, fit in FITS.items() if fit.is_offered(status, kind, scheduled=scheduled)]
