"""The API's error answers, as in https://docs.kore.ai/ai-for-service/sdk/sdk-security."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.responses import JSONResponse

# https://docs.kore.ai/ai-for-service/apis/contact-center/rate-limit-ccai
RATE_LIMIT_SENTENCE = (
    "You've exceeded the per-minute rate limit. Please wait for sometime before retrying."
)


class Refused(Exception):
    """Raised when a request gets an error answer."""

    def __init__(self, status: int, messages: Sequence[str], *, code: int | None = None) -> None:
        super().__init__("; ".join(messages))
        self.status = status
        self.messages = tuple(messages)
        self.code = status if code is None else code

    def response(self, headers: Mapping[str, str] | None = None) -> JSONResponse:
        """Return the error body, with an entry for each message."""
        errors = [{"msg": message, "code": self.code} for message in self.messages]
        return JSONResponse({"errors": errors}, self.status, headers)


def invalid(*messages: str) -> Refused:
    """Return the error for a request that breaks a rule; each message names the field."""
    return Refused(HTTPStatus.BAD_REQUEST, messages)


def not_found(what: str) -> Refused:
    """Return the error for a campaign or list that does not exist."""
    return Refused(HTTPStatus.NOT_FOUND, [f"{what} not found"])


def unauthorized(message: str, *, code: int = HTTPStatus.UNAUTHORIZED) -> Refused:
    """Return the error for wrong or missing credentials."""
    return Refused(HTTPStatus.UNAUTHORIZED, [message], code=code)


def rate_limited(status: int = HTTPStatus.TOO_MANY_REQUESTS) -> Refused:
    """Return the documented rate limit error; its HTTP status is not documented."""
    return Refused(status, [RATE_LIMIT_SENTENCE])
