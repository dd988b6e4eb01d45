import time
from typing import Any

import httpx
import jwt
import pytest

from sandbox.kore import PretendKore

SECRET = "a-public-secret-of-the-sandbox-32"
LISTS = "/campaign/api/v2/public/st-1/campaign/contactList/getAllListDetails"
IDS = {"accountId": "acc-1", "iid": "st-1"}
NEVER = object()


async def ask(base: str, token: str, headers: dict[str, str] | None = None) -> httpx.Response:
    sent = {"auth": token, **(IDS if headers is None else headers)}
    async with httpx.AsyncClient(base_url=base, headers=sent) as client:
        return await client.post(LISTS, params={"accountId": "acc-1"}, json={})


def token(secret: str = SECRET, algorithm: str = "HS256", **changes: object) -> str:
    claims = {"sub": "1234567890", "appId": "cs-1", **changes}
    kept = {name: value for name, value in claims.items() if value is not NEVER}
    return jwt.encode(kept, secret, algorithm)


@pytest.fixture
def now() -> int:
    return int(time.time())


async def test_the_documented_token_without_times_is_accepted(base: str, kore: PretendKore) -> None:
    assert (await ask(base, token())).status_code == 200
    assert kore.requests[-1].headers["auth"] == "(hidden)"


@pytest.mark.parametrize(
    "changes",
    [
        {"secret": "another-secret-of-thirty-two-bytes!"},
        {"appId": "cs-2"},
        {"appId": NEVER},
    ],
)
async def test_wrong_credentials_are_refused(base: str, changes: dict[str, Any]) -> None:
    answer = await ask(base, token(**changes))
    assert answer.status_code == 401
    assert answer.json() == {"errors": [{"msg": "Invalid SDK credentials", "code": 4002}]}


@pytest.mark.parametrize(
    "bad",
    ["", "not.a.token", token(algorithm="HS512", secret=SECRET * 2), token(sub=NEVER)],
)
async def test_an_unreadable_token_is_refused(base: str, bad: str) -> None:
    answer = await ask(base, bad)
    assert answer.status_code == 401
    [error] = answer.json()["errors"]
    assert error["code"] == 401
    assert error["msg"].startswith("error verifying the jwt: ")


async def test_an_expired_token_is_refused(base: str, now: int) -> None:
    answer = await ask(base, token(exp=now - 1))
    assert answer.status_code == 401
    assert answer.json() == {
        "errors": [{"msg": "error verifying the jwt: jwt expired", "code": 401}]
    }


@pytest.mark.parametrize("lifetime", [{"jti": "one"}, {"exp": 3700}, {"jti": "one", "exp": 3700}])
async def test_a_token_that_is_valid_for_too_long_is_refused(
    base: str, now: int, lifetime: dict[str, Any]
) -> None:
    claims = {**lifetime, "exp": now + lifetime["exp"]} if "exp" in lifetime else lifetime
    answer = await ask(base, token(**claims))
    assert answer.status_code == 401
    assert answer.json()["errors"] == [
        {
            "msg": 'error verifying the jwt: if "jti" claim "exp" must be <= 1 hour(s)',
            "code": 401,
        }
    ]


async def test_a_jti_is_valid_for_one_request(base: str, now: int) -> None:
    once = token(jti="one", iat=now, exp=now + 3600)
    assert (await ask(base, once)).status_code == 200
    answer = await ask(base, once)
    assert answer.status_code == 401
    assert answer.json() == {
        "errors": [{"msg": "error verifying the jwt: possibly a replay", "code": 401}]
    }


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        ({"iid": "st-1"}, "accountId in the headers"),
        ({"iid": "st-1", "accountId": "acc-2"}, "accountId in the headers"),
        ({"accountId": "acc-1"}, "iid in the headers"),
        ({"accountId": "acc-1", "iid": "st-2"}, "iid in the headers"),
    ],
)
async def test_the_ids_in_the_headers_are_checked(
    base: str, headers: dict[str, str], named: str
) -> None:
    answer = await ask(base, token(), headers)
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["msg"].startswith(named)


async def test_the_ids_in_the_url_are_checked(bare: httpx.AsyncClient) -> None:
    other_stream = LISTS.replace("st-1", "st-2")
    assert (await bare.get(other_stream, params={"accountId": "acc-1"})).status_code == 401
    assert (await bare.get(LISTS, params={"accountId": "acc-2"})).status_code == 401
    missing = await bare.get(LISTS)
    assert missing.status_code == 400
    assert missing.json()["errors"] == [{"msg": "accountId in the query is required", "code": 400}]
