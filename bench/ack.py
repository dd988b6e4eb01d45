"""Measure how long Slack waits for the bot, compared with an app that only acknowledges.

Run it with `./dev bench`. One run measures everything over loopback HTTP, with the bot in its own
process. The ratios can be compared between machines; the milliseconds cannot.
"""

import asyncio
import contextlib
import itertools
import re
import statistics
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.table import Table
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.types import ASGIApp

from sandbox.server import listen, serving
from sandbox.slack import PretendSlack
from tests.process import installation
from tests.reviewing import confirm_review
from tests.world import SECRETS

WARM_UP = 10
ROUNDS = 200
PAUSE_SECONDS = 0.1
LIMIT_MS = 100.0
ANSWERS: dict[str, str | list[str]] = {
    "Message": "Hello",
    "Contact lists": ["Spring leads"],
    "Caller ID": "+1 202-555-0100",
}

Act = Callable[[], Awaitable[None]]


async def main() -> None:
    """Measure everything and print the results."""
    with tempfile.TemporaryDirectory() as folder:
        async with installation(Path(folder)) as installed, only_acks() as url:
            installed.slack.deliver_to(url)
            slack = installed.slack
            rows = {"an app that only acknowledges": await commands(slack, "help")}
            async with installed.running(LOG_LEVEL="WARNING"):
                rows["/campaign help"] = await commands(slack, "help")
                rows["/campaign list"] = await commands(slack, "list")
                rows["/campaign status, kept durably"] = await commands(slack, "status cd-none")
                forms, confirmations = await submissions(slack)
            rows["an SMS form, kept for its review"] = forms
            rows["its confirmation, accepted for good"] = confirmations
            slack.deliver_to(url)
            rows["that by the app that only acknowledges"] = await repeated(slack)
    show(rows)


@contextlib.asynccontextmanager
async def only_acks() -> AsyncIterator[str]:
    """Run the fastest possible Bolt app and give its request URL."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-bench")  # noqa: S106 # not a secret

    app = AsyncApp(
        signing_secret=SECRETS["SLACK_SIGNING_SECRET"],
        authorize=authorize,
        process_before_response=True,
    )

    @app.command("/campaign")
    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    app.view(re.compile(""))(acknowledge)
    handler = cast("ASGIApp", AsyncSlackRequestHandler(app))
    async with serving(handler, listen()) as url:
        yield f"{url}/slack/events"


async def commands(slack: PretendSlack, text: str) -> list[float]:
    """Measure a command that one person repeats."""
    ravi = slack.person("Ravi Iyer")
    return await measure(slack, lambda: ravi.command(f"/campaign {text}"))


async def submissions(slack: PretendSlack) -> tuple[list[float], list[float]]:
    """Measure forms that are filled and submitted, and the confirmations of their reviews."""
    ravi, numbers = slack.person("Ravi Iyer"), itertools.count()
    forms: list[float] = []

    async def submit() -> None:
        await ravi.command(f"/campaign sms Bench {next(numbers)}")
        form = await ravi.wait_modal("New SMS campaign")
        await form.fill(ANSWERS)
        await form.submit()
        forms.append(slack.deliveries[-1].ack_ms)
        await confirm_review(ravi)

    confirmations = await measure(slack, submit)
    return forms[WARM_UP:], confirmations


async def repeated(slack: PretendSlack) -> list[float]:
    """Measure the repeated delivery of the latest request."""
    last = slack.deliveries[-1]

    async def again() -> None:
        await slack.redeliver(last)

    return await measure(slack, again)


async def measure(slack: PretendSlack, act: Act) -> list[float]:
    """Return each answer's milliseconds after a warm-up, at ten a second as in a busy hour."""
    taken = []
    for number in range(WARM_UP + ROUNDS):
        await asyncio.sleep(PAUSE_SECONDS)
        await act()
        if number >= WARM_UP:
            taken.append(slack.deliveries[-1].ack_ms)
    return taken


def show(rows: dict[str, list[float]]) -> None:
    """Print a table; the ratios and differences are relative to its first row."""
    table = Table("answer to", "p50 ms", "p99 ms", "p50 ratio", "p50 more, ms", "p99 under 100 ms")
    floor = statistics.median(next(iter(rows.values())))
    for name, taken in rows.items():
        p50, p99 = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
        in_time = "yes" if p99 < LIMIT_MS else "no"
        ratio, more = f"{p50 / floor:.1f}", f"{p50 - floor:.2f}"
        table.add_row(name, f"{p50:.2f}", f"{p99:.2f}", ratio, more, in_time)
    Console().print(table)


if __name__ == "__main__":
    asyncio.run(main())
