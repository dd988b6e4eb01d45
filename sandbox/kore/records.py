"""What was asked of the pretend service, and what it answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sandbox.kore.calls import Operation

KEPT = 1000


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One request, without the text of its token.

    Attributes:
        operation: None where path and query led to none.
        status: the HTTP status answered, or None where the connection was dropped.
        answer: the JSON answered, or the text where it was none; None as for `status`.
        milliseconds: from the request to its answer, on a clock that cannot be set forward.
    """

    time: datetime
    operation: Operation | None
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: object
    status: int | None
    answer: object
    milliseconds: float


def without_token(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers with the JWT's text left out."""
    return {name: "(hidden)" if name == "auth" else value for name, value in headers.items()}
