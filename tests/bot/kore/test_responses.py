import contextlib
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kore import (
    BadCredentials,
    InvalidResponse,
    KoreError,
    NotAllowed,
    NotFound,
    Operation,
    Outcome,
    RateLimited,
    Refused,
    ServerFault,
    UnknownRoute,
)
from bot.kore.responses import read_response, seconds_to_wait

LIMIT = "You've exceeded the per-minute rate limit. Please wait for sometime before retrying."
CREATE = Operation.CREATE_SMS


def errors(sentence: str, code: int | str) -> bytes:
    return json.dumps({"errors": [{"msg": sentence, "code": code}]}).encode()


def error_of(status: int, content: bytes, operation: Operation = CREATE) -> KoreError:
    with pytest.raises(KoreError) as caught:
        read_response(operation, status, {}, content)
    return caught.value


def test_a_json_object_with_status_2xx_is_a_success() -> None:
    assert read_response(CREATE, 201, {}, b'{"status": "Active"}') == {"status": "Active"}


def test_a_campaign_named_rate_limit_is_not_an_error() -> None:
    body = {"status": "success", "message": "Campaign Rate limit creation in progress"}

    assert read_response(CREATE, 200, {}, json.dumps(body).encode()) == body


@pytest.mark.parametrize(
    ("status", "content", "reason"),
    [
        (429, b"", RateLimited),
        (429, errors("slow down", 429), RateLimited),
        (400, errors(LIMIT, 400), RateLimited),
        (200, errors(LIMIT, 429), RateLimited),
        (200, json.dumps({"message": LIMIT}).encode(), RateLimited),
        (200, LIMIT.encode(), RateLimited),
        (503, LIMIT.encode(), RateLimited),
        (401, errors("possibly a replay", 401), BadCredentials),
        (400, errors("Invalid SDK credentials", 4002), BadCredentials),
        (401, errors("the scope is not granted", 401), NotAllowed),
        (403, b"<html>Forbidden</html>", NotAllowed),
        (404, errors("Campaign not found", 404), NotFound),
        (400, errors("Campaign not found", 404), NotFound),
        (404, b"Cannot POST /campaign", UnknownRoute),
        (404, b"<pre>Cannot POST /campaign</pre>", UnknownRoute),
        (404, b"", UnknownRoute),
        (405, b"Method Not Allowed", UnknownRoute),
        (400, errors("name must be unique", 400), Refused),
        (409, b"<html>Conflict</html>", Refused),
        (200, b'{"status": "failure", "message": "no"}', Refused),
        (200, b'{"status": "Error"}', Refused),
        (200, b'{"status": "failed"}', Refused),
        (200, b'{"error": "no"}', Refused),
        (500, errors("Internal server error", 500), ServerFault),
        (502, b"<html>Bad Gateway</html>", ServerFault),
        (200, b"<html>Maintenance</html>", InvalidResponse),
        (200, b'{"status": "succ', InvalidResponse),
        (200, b"[]", InvalidResponse),
        (200, b"", InvalidResponse),
        (302, b'{"status": "success"}', InvalidResponse),
    ],
)
def test_every_other_answer_is_an_error_with_a_reason(
    status: int, content: bytes, reason: type[KoreError]
) -> None:
    error = error_of(status, content)

    assert type(error) is reason
    assert error.http_status == status


@pytest.mark.parametrize(
    ("status", "content", "outcome"),
    [
        (429, b"", Outcome.NOT_DONE),
        (400, errors("no", 400), Outcome.NOT_DONE),
        (404, b"", Outcome.NOT_DONE),
        (200, b'{"status": "failure"}', Outcome.NOT_DONE),
        (500, b"", Outcome.UNKNOWN),
        (200, b"[]", Outcome.UNKNOWN),
    ],
)
def test_the_outcome_of_a_write_follows_from_the_reason(
    status: int, content: bytes, outcome: Outcome
) -> None:
    assert error_of(status, content).outcome is outcome


@pytest.mark.parametrize("status", [200, 500])
def test_a_failed_read_has_changed_nothing(status: int) -> None:
    assert error_of(status, b"", Operation.LIST_CAMPAIGNS).outcome is Outcome.NOT_DONE


def test_an_error_contains_the_masked_text_of_the_server() -> None:
    error = error_of(400, errors("+12025550100 is not verified", "E7"))

    assert (error.operation, error.sentence, error.code) == (CREATE, "*** is not verified", "E7")
    assert str(error) == "create_sms: Refused (HTTP 400): *** is not verified"


def test_retry_after_may_be_seconds_or_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)

    assert seconds_to_wait({"retry-after": "7"}) == 7
    assert seconds_to_wait({"retry-after": soon}) == pytest.approx(20, abs=2)
    assert seconds_to_wait({"retry-after": past}) == 0
    assert seconds_to_wait({}) is None
    assert seconds_to_wait({"retry-after": "later"}) is None


@given(st.integers(100, 599), st.binary(), st.text())
def test_any_bytes_are_a_success_or_a_kore_error(
    status: int, content: bytes, retry_after: str
) -> None:
    with contextlib.suppress(KoreError):
        assert isinstance(
            read_response(CREATE, status, {"retry-after": retry_after}, content), dict
        )


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists), st.integers(200, 599))
def test_any_error_body_is_a_success_or_a_kore_error(part: object, status: int) -> None:
    content = json.dumps({"errors": part, "error": part, "message": part, "code": part}).encode()

    with contextlib.suppress(KoreError):
        assert not read_response(CREATE, status, {}, content)["errors"]
