"""Logs mask secrets and phone numbers everywhere, and leave everything else unchanged."""

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
import structlog

from bot.logs import MASK, ROOMS, configure_logging, masked

TOKEN = "xoxb-1111111111-pretend-token"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJhcHBJZCI6ImNzLTEifQ.c2ln-X_w"
RESPONSE_URL = "https://hooks.slack.com/commands/T0123/456/abcDEF"
NUMBER = "+12025550123"
HIDDEN = {
    "bot token": TOKEN,
    "app token": "xapp-1-A0123-4567-abcdef",
    "user token": "xoxp-1111111111-pretend",
    "rotated token": "xoxe.xoxb-1-pretend-token",
    "refresh token": "xoxe-1-pretend-token",
    "JWT": JWT,
    "unsigned JWT": "eyJhbGciOiJub25lIn0.eyJhcHBJZCI6ImNzLTEifQ.",
    "response_url": RESPONSE_URL,
    "number": NUMBER,
    "spaced number": "+1 202 555 0123",
    "written number": "+1 (202) 555-0123",
    "dotted number": "+1.202.555.0123",
}
SHOWN = [
    "cd-e7110489-a30a-5d1e",
    "st-5b9c2d1e-0000-5000-8000-123456789012",
    "1795222967.8879676",
    "V0123ABCD",
    "1234567",
    "2026-11-21T01:30:00.123456Z",
    "2026-11-21T01:30:00+00:00",
    "9:00 AM-6:00 PM",
    "https://kore.example/api/v1/campaigns?limit=100",
    "form.not_opened",
    "",
]


@pytest.mark.parametrize("secret", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("around", ["{}", "before {} after", "token={}", '{{"a": "{}"}}', "({})"])
def test_secrets_and_numbers_are_masked_anywhere_in_a_text(secret: str, around: str) -> None:
    shown = str(masked(around.format(secret)))
    assert secret not in shown
    assert MASK in shown
    assert not any(part in shown for part in ("pretend", "0123", "abcDEF", "c2ln"))


@pytest.mark.parametrize("text", SHOWN)
def test_text_without_secrets_is_unchanged(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("value", [None, True, 0, 12025550123, 1795222967.8879676])
def test_values_other_than_text_are_unchanged(value: object) -> None:
    assert masked(value) is value


def test_secrets_are_masked_inside_lists_and_dicts() -> None:
    held = {"list": [TOKEN, 1], "pair": (NUMBER, "kept"), "deep": {"deeper": {"url": RESPONSE_URL}}}
    assert masked(held) == {
        "list": [MASK, 1],
        "pair": [MASK, "kept"],
        "deep": {"deeper": {"url": MASK}},
    }


def test_several_secrets_in_one_text() -> None:
    assert masked(f"{TOKEN} and {NUMBER}, {JWT}") == f"{MASK} and {MASK}, {MASK}"


Printed = Callable[[], str]


@pytest.fixture
def printed(request: pytest.FixtureRequest) -> Iterator[Printed]:
    """The printed log, in the format that the test chooses; logging is restored afterwards."""
    loggers = [logging.getLogger(name) for name in (None, *ROOMS)]
    kept = [(logger, logger.level, logger.handlers[:]) for logger in loggers]
    known = structlog.get_config()
    # `basicConfig(force=True)` closes all handlers that it finds, and other tests need these.
    logging.getLogger().handlers = []
    stream = StringIO()
    configure_logging("INFO", getattr(request, "param", "json"), stream)
    yield stream.getvalue
    for logger, level, handlers in kept:
        logger.setLevel(level)
        logger.handlers = handlers
    structlog.configure(**known)


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_logger_prints_json_without_secrets(printed: Printed) -> None:
    structlog.get_logger("bot").info(
        "form.sent", token=TOKEN, caller=NUMBER, count=7, id="cd-e7110489-a30a-5d1e"
    )
    (line,) = lines(printed())
    assert line.pop("timestamp")
    assert line == {
        "event": "form.sent",
        "level": "info",
        "logger": "bot",
        "token": MASK,
        "caller": MASK,
        "count": 7,
        "id": "cd-e7110489-a30a-5d1e",
    }


def test_context_variables_are_masked(printed: Printed) -> None:
    with structlog.contextvars.bound_contextvars(url=RESPONSE_URL):
        structlog.get_logger("bot").info("answered")
    assert lines(printed())[0]["url"] == MASK


def fail() -> None:
    raise ValueError(f"refused {TOKEN} for {NUMBER}")


def test_an_exception_is_printed_without_secrets(printed: Printed) -> None:
    try:
        fail()
    except ValueError:
        structlog.get_logger("bot").exception("work.failed")
        logging.getLogger("library").exception("failed with %s", JWT)
    text = printed()
    assert "pretend" not in text
    ours, theirs = lines(text)
    for line in (ours, theirs):
        assert f"ValueError: refused {MASK} for {MASK}" in line["exception"]
    assert theirs["event"] == f"failed with {MASK}"


def test_an_exception_given_as_a_value_is_printed_without_secrets(printed: Printed) -> None:
    structlog.get_logger("bot").warning("refused", error=ValueError(f"bad {TOKEN}"))
    logging.getLogger("library").warning("refused: %s", ValueError(f"bad {TOKEN}"))
    text = printed()
    assert len(lines(text)) == 2
    assert "pretend" not in text


def test_a_librarys_extras_are_not_printed(printed: Printed) -> None:
    logging.getLogger("library").warning("sent %s", {"token": TOKEN}, extra={"body": TOKEN})
    text = printed()
    assert lines(text)[0]["event"] == f"sent {{'token': '{MASK}'}}"
    assert "pretend" not in text


@pytest.mark.parametrize("printed", ["console"], indirect=True)
def test_the_console_is_masked_too(printed: Printed) -> None:
    structlog.get_logger("bot").info("form.sent", token=TOKEN)
    text = printed()
    assert "form.sent" in text
    assert MASK in text
    assert "pretend" not in text


def test_other_libraries_log_only_warnings_and_errors(printed: Printed) -> None:
    structlog.get_logger("bot.work").debug("not.shown")
    for name in ("httpx", "slack_sdk", "slack_bolt", "dbos", "uvicorn", "aiohttp"):
        logging.getLogger(name).info("not shown either")
    assert printed() == ""
    structlog.get_logger("handlers.forms").info("shown")
    logging.getLogger("httpx").warning("shown too")
    assert [line["event"] for line in lines(printed())] == ["shown", "shown too"]
