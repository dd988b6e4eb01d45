"""A bot with two environments, each with its own Kore.ai, and steps in their forms."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

from sandbox.clock import Clock
from sandbox.kore import Operation, PretendKore
from sandbox.server import listen, serving
from sandbox.slack import Modal, OutcomeKind, Person
from tests.filling import fill_in
from tests.flows.conftest import SIMPLE, Answers
from tests.process import Installation, installation
from tests.reviewing import confirm_review

PRODUCTION, SANDBOX = "🔴 Production", "Sandbox"
FILE = """
[environments.production]
host = "{production}"
stream_id = "st-production"
account_id = "acc-production"
client_id = "cs-production"
client_secret_file = "production.secret"
calls_per_minute = 10000

[environments.sandbox]
host = "{sandbox}"
stream_id = "st-sandbox"
account_id = "acc-sandbox"
client_id = "cs-sandbox"
client_secret_env = "SANDBOX_SECRET"
calls_per_minute = 10000
channels = ["{trials}"]
production = false
"""


@dataclass(frozen=True, slots=True)
class Two:
    """A bot with two environments, and Ana, who is in the sandbox environment's channel."""

    installed: Installation
    production: PretendKore
    sandbox: PretendKore
    ana: Person

    async def form(self, command: str, title: str, channel: str = "campaigns") -> Modal:
        await self.ana.command(command, channel)
        return await self.ana.wait_modal(title)

    async def make(self, name: str, environment: str) -> None:
        """Make an SMS campaign, and wait for its card."""
        form = await self.form(f"/campaign sms {name}", "New SMS campaign")
        await send(self.ana, form, {**SIMPLE, "Environment": environment})
        await self.ana.wait_message(containing=f"` · {environment}")


async def send(person: Person, form: Modal, answers: Answers) -> None:
    await fill_in(form, answers)
    if (await form.submit()).kind is not OutcomeKind.CLOSED:
        await confirm_review(person)


async def offered(form: Modal, expected: list[str]) -> None:
    """Type into the contact lists field until it offers these, as the bot may still read them."""
    async with asyncio.timeout(5):
        while await form.suggestions("Contact lists", "VIP") != expected:
            pass


def names(kore: PretendKore) -> list[str]:
    return [each.name for each in kore.state.campaigns.values()]


def asked(kore: PretendKore) -> list[Operation | None]:
    """Return the operations asked for, but not the lists, which the bot always reads."""
    lists = {Operation.SEARCH, Operation.ALL_LISTS}
    return [each.operation for each in kore.requests if each.operation not in lists]


@contextlib.asynccontextmanager
async def two_environments(folder: Path) -> AsyncIterator[Two]:
    """Install the bot with two environments; it does not run yet."""
    production = PretendKore(
        clock=Clock(),
        stream_id="st-production",
        account_id="acc-production",
        client_id="cs-production",
        client_secret="pretend-production-secret-of-thirty-two-bytes",
    )
    production.rate_limit = None
    async with installation(folder) as one, serving(production.app, listen()) as url:
        ana = one.slack.person("Ana Lopez")
        trials = one.slack.workspace.add_channel("trials", ana.user)
        hosts = {"production": url, "sandbox": one.env["KORE_HOST"], "trials": trials.id}
        (folder / "campaign-bot.toml").write_text(FILE.format_map(hosts))
        (folder / "production.secret").write_text("pretend-production-secret-of-thirty-two-bytes\n")
        plain = {name: value for name, value in one.env.items() if not name.startswith("KORE_")}
        secret = {"SANDBOX_SECRET": one.env["KORE_CLIENT_SECRET"]}
        installed = replace(one, env=plain | secret)
        yield Two(installed, production, one.kore, ana)
