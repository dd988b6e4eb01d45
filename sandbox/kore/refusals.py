"""How the API says no: https://docs.kore.ai/ai-for-service/sdk/sdk-security shows the shape."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.responses import JSONResponse

# https://docs.kore.ai/ai-for-service/apis/contact-center/rate-limit-ccai
RATE_LIMIT_SENTENCE = (
    "You've exceeded the per-minute rate limit. Please wait for sometime before retrying."
)


class Refused(Exception):
    """A request that is answered with an error body."""

    def __init__(self, status: int, messages: Sequence[str], *, code: int | None = None) -> None:
        super().__init__("; ".join(messages))
        self.status = status
        self.messages = tuple(messages)
        self.code = status if code is None else code

    def response(self, headers: Mapping[str, str] | None = None) -> JSONResponse:
        """The error body, one entry for each message."""
        errors = [{"msg": message, "code": self.code} for message in self.messages]
        return JSONResponse({"errors": errors}, self.status, headers)


def invalid(*messages: str) -> Refused:
    """The request breaks a rule; each message names the field."""
    return Refused(HTTPStatus.BAD_REQUEST, messages)


def not_found(what: str) -> Refused:
    """The campaign or list asked for is not there."""
    return Refused(HTTPStatus.NOT_FOUND, [f"{what} not found"])


def unauthorized(message: str, *, code: int = HTTPStatus.UNAUTHORIZED) -> Refused:
    """Who is asking was not established."""
    return Refused(HTTPStatus.UNAUTHORIZED, [message], code=code)


def rate_limited(status: int = HTTPStatus.TOO_MANY_REQUESTS) -> Refused:
    """The documented sentence; the HTTP status that carries it is not documented."""
    return Refused(status, [RATE_LIMIT_SENTENCE])
