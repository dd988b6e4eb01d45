"""What the tests of the pretend Slack and of its page both stand on."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.clock import Clock
from sandbox.slack import PretendSlack

BOT_TOKEN = "xoxb-sandbox"
APP_TOKEN = "xapp-sandbox"
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


class Stage:
    """An ASGI app that passes everything on to the app now on it."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def fresh_slack(clock: Clock) -> PretendSlack:
    """A pretend Slack with the secrets above."""
    return PretendSlack(
        clock=clock, bot_token=BOT_TOKEN, signing_secret=SIGNING_SECRET, app_token=APP_TOKEN
    )


def bolt_app(web: AsyncWebClient) -> AsyncApp:
    """A Bolt app without listeners, on the session of `web`."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=BOT_TOKEN)

    return AsyncApp(
        client=AsyncWebClient(base_url=web.base_url, session=web.session),
        signing_secret=SIGNING_SECRET,
        process_before_response=True,
        authorize=authorize,
    )
