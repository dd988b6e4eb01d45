"""The sandbox's own HTTP controls, for tests and pages in other processes."""

from collections import Counter
from collections.abc import Collection
from http import HTTPStatus

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.kore.account import Account
from sandbox.kore.answers import timestamp
from sandbox.kore.calls import Json
from sandbox.kore.faults import FaultKind, FaultPlan, When
from sandbox.kore.records import RequestRecord
from sandbox.kore.state import Campaign


class FaultOrder(BaseModel):
    """A request over HTTP to plan a fault."""

    model_config = ConfigDict(extra="forbid")

    operation: str
    kind: FaultKind
    when: When = When.BEFORE
    times: int = 1
    seconds: float | None = None


def control_routes(
    account: Account, faults: FaultPlan, requests: Collection[RequestRecord]
) -> list[Route]:
    """Return the routes POST and DELETE /_sandbox/faults and GET /_sandbox/state."""

    async def add_fault(request: Request) -> Response:
        try:
            faults.add(**FaultOrder.model_validate_json(await request.body()).model_dump())
        except ValueError as error:  # pydantic's ValidationError is one too
            return JSONResponse({"error": str(error)}, HTTPStatus.BAD_REQUEST)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def clear_faults(_: Request) -> Response:
        faults.clear()
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def show_state(_: Request) -> Response:
        return JSONResponse(_summary(account, requests))

    return [
        Route("/_sandbox/faults", add_fault, methods=["POST"]),
        Route("/_sandbox/faults", clear_faults, methods=["DELETE"]),
        Route("/_sandbox/state", show_state, methods=["GET"]),
    ]


def _summary(account: Account, requests: Collection[RequestRecord]) -> Json:
    asked = Counter(each.operation for each in requests if each.operation is not None)
    return {
        "campaigns": [_campaign(each) for each in account.state.campaigns.values()],
        "requests": asked,
    }


def _campaign(campaign: Campaign) -> Json:
    schedule = campaign.schedule
    return {
        "id": campaign.id,
        "name": campaign.name,
        "kind": campaign.kind,
        "status": campaign.status,
        "schedule": schedule
        and {
            "start": timestamp(schedule.start),
            "end": timestamp(schedule.end),
            "recurrence": schedule.recurrence,
            "every": schedule.every,
            "days": schedule.days,
        },
    }
