import time
import uuid
from collections.abc import AsyncIterator, Generator
from typing import Any

import httpx
import jwt
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.clock import Clock
from sandbox.kore import PretendKore
from sandbox.kore.seed import fill
from sandbox.server import listen, serving

STREAM = "st-1"
ACCOUNT = "acc-1"
CLIENT_ID = "cs-1"
SECRET = "a-public-secret-of-the-sandbox-32"


class Signature(httpx.Auth):
    """Signs every request with a new token, as a good client does."""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        issued = int(time.time())
        claims = {"sub": "bot", "appId": CLIENT_ID, "iat": issued, "exp": issued + 300}
        request.headers["auth"] = jwt.encode({**claims, "jti": str(uuid.uuid4())}, SECRET)
        yield request


class Switch:
    """A served app that all tests share, and that passes requests on to each test's own app."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def switch() -> Switch:
    return Switch()


@pytest.fixture(scope="session")
async def base(switch: Switch) -> AsyncIterator[str]:
    async with serving(switch, listen()) as url:
        yield url


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def kore(switch: Switch, clock: Clock) -> PretendKore:
    pretend = PretendKore(
        clock=clock,
        stream_id=STREAM,
        account_id=ACCOUNT,
        client_id=CLIENT_ID,
        client_secret=SECRET,
    )
    pretend.preparing_seconds = 0.0
    switch.app = pretend.app
    return pretend


@pytest.fixture
def people(kore: PretendKore) -> None:
    """Put contacts on each list, because a run without contacts ends at once."""
    fill(kore.state)


@pytest.fixture(scope="session")
async def bare(base: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client that signs its requests and gets each path in full."""
    headers = {"accountId": ACCOUNT, "iid": STREAM}
    async with httpx.AsyncClient(base_url=base, headers=headers, auth=Signature()) as client:
        yield client


@pytest.fixture(scope="session")
async def v2(base: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=f"{base}/campaign/api/v2/public/{STREAM}",
        headers={"accountId": ACCOUNT, "iid": STREAM},
        params={"accountId": ACCOUNT},
        auth=Signature(),
    ) as client:
        yield client


@pytest.fixture(scope="session")
async def v1(base: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=f"{base}/agentassist/api/v1/public/{STREAM}",
        headers={"accountId": ACCOUNT, "iid": STREAM},
        auth=Signature(),
    ) as client:
        yield client


@pytest.fixture
def hours() -> dict[str, Any]:
    days = [{"day": day, "start": "9:00 AM", "end": "6:00 PM"} for day in ("MO", "TU")]
    return {"frequency": "WEEKLY", "timezone": "Asia/Kolkata", "days": days}


@pytest.fixture
def progressive(hours: dict[str, Any]) -> dict[str, Any]:
    """The body of a Progressive voice campaign for v2."""
    return {
        "name": "Spring Calls",
        "description": "Calls the spring leads.",
        "contactLists": ["Spring leads"],
        "dncLists": {"name": "Do not call"},
        "priority": "5",
        "campaignType": "voice",
        "dialingMode": "Progressive",
        "dialingStrategy": {
            "callerId": {"phoneNumber": "+12025550100"},
            "callingHours": hours,
            "dialingOrder": "FIFO",
            "maxAttemptsPerRecord": 3,
            "defaultRetryPeriod": 60,
            "maxRingTime": 30,
        },
        "queue_name": "Sales",
        "schedule": {"isSchedulingEnabled": False},
    }


@pytest.fixture
def simple(hours: dict[str, Any]) -> dict[str, Any]:
    """The body of a simple SMS campaign for v2, with the text Hello there."""
    return {
        "name": "Spring Texts",
        "description": "Texts the spring leads.",
        "contactLists": ["VIP customers"],
        "priority": "4",
        "format": "simple",
        "campaignType": "sms",
        "message": {"message": "SGVsbG8gdGhlcmU%3D"},
        "dialingStrategy": {"callerId": {"phoneNumber": "+12025550101"}, "callingHours": hours},
        "schedule": {"isSchedulingEnabled": False},
    }


@pytest.fixture
async def voice_id(v2: httpx.AsyncClient, progressive: dict[str, Any]) -> str:
    """The ID of a voice campaign that is Ready."""
    answer = await v2.post("/campaign", params={"campaignType": "voice"}, json=progressive)
    return str(answer.json()["data"]["id"])


@pytest.fixture
async def sms_id(v2: httpx.AsyncClient, simple: dict[str, Any]) -> str:
    """The ID of an SMS campaign that is Ready."""
    answer = await v2.post("/campaign", params={"campaignType": "sms"}, json=simple)
    return str(answer.json()["data"]["_id"])
