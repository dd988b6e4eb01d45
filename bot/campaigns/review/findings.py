"""What a review can find; each topic has its words in `blocks`."""

from enum import StrEnum

from pydantic import Field, JsonValue

from bot.campaigns.review.rules import AnyRule
from bot.campaigns.values import Frozen


class Severity(StrEnum):
    """Whether a finding stops the action, is for people to weigh, or could not be looked into."""

    BLOCKER = "blocker"
    WARNING = "warning"
    UNCHECKED = "unchecked"


class Topic(StrEnum):
    """What a finding is about, in the order in which findings are shown."""

    NAME_TAKEN = "name_taken"
    CAMPAIGN_MISSING = "campaign_missing"
    SEVERAL_CAMPAIGNS = "several_campaigns"
    NAME_SHARED = "name_shared"
    START_PASSED = "start_passed"
    NO_EFFECTIVE_RUN = "no_effective_run"
    STARTS_BY_ITSELF = "starts_by_itself"
    RUNNING = "running"

    SCHEDULE_REPLACED = "schedule_replaced"
    SCHEDULED_WHILE_RUNNING = "scheduled_while_running"
    NOT_KNOWN_TO_START = "not_known_to_start"
    STARTED_AGAIN = "started_again"
    NO_DNC_LIST = "no_dnc_list"
    DNC_LIST_NOT_SHOWN = "dnc_list_not_shown"
    CALLING_HOURS = "calling_hours"
    WEEKDAYS = "weekdays"
    NIGHT = "night"
    OUTSIDE_HOURS = "outside_hours"
    CLOCK_CHANGE = "clock_change"
    STRAYED = "strayed"
    SAME_TIME = "same_time"
    LIST_NOT_FOUND = "list_not_found"
    LIST_EMPTY = "list_empty"
    LIST_NOT_VALIDATED = "list_not_validated"
    LIST_WITHOUT_TIME_ZONES = "list_without_time_zones"
    ATTEMPTS = "attempts"
    CALLER_ID = "caller_id"

    NAME_UNCHECKED = "name_unchecked"
    NAMESAKES_UNCHECKED = "namesakes_unchecked"
    CAMPAIGN_UNCHECKED = "campaign_unchecked"
    HOURS_UNKNOWN = "hours_unknown"
    PRESENT_UNKNOWN = "present_unknown"
    LISTS_UNCHECKED = "lists_unchecked"
    LIST_NOT_SAID = "list_not_said"
    NEIGHBORS_UNCHECKED = "neighbors_unchecked"
    NEIGHBORS_UNKNOWN = "neighbors_unknown"


_BLOCKERS = frozenset(
    {
        Topic.NAME_TAKEN,
        Topic.CAMPAIGN_MISSING,
        Topic.SEVERAL_CAMPAIGNS,
        Topic.NAME_SHARED,
        Topic.START_PASSED,
        Topic.NO_EFFECTIVE_RUN,
        Topic.STARTS_BY_ITSELF,
        Topic.RUNNING,
    }
)
_UNCHECKED = frozenset(
    {
        Topic.NAME_UNCHECKED,
        Topic.NAMESAKES_UNCHECKED,
        Topic.CAMPAIGN_UNCHECKED,
        Topic.HOURS_UNKNOWN,
        Topic.PRESENT_UNKNOWN,
        Topic.LISTS_UNCHECKED,
        Topic.LIST_NOT_SAID,
        Topic.NEIGHBORS_UNCHECKED,
        Topic.NEIGHBORS_UNKNOWN,
    }
)


class Finding(Frozen):
    """One thing a review found, with what its words need, and the rule it goes by if any.

    In the details, local times and dates are in ISO 8601, schedules and calling hours as they
    dump to JSON.
    """

    topic: Topic
    severity: Severity
    details: dict[str, JsonValue] = Field(default_factory=dict)
    rule: AnyRule | None = None


def found(topic: Topic, rule: AnyRule | None = None, /, **details: JsonValue) -> Finding:
    """A finding, as severe as its topic is."""
    return Finding(topic=topic, severity=severity(topic), details=details, rule=rule)


def severity(topic: Topic) -> Severity:
    """How severe a topic is."""
    if topic in _BLOCKERS:
        return Severity.BLOCKER
    return Severity.UNCHECKED if topic in _UNCHECKED else Severity.WARNING
