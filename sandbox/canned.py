"""An answer of any shape, in place of a service's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Canned:
    """An answer that is sent as it stands, whatever was asked.

    Without a Content-Type among the `headers`, it says that it is JSON.
    """

    status: int = HTTPStatus.OK
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        """The answer, as it is sent; HTTP allows a 204 no body."""
        body = b"" if self.status == HTTPStatus.NO_CONTENT else self.body
        return Response(body, self.status, {"Content-Type": "application/json", **self.headers})
