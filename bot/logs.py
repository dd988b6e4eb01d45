"""Logging: structured events, with secrets and phone numbers masked wherever they stand."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, Literal, TextIO

import structlog

MASK = "[masked]"
ROOMS = ("bot", "handlers", "blocks")
# Slack tokens, JWTs, response_url capabilities, and phone numbers with their country code.
_SECRETS = re.compile(
    r"x(?:ox[a-z]|app|oxe)[.-][\w.-]{6,}"
    r"|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*"
    r"|https://hooks\.slack\.com/\S+"
    r"|\+\d[\d ().-]{7,}\d"
)


def masked(value: object) -> object:
    """The value with every secret or phone number in its texts replaced by `MASK`."""
    if isinstance(value, BaseException):
        return masked(repr(value))
    if isinstance(value, str):
        return _SECRETS.sub(MASK, value)
    if isinstance(value, Mapping):
        return {key: masked(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [masked(inner) for inner in value]
    return value


def _mask_event(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {key: masked(value) for key, value in event.items()}


def configure_logging(
    level: str, form: Literal["console", "json"], stream: TextIO = sys.stderr
) -> None:
    """Send this process's logs, structlog's and the standard library's, to `stream`."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _mask_event,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    # Libraries log whole URLs, arguments and payloads below a warning; the bot's rooms do not.
    logging.basicConfig(handlers=[_handler(shared, form, stream)], level="WARNING", force=True)
    for room in ROOMS:
        logging.getLogger(room).setLevel(level)


def _handler(
    shared: list[structlog.typing.Processor], form: Literal["console", "json"], stream: TextIO
) -> logging.Handler:
    last = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=stream.isatty())
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            # Masked once more at the end, for what a library's own record brings along.
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _mask_event,
                last,
            ],
        )
    )
    return handler
