"""The search operation: lists campaigns of one kind, filtered, sorted and in pages.

https://docs.kore.ai/ai-for-service/apis/contact-center/get-all-campaigns-v2
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field, model_validator

from sandbox.kore import answers
from sandbox.kore.account import Account, Paging
from sandbox.kore.calls import Call, Json, Kind
from sandbox.kore.fields import Strict, read
from sandbox.kore.query import NEWEST_FIRST, OLDEST_FIRST, Direction, Query, SortField
from sandbox.kore.refusals import invalid
from sandbox.kore.state import Campaign, State

T = TypeVar("T")
StatusName = Literal[
    "Active",
    "Completed",
    "Ready",
    "Paused",
    "Preparing",
    "Stopped",
    "Scheduled",
    "Rescheduled",
]


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def _iso_instant(text: str) -> str:
    try:
        same = answers.timestamp(_instant(text)) == text
    except ValueError:
        same = False
    if not same:
        raise ValueError("must be ISO 8601 with milliseconds and Z")
    return text


Instant = Annotated[str, AfterValidator(_iso_instant)]


class Filters(Strict):
    """The search filters; priorities are numbers here, but strings in a campaign."""

    status: list[StatusName] | None = None
    priority: list[Annotated[int, Field(ge=1, le=5)]] | None = None
    dialing_mode: list[Literal["Agentless", "Progressive", "Preview"]] | None = None


class SearchBody(Strict):
    """The request body; `skip`, `page` and `limit` may be empty strings."""

    type: Literal["voice", "sms"]
    skip: Annotated[int, Field(ge=0)] = 0
    page: Annotated[int, Field(ge=1)] = 1
    limit: Annotated[int, Field(ge=1)] = 50
    start_date: Instant | None = None
    end_date: Instant | None = None
    # The first field sent counts most.
    sort_by: Mapping[SortField, Direction] = {}
    filters: Filters = Filters()

    @model_validator(mode="before")
    @classmethod
    def drop_empty_numbers(cls, data: object) -> object:
        """Use the default for a number that is an empty string."""
        if not isinstance(data, dict):
            return data
        empty = {key for key in ("skip", "page", "limit") if data.get(key) == ""}
        return {key: value for key, value in data.items() if key not in empty}


def search(account: Account, call: Call) -> Json:
    """Return one page of the campaigns that match the filters."""
    body = read(SearchBody, call.body)
    if body.type == "sms" and body.filters.dialing_mode is not None:
        raise invalid("filters.dialingMode is for voice campaigns")
    state = account.state
    page = _page(account, state, body, _found(account, state, body))
    return answers.success("Campaigns retrieved successfully", page)


def _found(account: Account, state: State, body: SearchBody) -> list[Campaign]:
    """Return the campaigns that match the filters and are listed already, in order."""
    kind, until = Kind(body.type), account.listed_until
    found = state.campaigns.select(_query(account, kind, body))
    newest = state.campaigns.select(Query(kind))[:1]
    if all(each.created_at <= until for each in newest):
        return found
    return [each for each in found if each.created_at <= until]


def _query(account: Account, kind: Kind, body: SearchBody) -> Query:
    filters = body.filters
    return Query(
        kind,
        (*body.sort_by.items(), *NEWEST_FIRST) if account.sorts else OLDEST_FIRST,
        statuses=_any_of(filters.status) if account.filters else None,
        priorities=_any_of(filters.priority),
        dialing_modes=_any_of(filters.dialing_mode),
        since=None if body.start_date is None else _instant(body.start_date),
        until=None if body.end_date is None else _instant(body.end_date),
    )


def _any_of(values: Sequence[T] | None) -> frozenset[T] | None:
    return None if values is None else frozenset(values)


def _page(account: Account, state: State, body: SearchBody, found: list[Campaign]) -> Json:
    limit = min(body.limit, account.rows_max or body.limit)
    first = _rows_before(account.paging, body, limit)
    totals = {"totalPages": -(-len(found) // limit), "totalResults": len(found)}
    return {
        "results": [answers.row(state, each) for each in found[first : first + limit]],
        "skip": first,
        "limit": limit,
        "hasMore": first + limit < len(found),
        **(totals if account.tells_total else {}),
    }


def _rows_before(paging: Paging, body: SearchBody, limit: int) -> int:
    """Return how many rows come before the requested page."""
    pages = (body.page - 1) * limit
    return {
        "add": body.skip + pages,
        "skip": body.skip,
        "page": pages,
        "skip_pages": body.skip * limit,
    }[paging]
