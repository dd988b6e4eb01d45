"""Keeping other pages out: this one carries out what it is told."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
OWN_SITES = frozenset({"same-origin", "none"})


class Guard:
    """Refuses what another page posts, and tells the browser to load nothing from elsewhere.

    https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it comes from another page."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Content-Security-Policy"] = POLICY
            await send(message)

        foreign = scope["type"] == "http" and scope["method"] == "POST" and _is_foreign(scope)
        app = PlainTextResponse("Only this page itself may post here.", 403) if foreign else None
        await (app or self._app)(scope, receive, guarded)


def _is_foreign(scope: Scope) -> bool:
    """Whether a browser says that another page posts; other programs say nothing."""
    headers = Headers(scope=scope)
    own = f"{scope['scheme']}://{headers.get('host')}"
    site, origin = headers.get("sec-fetch-site", "none"), headers.get("origin", own)
    return site not in OWN_SITES or origin != own
