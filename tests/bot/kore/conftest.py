from collections.abc import AsyncIterator
from datetime import time

import httpx
import pytest

from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.hours import WORKDAYS, CallingHours
from bot.campaigns.values import DialingMode, Format, MachineDetection
from bot.kore import Account, Choices, KoreClient


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
    """What is answered, in turn; an exception is raised instead."""
    return []


@pytest.fixture
def requests() -> list[httpx.Request]:
    """What was asked."""
    return []


@pytest.fixture
def delays() -> list[float]:
    """How long was waited between attempts."""
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
