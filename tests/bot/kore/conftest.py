from collections.abc import AsyncIterator
from datetime import time

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.hours import WORKDAYS, CallingHours
from bot.campaigns.values import DialingMode, Format, MachineDetection
from bot.kore import Account, Choices, KoreClient
from sandbox.clock import Clock
from sandbox.kore import PretendKore
from sandbox.kore.seed import fill
from sandbox.server import listen, serving

IDS = {"stream_id": "st-1", "account_id": "acc-1", "client_id": "cs-1"}
SECRET = "a-public-secret-of-the-sandbox-32"


class Switch:
    """One served app for all tests; each test sets the app behind it."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def switch() -> Switch:
    return Switch()


@pytest.fixture(scope="session")
async def served(switch: Switch) -> AsyncIterator[Account]:
    async with serving(switch, listen()) as url:
        yield Account(host=url, client_secret=SECRET, **IDS)


@pytest.fixture
def kore(switch: Switch) -> PretendKore:
    """A pretend Kore.ai, served over HTTP; the fixture `real` is its client."""
    pretend = PretendKore(clock=Clock(), client_secret=SECRET, **IDS)
    pretend.preparing_seconds = 0.0
    # So slow that a started run is still active when a test looks it up.
    pretend.contacts_per_minute = 0.1
    fill(pretend.state)
    switch.app = pretend.app
    return pretend


async def no_pause(_: float) -> None:
    """Do not wait between attempts."""


@pytest.fixture
def timeouts() -> httpx.Timeout:
    return httpx.Timeout(5)


@pytest.fixture
async def real(
    kore: PretendKore,  # noqa: ARG001 # serves the pretend Kore.ai
    served: Account,
    choices: Choices,
    timeouts: httpx.Timeout,
) -> AsyncIterator[KoreClient]:
    async with KoreClient(served, choices, timeouts=timeouts, pause=no_pause) as ready:
        yield ready


@pytest.fixture
def account() -> Account:
    return Account(
        host="kore.example",
        stream_id="st-0603182c-7ffb",
        account_id="67777ce93e25",
        client_id="cs-1",
        client_secret="a-secret-of-at-least-32-characters",
    )


@pytest.fixture
def choices() -> Choices:
    return Choices()


@pytest.fixture
def answers() -> list[httpx.Response | Exception]:
    """The answers to the client, in order; exceptions among them are raised."""
    return []


@pytest.fixture
def requests() -> list[httpx.Request]:
    """The requests that the client sent."""
    return []


@pytest.fixture
def delays() -> list[float]:
    """The seconds that the client waited between attempts."""
    return []


@pytest.fixture
async def client(
    account: Account,
    choices: Choices,
    answers: list[httpx.Response | Exception],
    requests: list[httpx.Request],
    delays: list[float],
) -> AsyncIterator[KoreClient]:
    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        given = answers.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    async def pause(seconds: float) -> None:
        delays.append(seconds)

    transport = httpx.MockTransport(answer)
    async with KoreClient(account, choices, transport=transport, pause=pause) as ready:
        yield ready
    assert not answers, "answers that nobody asked for"


@pytest.fixture
def hours() -> CallingHours:
    return CallingHours.same_every_day("Asia/Kolkata", WORKDAYS, time(9), time(18))


@pytest.fixture
def sms(hours: CallingHours) -> SmsCampaign:
    return SmsCampaign(
        name="Spring sale",
        description="One message about the sale.",
        contact_lists=("Spring leads",),
        caller_id="+12025550100",
        hours=hours,
        format=Format.MESSAGE,
        message="Hello, <First Name>!",
    )


@pytest.fixture
def voice(hours: CallingHours) -> VoiceCampaign:
    return VoiceCampaign(
        name="Survey",
        description="Two questions.",
        contact_lists=("VIP customers",),
        caller_id="+12025550101",
        hours=hours,
        dialing_mode=DialingMode.AGENTLESS,
        flow="Appointment reminder",
        machine_detection=MachineDetection.DISCONNECT,
    )
