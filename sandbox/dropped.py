"""A connection that is reset, in place of an answer."""

import socket
import struct

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


class DroppedConnection(Response):
    """No answer: the connection is reset without a byte.

    `send` must be uvicorn's own: a bare Router and an ASGI endpoint hand it on as it is.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reset the connection, and wait until the server has noticed."""
        # ASGI has no word for this, so uvicorn's own transport is taken from behind `send`.
        transport = send.__self__.transport  # type: ignore[attr-defined] # uvicorn's bound method
        # Closing with no time to linger sends a reset in place of an orderly end.
        connection = transport.get_extra_info("socket")
        linger_none = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_none)
        transport.abort()
        await gone(receive)


async def gone(receive: Receive) -> None:
    """Wait until the caller has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass
