"""Configures structured logging, with secrets and phone numbers masked everywhere."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, Literal, TextIO

import stamina
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
    """Return the value with every secret and phone number in its texts replaced by `MASK`."""
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
    """Send the logs of structlog and the standard library to `stream`."""
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
    # What is retried logs its own outage: a line for each attempt would hide that.
    stamina.instrumentation.set_on_retry_hooks([])
    # Libraries log whole URLs, arguments and payloads below WARNING; the bot's packages do not.
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
            # Masked again here, because a library's record can add values.
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _mask_event,
                last,
            ],
        )
    )
    return handler
