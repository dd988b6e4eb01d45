from datetime import UTC, datetime, timedelta

import jwt
import pytest
from pydantic import ValidationError

from bot.kore import Account
from bot.kore.token import fresh_token

IDS = {"stream_id": "st-1", "account_id": "acc-1", "client_id": "cs-1"}
SECRET = "a-secret-of-at-least-32-characters"


@pytest.mark.parametrize(
    ("host", "base_url"),
    [
        ("platform.kore.ai", "https://platform.kore.ai"),
        ("https://platform.kore.ai/", "https://platform.kore.ai"),
        (" http://127.0.0.1:8080 ", "http://127.0.0.1:8080"),
        ("[::1]:8080", "https://[::1]:8080"),
    ],
)
def test_a_host_may_be_bare_or_a_url(host: str, base_url: str) -> None:
    assert Account(host=host, client_secret=SECRET, **IDS).host == base_url


@pytest.mark.parametrize(
    "host", ["", "ftp://kore.example", "kore.example/api", "me@kore.example", "kore example"]
)
def test_an_invalid_host_is_refused(host: str) -> None:
    with pytest.raises(ValidationError):
        Account(host=host, client_secret=SECRET, **IDS)


def test_an_id_that_cannot_be_in_a_header_is_refused() -> None:
    with pytest.raises(ValidationError):
        Account(client_secret=SECRET, **IDS | {"stream_id": "st-1\nx: y"})


def test_the_secret_is_not_printed() -> None:
    assert SECRET not in repr(Account(client_secret=SECRET, **IDS))


def test_a_token_names_the_client_and_expires_after_five_minutes() -> None:
    account = Account(client_secret=SECRET, **IDS)

    claims = jwt.decode(fresh_token(account), SECRET, algorithms=["HS256"])

    assert claims["appId"] == claims["sub"] == "cs-1"
    assert claims["exp"] - claims["iat"] == timedelta(minutes=5).total_seconds()
    assert abs(claims["iat"] - datetime.now(UTC).timestamp()) < 60


def test_no_two_tokens_share_their_jti() -> None:
    account = Account(client_secret=SECRET, **IDS)
    tokens = [fresh_token(account) for _ in range(2)]

    first, second = (jwt.decode(each, SECRET, algorithms=["HS256"])["jti"] for each in tokens)

    assert first != second
