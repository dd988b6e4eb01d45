from collections.abc import Awaitable, Callable

import httpx
import jwt
import pytest

from bot.campaigns.campaign import SmsCampaign
from bot.campaigns.values import Kind
from bot.kore import (
    BadCredentials,
    InvalidResponse,
    KoreClient,
    KoreError,
    NoAnswer,
    RateLimited,
    ServerFault,
    Unreachable,
)

STATUS = {"status": "success", "data": {"id": "cd-1", "status": "Ready", "name": "Spring sale"}}
ACTIVE = {"status": "Active", "message": "Campaign Started", "updatedAt": "2026-01-05T09:00:00Z"}
REFUSED_FOR_RATE = {"errors": [{"msg": "You've exceeded the per-minute rate limit."}]}

Answers = list[httpx.Response | Exception]


def too_many(status: int = 429, retry_after: str | None = None) -> httpx.Response:
    headers = {"Retry-After": retry_after} if retry_after else {}
    return httpx.Response(status, json=REFUSED_FOR_RATE, headers=headers)


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("silent"),
        httpx.RemoteProtocolError("closed"),
        httpx.Response(500),
        httpx.Response(502, html="<html></html>"),
        httpx.Response(200, content=b'{"status": "succ'),
        too_many(),
    ],
)
async def test_a_read_is_repeated(
    client: KoreClient, answers: Answers, delays: list[float], failure: httpx.Response | Exception
) -> None:
    answers += [failure, failure, httpx.Response(200, json=STATUS)]

    assert await client.campaign_status("cd-1") == "Ready"
    assert 0.5 <= delays[0] <= 1 <= delays[1] <= 2


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.PoolTimeout("full"),
        too_many(),
        too_many(400),
        too_many(200),
    ],
)
async def test_a_write_is_repeated_if_it_was_certainly_not_done(
    client: KoreClient, answers: Answers, failure: httpx.Response | Exception
) -> None:
    answers += [failure, httpx.Response(200, json=ACTIVE)]

    assert (await client.start_campaign("cd-1", Kind.VOICE)).status == "Active"


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (httpx.ReadTimeout("silent"), NoAnswer),
        (httpx.WriteTimeout("stuck"), NoAnswer),
        (httpx.ReadError("reset"), NoAnswer),
        (httpx.RemoteProtocolError("closed"), NoAnswer),
        (httpx.DecodingError("bad gzip"), InvalidResponse),
        (httpx.Response(500), ServerFault),
        (httpx.Response(200, content=b"{"), InvalidResponse),
        (httpx.Response(200, json={"unexpected": 1}), InvalidResponse),
    ],
)
async def test_an_uncertain_write_is_not_repeated(
    client: KoreClient,
    answers: Answers,
    requests: list[httpx.Request],
    failure: httpx.Response | Exception,
    reason: type[KoreError],
) -> None:
    answers.append(failure)

    with pytest.raises(reason):
        await client.start_campaign("cd-1", Kind.VOICE)

    assert len(requests) == 1


async def test_a_call_is_tried_at_most_three_times(
    client: KoreClient, answers: Answers, delays: list[float]
) -> None:
    answers += [httpx.ConnectError("refused")] * 3

    with pytest.raises(Unreachable):
        await client.campaign_status("cd-1")

    assert len(delays) == 2


async def test_a_refused_read_is_not_repeated(
    client: KoreClient, answers: Answers, delays: list[float]
) -> None:
    answers.append(httpx.Response(401))

    with pytest.raises(BadCredentials):
        await client.campaign_status("cd-1")

    assert delays == []


async def test_the_wait_in_retry_after_is_obeyed(
    client: KoreClient, answers: Answers, delays: list[float]
) -> None:
    answers += [too_many(retry_after="12"), httpx.Response(200, json=STATUS)]

    await client.campaign_status("cd-1")

    assert delays == [12]


async def test_a_long_wait_is_left_to_the_caller(
    client: KoreClient, answers: Answers, delays: list[float]
) -> None:
    answers.append(too_many(retry_after="31"))

    with pytest.raises(RateLimited) as caught:
        await client.campaign_status("cd-1")

    assert caught.value.retry_after == 31
    assert delays == []


@pytest.fixture
def calls(client: KoreClient, sms: SmsCampaign) -> dict[str, Callable[[], Awaitable[object]]]:
    return {
        "read": lambda: client.campaign_status("cd-1"),
        "write": lambda: client.create_campaign(sms),
    }


@pytest.mark.parametrize("which", ["read", "write"])
async def test_each_attempt_has_a_token_of_its_own(
    answers: Answers,
    requests: list[httpx.Request],
    calls: dict[str, Callable[[], Awaitable[object]]],
    which: str,
) -> None:
    answers += [too_many()] * 3

    with pytest.raises(RateLimited):
        await calls[which]()

    tokens = [each.headers["auth"] for each in requests]
    jtis = {jwt.decode(each, options={"verify_signature": False})["jti"] for each in tokens}
    assert len(jtis) == 3
