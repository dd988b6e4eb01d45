"""Reasons why an action failed or may have failed; `blocks` has the text of each."""

from enum import StrEnum
from typing import Self

from bot.campaigns.campaign import Snapshot
from bot.campaigns.values import Frozen, Kind


class Reason(StrEnum):
    """The cause of a failure."""

    UNREACHABLE = "unreachable"
    NO_ANSWER = "no_answer"
    RATE_LIMITED = "rate_limited"
    BAD_CREDENTIALS = "bad_credentials"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    GONE = "gone"
    UNKNOWN_ROUTE = "unknown_route"
    REFUSED = "refused"
    SERVER_FAULT = "server_fault"
    GARBLED = "garbled"
    NO_DNC_IN_V1 = "no_dnc_in_v1"
    NOT_LISTED = "not_listed"
    NAME_TAKEN = "name_taken"
    SEVERAL = "several"
    NAME_SHARED = "name_shared"
    LIST_INCOMPLETE = "list_incomplete"
    WRONG_CAMPAIGN = "wrong_campaign"
    WRONG_CAMPAIGN_STANDS = "wrong_campaign_stands"
    WRONG_CAMPAIGN_UNSCHEDULED = "wrong_campaign_unscheduled"
    NOT_SCHEDULED = "not_scheduled"
    TOO_LATE = "too_late"
    STARTS_BY_ITSELF = "starts_by_itself"
    RUNNING = "running"
    NOT_RUNNING = "not_running"
    STOP_FIRST = "stop_first"
    PREPARING = "preparing"
    DELETED = "deleted"
    CHANGED_ELSEWHERE = "changed_elsewhere"
    ONLY_IN_CONSOLE = "only_in_console"
    KIND_UNKNOWN = "kind_unknown"
    CANNOT_ASK = "cannot_ask"
    CHANGED = "changed"
    LIST_NOT_FOUND = "list_not_found"
    LIST_NAME_TAKEN = "list_name_taken"
    LIST_IN_USE = "list_in_use"
    LIST_RENAMED = "list_renamed"
    LIST_NAME_SHARED = "list_name_shared"
    FILE_GONE = "file_gone"
    NO_ENVIRONMENT = "no_environment"
    NO_RESULTS = "no_results"
    NO_RESULTS_OF_SMS = "no_results_of_sms"
    NOT_UPLOADED = "not_uploaded"
    OWN_FAULT = "own_fault"


class ListProgress(Frozen):
    """How far the campaigns of a kind were read; `total` is None if Kore.ai did not report it.

    With `goes_on`, the bot still reads them.
    """

    kind: Kind
    read: int
    total: int | None = None
    goes_on: bool = False


class Namesake(Frozen):
    """One of several campaigns with the same name; `kind` is None if unknown."""

    id: str
    kind: Kind | None = None

    @classmethod
    def of(cls, campaign: Snapshot) -> Self:
        """Build a namesake from a campaign."""
        return cls(id=campaign.id, kind=campaign.kind)


class Failure(Frozen):
    """An action that did not succeed.

    `certain` is False if it may have been carried out anyway. `sentence` is Kore.ai's message,
    empty if there is none. `namesakes` are all campaigns with the name, if there are several;
    `progress` is how far their list was read, if it is incomplete.
    """

    reason: Reason
    certain: bool = True
    sentence: str = ""
    namesakes: tuple[Namesake, ...] = ()
    progress: ListProgress | None = None
