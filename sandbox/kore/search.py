"""The search operation: lists campaigns of one kind, filtered, sorted and in pages.

https://docs.kore.ai/ai-for-service/apis/contact-center/get-all-campaigns-v2
"""

from datetime import UTC, datetime
from operator import attrgetter
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from sandbox.kore import answers
from sandbox.kore.account import Account, Paging
from sandbox.kore.calls import Call, Json
from sandbox.kore.fields import Strict, read
from sandbox.kore.refusals import invalid
from sandbox.kore.state import Campaign

Direction = Literal["asc", "desc"]
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


class SortBy(Strict):
    """The fields to sort by; the first one sent counts most."""

    name: Direction | None = None
    created_at: Direction | None = None
    updated_at: Direction | None = None


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
    sort_by: SortBy = SortBy()
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
    found = [each for each in account.state.campaigns.values() if _kept(account, body, each)]
    return answers.success("Campaigns retrieved successfully", _page(account, body, found))


def _kept(account: Account, body: SearchBody, campaign: Campaign) -> bool:
    created = campaign.created_at
    return (
        account.listed(campaign)
        and campaign.kind == body.type
        and (body.start_date is None or _instant(body.start_date) <= created)
        and (body.end_date is None or created <= _instant(body.end_date))
        and _passes(body.filters, campaign)
    )


def _passes(filters: Filters, campaign: Campaign) -> bool:
    body = campaign.body
    priority = int(body["priority"]) if "priority" in body else None
    return (
        (filters.status is None or campaign.status in filters.status)
        and (filters.priority is None or priority in filters.priority)
        and (filters.dialing_mode is None or body.get("dialingMode") in filters.dialing_mode)
    )


def _page(account: Account, body: SearchBody, found: list[Campaign]) -> Json:
    limit = min(body.limit, account.rows_max or body.limit)
    first = _rows_before(account.paging, body, limit)
    rows = _sorted(body.sort_by, found)[first : first + limit]
    # Read once for all rows, because each read of `account.state` settles the whole account.
    state = account.state
    totals = {"totalPages": -(-len(found) // limit), "totalResults": len(found)}
    return {
        "results": [answers.row(state, each) for each in rows],
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


def _sorted(order: SortBy, found: list[Campaign]) -> list[Campaign]:
    """Sort newest first, then by each field from the last to the first; the sorts are stable."""
    rows = sorted(found, key=lambda each: each.created_at, reverse=True)
    for field, direction in reversed(order.model_dump(exclude_unset=True).items()):
        attribute = "lname" if field == "name" else field
        rows.sort(key=attrgetter(attribute), reverse=direction == "desc")
    return rows
