"""Helpers that the tests of the pretend Slack and of its page share."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.clock import Clock
from sandbox.slack import Manifest, PretendSlack, Shortcut, ShortcutType, SlashCommand

BOT_TOKEN = "xoxb-sandbox"
APP_TOKEN = "xapp-sandbox"
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
MANIFEST = Manifest(
    slash_commands=(
        SlashCommand(command="/campaign", description="Campaigns", usage_hint="[sms | list]"),
        SlashCommand(command="/escaped", description="Names as ids", should_escape=True),
    ),
    shortcuts=(
        Shortcut(
            name="New campaign",
            type=ShortcutType.GLOBAL,
            callback_id="new_campaign",
            description="Create a campaign",
        ),
        Shortcut(
            name="Campaign from this",
            type=ShortcutType.MESSAGE,
            callback_id="from_message",
            description="Create a campaign with these words",
        ),
    ),
    home_tab_enabled=True,
    bot_events=frozenset({"app_home_opened"}),
    bot_scopes=frozenset(
        {
            *("channels:history", "channels:read", "chat:write", "commands", "groups:history"),
            *("groups:read", "im:history", "im:read", "im:write", "users:read"),
            *("files:read", "files:write"),
        }
    ),
)


class Stage:
    """An ASGI app that passes everything on to another, exchangeable app."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def fresh_slack(clock: Clock, manifest: Manifest = MANIFEST) -> PretendSlack:
    """Return a pretend Slack with the secrets above."""
    return PretendSlack(
        clock=clock,
        bot_token=BOT_TOKEN,
        signing_secret=SIGNING_SECRET,
        app_token=APP_TOKEN,
        manifest=manifest,
    )


def bolt_app(web: AsyncWebClient) -> AsyncApp:
    """Return a Bolt app without listeners that uses the session of `web`."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=BOT_TOKEN)

    return AsyncApp(
        name="sample",
        client=AsyncWebClient(base_url=web.base_url, session=web.session),
        signing_secret=SIGNING_SECRET,
        process_before_response=True,
        authorize=authorize,
    )
