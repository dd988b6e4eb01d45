"""Reviews of changes to an existing campaign, once the facts are known."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import islice

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.review import (
    Facts,
    Review,
    Rules,
    contact_load,
    review_delete,
    review_schedule,
    review_start,
    review_stop,
    review_unschedule,
    split_at_clock_change,
)
from bot.campaigns.review.findings import Finding
from bot.campaigns.runs import count, count_effective, runs
from bot.campaigns.schedule import Schedule
from bot.work.questions import list_sizes

RUNS_SHOWN = 5
# The checks before actions after which fewer people are contacted.
ENDINGS: Mapping[Action, Callable[[Facts, datetime], tuple[Finding, ...]]] = {
    Action.STOP: review_stop,
    Action.DELETE: review_delete,
    Action.UNSCHEDULE: review_unschedule,
}


def review_change(action: Action, plan: Schedule | None, facts: Facts, rules: Rules) -> Review:
    """Review a change to an existing campaign, from what is known of it."""
    now = datetime.now(UTC)
    if action not in ENDINGS:
        return _review_runs(action, plan, facts, rules, now)
    found = ENDINGS[action](facts, now)
    return Review(action=action, target=facts.target, present=facts.present, findings=found)


def _review_runs(
    action: Action, plan: Schedule | None, facts: Facts, rules: Rules, now: datetime
) -> Review:
    """Review a start, or a schedule."""
    target = facts.target
    sizes = list_sizes(target.contact_lists, facts.contact_lists) if target else ()
    found = review_schedule(plan, facts, rules, now) if plan else review_start(facts, rules, now)
    coming = runs(plan, target.hours if target else None, after=now) if plan else iter(())
    return Review(
        action=action,
        target=target,
        schedule=plan,
        present=facts.present,
        parts=split_at_clock_change(plan) if plan else None,
        lists=sizes,
        runs=tuple(islice(coming, RUNS_SHOWN)),
        load=contact_load(sizes, _count(plan, target) if plan else 1),
        findings=found,
    )


def _count(plan: Schedule, target: Snapshot | None) -> int:
    """Return the number of runs that reach someone, or of all runs if calling hours are unknown."""
    hours = target.hours if target else None
    return count_effective(plan, hours) if hours else count(plan)
