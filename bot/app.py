"""Builds the app from its settings. The only package that uses all others."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import timedelta

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.logger import messages as bolt_messages
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import handlers
from blocks.contact_import import report_csv
from bot.background import BackgroundTasks
from bot.campaigns.environment import Environments
from bot.catalog import Catalog, Reader
from bot.charts import Charts
from bot.durable import ALONE, Engine
from bot.environments import EnvironmentSettings
from bot.kore import Fence, KoreClient, Turn, no_fence, no_limit
from bot.outages import Outage
from bot.records import DatabaseAway, DatabaseFault, Records, open_database
from bot.settings import Settings
from bot.slack import (
    Cards,
    Delivery,
    File,
    Files,
    Following,
    Gone,
    Identity,
    LivingCards,
    OutboxLoop,
    Poster,
    Refused,
    Renderer,
    Sharing,
    SlackClient,
    SlackError,
)
from bot.slack.calendars import Calendars
from bot.work import NotDownloaded, NotUploaded, RateLimiter, SlackFiles, Work
from handlers.access import Access
from handlers.incoming.gate import Gate
from handlers.incoming.http import Endpoint
from handlers.services import Services

SLACK_PATH = "/slack/events"
# Bolt warns that it ignores the token. That is intended: the bot authorizes without asking Slack.
_EXPECTED_WARNINGS = {
    bolt_messages.warning_token_skipped(),
    bolt_messages.warning_client_prioritized_and_token_skipped(),
}


def kore_client(
    place: EnvironmentSettings, turn: Turn = no_limit, fence: Fence = no_fence
) -> KoreClient:
    """Return a client for an environment, which the caller closes. Requests wait for their turn."""
    name = place.environment.name
    return KoreClient(place.account, place.choices, environment=name, turn=turn, fence=fence)


@contextlib.asynccontextmanager
async def kore_clients(
    settings: Settings, records: Records, fence: Fence
) -> AsyncIterator[Mapping[str, KoreClient]]:
    """Open a client for each environment, by name; those of one account share its rate limit."""
    async with contextlib.AsyncExitStack() as stack:
        clients = {}
        for place in settings.environments:
            account = f"{place.account.host} {place.account.account_id}"
            budget = RateLimiter(records, account, place.calls_per_minute)
            client = await stack.enter_async_context(kore_client(place, budget.turn, fence))
            clients[place.environment.name] = client
        yield clients


def slack_client(settings: Settings) -> SlackClient:
    """Return the client for the workspace, which the caller closes."""
    return SlackClient(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)


@contextlib.asynccontextmanager
async def open_services(
    settings: Settings, slack: SlackClient, tasks: BackgroundTasks, database: Outage
) -> AsyncIterator[tuple[Services, Identity]]:
    """Run the bot's services during the block and stop them in order afterwards.

    Outages of the database are reported to `database`.

    Raises:
        LeaseTaken: another process uses the same SQLite file or this executor's name.
        DatabaseFault: the database cannot be used.
        SlackError: Slack cannot be reached or rejects the token.
    """
    async with (
        open_records(settings, database) as records,
        contextlib.AsyncExitStack() as stack,
    ):
        engine = _engine(settings, records, database)
        clients = kore_clients(settings, records, engine.hold_lease)
        kores = await stack.enter_async_context(clients)
        environments = Environments(all=tuple(each.environment for each in settings.environments))
        await records.campaigns.adopt(environments.first.name)
        identity = await slack.identify()
        # Apart from the other tasks, which may all be busy with a Slack that does not answer.
        accepting = background_tasks()
        work = Work(
            engine,
            records,
            kores,
            {name: Catalog(kore, name, records) for name, kore in kores.items()},
            environments=environments,
            tasks=accepting,
            files=slack_files(slack),
        )
        access = Access(slack, environments)
        await access.refresh()
        readers = {name: Reader(kore, name, records) for name, kore in kores.items()}
        poster = Poster(slack)
        services = Services(
            *(slack, records, work, environments, readers, poster, tasks, access),
            default_region=settings.default_region,
        )
        delivery = _delivery(services, identity)
        outbox = OutboxLoop(records.outbox, delivery, work.cannot_ask)
        async with _running(services, outbox, accepting):
            yield services, identity


def _delivery(services: Services, identity: Identity) -> Delivery:
    records, environments, poster = services.records, services.environments, services.poster
    cards, charts = Cards(records, environments), Charts()
    return Delivery(
        poster,
        Renderer(records, environments, cards),
        records,
        environments,
        bot_user=identity.user_id,
        sharing=Sharing(services.slack, poster, records, environments, charts),
        living=LivingCards(poster, records, cards),
        following=Following(poster, records, environments),
        calendars=Calendars(services.slack, poster, records, environments, charts),
    )


@contextlib.asynccontextmanager
async def _running(
    services: Services, outbox: OutboxLoop, accepting: BackgroundTasks
) -> AsyncIterator[None]:
    """Do the work of the services during the block, and finish or persist it afterwards."""
    work, readers = services.work, services.readers.values()
    try:
        await work.start()
        outbox.start()
        for each in readers:
            each.start()
        yield
    finally:
        for each in readers:
            await each.stop()
        await services.tasks.drain()
        await accepting.drain()
        await work.stop()
        await outbox.stop()


def slack_files(slack: SlackClient) -> SlackFiles:
    """Return how use cases put a file into Slack, where nobody sees it before it is shared, and
    read one there.
    """
    files = Files(slack)

    async def upload(name: str, content: bytes) -> str:
        try:
            return await files.upload(File(name, name, content))
        except SlackError as error:
            may_pass = not isinstance(error, Refused)
            raise NotUploaded(error.reason, may_pass=may_pass) from None

    async def download(file: str, person: str) -> bytes:
        try:
            # The ID comes from a form, and the bot may be able to read other people's files.
            if (await slack.file(file)).user != person:
                raise NotDownloaded("not_theirs", may_pass=False)
            return (await files.read(file)).content
        except SlackError as error:
            may_pass = not isinstance(error, Refused | Gone)
            raise NotDownloaded(error.reason, may_pass=may_pass) from None

    return SlackFiles(upload=upload, download=download, report=report_csv)


def background_tasks() -> BackgroundTasks:
    """Return the tasks of a process, which leave faults of the database to its outage."""
    return BackgroundTasks(DatabaseFault)


def _engine(settings: Settings, records: Records, database: Outage) -> Engine:
    return Engine(
        settings.database_url.get_secret_value(),
        records.executors,
        executor_id=settings.executor_id or ALONE,
        lease=_lease(settings),
        outage=database,
    )


def _lease(settings: Settings) -> timedelta:
    return timedelta(seconds=settings.executor_lease_seconds)


@contextlib.asynccontextmanager
async def open_records(settings: Settings, outage: Outage) -> AsyncIterator[Records]:
    """Open the bot's records during the block.

    Raises:
        DatabaseAway: the database does not answer or is locked, and waiting may help.
        DatabaseFault: the database cannot be used.
    """
    url = settings.database_url.get_secret_value()
    try:
        engine = await asyncio.to_thread(open_database, url, lease=_lease(settings))
    except DatabaseAway as fault:
        outage.failed(str(fault))
        raise
    records = Records(engine, outage)
    try:
        yield records
    finally:
        await records.close()


def build_listeners(settings: Settings, services: Services, identity: Identity) -> AsyncApp:
    """Build the Bolt app that handles Slack's requests with `services`."""
    logging.getLogger("slack_bolt.AsyncApp").addFilter(_is_unexpected)
    token = settings.slack_bot_token.get_secret_value()

    async def authorize() -> AuthorizeResult:
        # Known since startup: asking Slack here would delay the first responses.
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team_id,
            bot_id=identity.bot_id,
            bot_user_id=identity.user_id,
            bot_token=token,
        )

    app = AsyncApp(
        # Without a name Bolt looks for one in every module loaded, for a third of the start-up.
        name="campaign-bot",
        authorize=authorize,
        client=services.slack.web,
        # The response is sent when the listener returns. By default Bolt polls for it every 10 ms,
        # and an exception raised after `ack` discards it.
        process_before_response=True,
        # The gate has verified each request, and passes on none of Slack's checks of the bot's URL.
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    handlers.register(app, services)
    return app


def _is_unexpected(record: logging.LogRecord) -> bool:
    return record.msg not in _EXPECTED_WARNINGS


def build_web(
    gate: Gate, settings: Settings, faults: Callable[[], Awaitable[list[str]]]
) -> Starlette:
    """Build the HTTP routes: Slack's requests, the health check, and the readiness check.

    The bot is ready while there are no `faults`. Without a signing secret, requests cannot be
    verified, so none are accepted.
    """

    async def healthy(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready(_request: Request) -> Response:
        found = await faults()
        return JSONResponse({"faults": found}, status_code=503 if found else 200)

    routes = [Route("/healthz", healthy), Route("/readyz", ready)]
    if secret := settings.slack_signing_secret:
        slack = Endpoint(gate, secret.get_secret_value())
        routes.append(Route(SLACK_PATH, slack.answer, methods=["POST"]))
    return Starlette(routes=routes)
