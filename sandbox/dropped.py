"""A connection reset that replaces an answer."""

import socket
import struct

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


class DroppedConnection(Response):
    """Resets the connection without sending a byte.

    `send` must be uvicorn's own; a bare Router and an ASGI endpoint pass it on unchanged.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reset the connection, and wait until the server notices."""
        # ASGI has no message for a reset, so this takes uvicorn's transport from `send`.
        transport = send.__self__.transport  # type: ignore[attr-defined] # uvicorn's bound method
        # Closing with a linger time of zero sends a reset instead of an orderly close.
        connection = transport.get_extra_info("socket")
        linger_none = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_none)
        transport.abort()
        await gone(receive)


async def gone(receive: Receive) -> None:
    """Wait until the client disconnects."""
    while (await receive())["type"] != "http.disconnect":
        pass
