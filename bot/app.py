"""The app put together from its settings: the only room that knows all the others."""

import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

import aiohttp
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.logger import messages as bolt_messages
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

import handlers
from bot.kore import Account, Choices, KoreClient, Turn, no_limit
from bot.records import Records, open_database
from bot.settings import Settings
from bot.work import ALONE, Budget, Directory, Errands, Poster, Work
from handlers.desk import Desk

SLACK_PATH = "/slack/events"
# Bolt warns that it ignores the token, which is meant: the bot authorizes without asking Slack.
_MEANT = {
    bolt_messages.warning_token_skipped(),
    bolt_messages.warning_client_prioritized_and_token_skipped(),
}
SLACK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace, asked once at the start."""

    user_id: str
    bot_id: str
    team_id: str
    scopes: frozenset[str]


def kore_client(settings: Settings, turn: Turn = no_limit) -> KoreClient:
    """A client for the settings' account, to be closed; its requests wait for their turn."""
    account = Account(
        host=settings.kore_host,
        stream_id=settings.kore_stream_id,
        account_id=settings.kore_account_id,
        client_id=settings.kore_client_id,
        client_secret=settings.kore_client_secret,
    )
    choices = Choices(voice_version=settings.kore_voice_version, paths=settings.kore_paths)
    return KoreClient(account, choices, turn=turn)


@contextlib.asynccontextmanager
async def slack_client(settings: Settings) -> AsyncIterator[AsyncWebClient]:
    """The one Slack client, on one session: by default every call would open a connection."""
    timeout = aiohttp.ClientTimeout(total=SLACK_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        client = AsyncWebClient(
            token=settings.slack_bot_token.get_secret_value(),
            base_url=settings.slack_api_url,
            session=session,
        )
        client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
        yield client


async def identify(slack: AsyncWebClient) -> Identity:
    """Ask Slack who the bot is.

    Raises:
        SlackApiError: the token is not accepted.
        aiohttp.ClientError, asyncio.TimeoutError: Slack cannot be reached.
    """
    answer = await slack.auth_test()
    scopes = answer.headers.get("x-oauth-scopes", "")
    return Identity(
        user_id=answer["user_id"],
        bot_id=answer["bot_id"],
        team_id=answer["team_id"],
        scopes=frozenset(scope.strip() for scope in scopes.split(",")),
    )


@contextlib.asynccontextmanager
async def open_desk(settings: Settings) -> AsyncIterator[tuple[Desk, Identity]]:
    """The bot's services, working while the block runs and stopped in order after it.

    Raises:
        EngineBusy: another process works on the same SQLite file, or has this one's name.
        DatabaseFault: the database cannot be used.
        SlackApiError, aiohttp.ClientError, asyncio.TimeoutError: as `identify`.
    """
    async with (
        open_records(settings) as records,
        slack_client(settings) as slack,
        kore_client(settings, Budget(records, settings.kore_calls_per_minute).turn) as kore,
    ):
        identity = await identify(slack)
        poster = Poster(slack, records, identity.user_id)
        errands = Errands()
        work = Work(
            settings.database_url.get_secret_value(),
            records,
            kore,
            poster,
            errands=errands,
            executor_id=settings.executor_id or ALONE,
            lease=timedelta(seconds=settings.executor_lease_seconds),
        )
        desk = Desk(slack, records, work, Directory(kore), poster, errands)
        await work.start()
        try:
            yield desk, identity
        finally:
            await errands.drain()
            await work.stop()


@contextlib.asynccontextmanager
async def open_records(settings: Settings) -> AsyncIterator[Records]:
    """The bot's memory, let go of after the block.

    Raises:
        DatabaseFault: the database cannot be used.
    """
    records = Records(open_database(settings.database_url.get_secret_value()))
    try:
        yield records
    finally:
        await records.close()


def build_app(settings: Settings, desk: Desk, identity: Identity) -> AsyncApp:
    """The Bolt app, answering with the services on `desk`."""
    logging.getLogger("slack_bolt.AsyncApp").addFilter(_is_news)
    secret = settings.slack_signing_secret
    token = settings.slack_bot_token.get_secret_value()

    async def authorize() -> AuthorizeResult:
        # Known since the start: asking Slack here would delay the first answers.
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team_id,
            bot_id=identity.bot_id,
            bot_user_id=identity.user_id,
            bot_token=token,
        )

    app = AsyncApp(
        signing_secret=secret.get_secret_value() if secret else None,
        authorize=authorize,
        client=desk.slack,
        # The answer leaves when the listener returns: by default it is looked for every 10 ms, and
        # an exception behind it destroys it.
        process_before_response=True,
    )
    handlers.register(app, desk)
    return app


def _is_news(record: logging.LogRecord) -> bool:
    return record.msg not in _MEANT


def build_web(
    app: AsyncApp, records: Records, sockets: Sequence[AsyncSocketModeHandler] = ()
) -> Starlette:
    """The HTTP side: Slack's requests, whether the bot lives, and whether it can work now."""

    async def healthy(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready(_request: Request) -> Response:
        faults = [] if await records.writable() else ["the database takes no writes"]
        if sockets and not any([await handler.client.is_connected() for handler in sockets]):
            faults.append("no socket to Slack is open")
        return JSONResponse({"faults": faults}, status_code=503 if faults else 200)

    # Bolt types its ASGI scope more narrowly than Starlette does; it is the same protocol.
    slack = cast("ASGIApp", AsyncSlackRequestHandler(app, path=SLACK_PATH))
    return Starlette(
        routes=[Route("/healthz", healthy), Route("/readyz", ready), Mount("/", app=slack)]
    )
