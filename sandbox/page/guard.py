"""Blocks requests from other websites, because the page carries out what is posted to it."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
OWN_SITES = frozenset({"same-origin", "none"})


class Guard:
    """Refuses posts from other pages, and forbids the browser to load anything from other sites.

    https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless another page posts it."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Content-Security-Policy"] = POLICY
            await send(message)

        foreign = scope["type"] == "http" and scope["method"] == "POST" and _is_foreign(scope)
        app = PlainTextResponse("Only this page itself may post here.", 403) if foreign else None
        await (app or self._app)(scope, receive, guarded)


def _is_foreign(scope: Scope) -> bool:
    """Return whether a browser reports a post from another page; other programs report nothing."""
    headers = Headers(scope=scope)
    own = f"{scope['scheme']}://{headers.get('host')}"
    site, origin = headers.get("sec-fetch-site", "none"), headers.get("origin", own)
    return site not in OWN_SITES or origin != own
