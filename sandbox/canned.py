"""An answer of any shape that replaces a service's own answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Canned:
    """An answer that is sent unchanged to any request.

    Without a Content-Type in `headers`, it is sent as JSON.
    """

    status: int = HTTPStatus.OK
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        """Return the answer to send; a 204 has no body, as HTTP requires."""
        body = b"" if self.status == HTTPStatus.NO_CONTENT else self.body
        return Response(body, self.status, {"Content-Type": "application/json", **self.headers})
