"""One API call, as the operations see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from sandbox.kore.refusals import invalid

Json = dict[str, Any]
Version = Literal["v1", "v2"]


class Operation(StrEnum):
    """The API's operations; a fault names the operation that fails."""

    CREATE = "create"
    GET = "get"
    UPDATE = "update"
    DELETE = "delete"
    SEARCH = "search"
    START = "start"
    STOP = "stop"
    STATUS = "status"
    RESULTS = "results"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    CREATE_LIST = "create_list"
    UPDATE_LIST = "update_list"
    GET_LIST = "get_list"
    DELETE_LIST = "delete_list"
    ALL_LISTS = "all_lists"
    LIST_CONTACTS = "list_contacts"
    ADD_CONTACTS = "add_contacts"


class Kind(StrEnum):
    """The two kinds of campaign, as `campaignType` spells them."""

    VOICE = "voice"
    SMS = "sms"


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was routed to an operation but not checked yet."""

    operation: Operation
    version: Version
    params: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: object

    @property
    def kind(self) -> Kind:
        """Return the query's campaignType.

        Raises:
            Refused: The campaignType is missing or unknown.
        """
        asked = self.query.get("campaignType", "")
        if asked not in {*Kind}:
            raise invalid("campaignType in the query must be voice or sms")
        return Kind(asked)
