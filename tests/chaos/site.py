"""One installation for a drill: people, bots, a database, and the pretend services."""

import asyncio
import contextlib
import itertools
import random
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sandbox.kore.seed import contact_list
from tests.chaos.fleet import Fleet
from tests.chaos.limits import Limits
from tests.chaos.people import APPROVALS, STORIES, Approver, Author, list_of
from tests.chaos.toll import Toll
from tests.postgres import Server, new_database, running_server
from tests.process import Installation, installation
from tests.warm import bot_off_time

# Longer than a living process can be silent on a busy machine.
LEASE_SECONDS = 5
PEOPLE = ("Mia Chen", "Omar Haddad", "Lena Vogel", "Tom Brown", "Zoe Adams", "Noor Aziz")
CHANNELS = ("campaigns", "sales")
# So few that no run ends by itself.
CONTACTS_PER_MINUTE = 0.1
# How long people wait besides twice an outage: longer than two of the bot's sweeps, one a minute.
PATIENCE_SECONDS = 150.0
QUIET_SECONDS = 3.0
# So many forms are delivered once more when all is done.
LATE = 10
FILE = """
[environments.production]
host = "{host}"
stream_id = "st-sandbox"
account_id = "acc-sandbox"
client_id = "cs-sandbox"
client_secret_env = "CAMPAIGNS_SECRET"
calls_per_minute = 10000

[environments.production.roles]
authors = ["everyone"]
approvers = ["{approver}"]

[environments.production.policy]
approval_for = ["schedule", "start"]
approvers_channel = "{channel}"
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a drill is: its submissions, the seconds of an outage, its broken requests."""

    submissions: int
    seconds: float
    requests: int
    seed: int


@dataclass(slots=True)
class Site:
    """Everything that a drill can disturb.

    `faults` counts what went wrong so far; `findings` are whatever else is not right.
    """

    installed: Installation
    server: Server | None
    fleet: Fleet
    limits: Limits
    toll: Toll
    dice: random.Random
    size: Size
    findings: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    @property
    def enough(self) -> bool:
        """Return whether people have made as many submissions as are wanted."""
        return len(self.toll.asked) >= self.size.submissions

    def did(self, what: str) -> None:
        """Note that something went wrong now, also for the submissions under way."""
        self.faults[what] += 1
        for each in self.toll.asked[-len(PEOPLE) :]:
            each.history.append(f"{self.installed.slack.state.clock.now():%H:%M:%S.%f} {what}")

    async def work(self, trouble: "asyncio.Task[None]") -> None:
        """Let people work until the trouble is over and there are enough submissions."""
        approver = asyncio.create_task(Approver(self.installed.slack.person("Ravi Iyer")).work())
        try:
            authors = self._authors()
            await asyncio.gather(*(self._live(each, trouble) for each in authors))
            await asyncio.gather(*(each.look_again() for each in authors))
            await self._deliver_late()
            await self._quiet()
        finally:
            approver.cancel()

    def _authors(self) -> list[Author]:
        """Return people, each of whom works in one channel."""
        slack = self.installed.slack
        channels = [slack.workspace.channel_named(name) for name in CHANNELS]
        return [
            Author(
                slack.person(name),
                channels[at % len(channels)],
                self.toll,
                self.dice,
                patience=PATIENCE_SECONDS + 2 * self.size.seconds,
            )
            for at, name in enumerate(PEOPLE)
        ]

    async def _quiet(self) -> None:
        """Wait until the bots call nothing for some seconds: a message twice comes late."""
        calls, seen = self.installed.slack.calls, None
        while seen is not (seen := calls[-1] if calls else None):  # noqa: ASYNC110 # others call
            await asyncio.sleep(QUIET_SECONDS)

    async def _live(self, author: Author, trouble: "asyncio.Task[None]") -> None:
        while not (self.enough and trouble.done()):
            name = f"Drill {next(self.numbers):05}"
            self._add_list(name)
            await author.live(self.dice.choice(STORIES), name)

    def _add_list(self, campaign: str) -> None:
        state = self.installed.kore.state
        leads = contact_list(list_of(campaign), state.now)
        leads.contacts = [{"_id": f"cc-{n}", "phoneNumber": f"120255501{n:02}"} for n in range(60)]
        state.contact_lists[leads.id] = leads

    async def _deliver_late(self) -> None:
        slack = self.installed.slack
        forms = [each for each in slack.deliveries if each.name == "view_submission"]
        for each in self.dice.sample(forms, min(LATE, len(forms))):
            await slack.redeliver(each)


@contextlib.asynccontextmanager
async def new_site(
    clocks: Sequence[float], size: Size, *, postgres: bool, lease: int | None
) -> AsyncIterator[Site]:
    """Start everything with one process for each clock, and stop it after the block."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running_server()) if postgres else None
        async with installation(folder, bot=bot_off_time) as plain:
            installed = _prepared(plain, server, lease)
            fleet = Fleet(installed, clocks)
            site = Site(
                installed=installed,
                server=server,
                fleet=fleet,
                limits=Limits(installed.slack, len(clocks)),
                toll=Toll(installed.slack, installed.kore),
                dice=random.Random(size.seed),
                size=size,
            )
            async with fleet.running():
                yield site


def _prepared(plain: Installation, server: Server | None, lease: int | None) -> Installation:
    """Add people, channels, a policy and a database."""
    workspace, kore = plain.slack.workspace, plain.kore
    kore.contacts_per_minute = CONTACTS_PER_MINUTE
    ravi = workspace.user_named("Ravi Iyer")
    people = [workspace.add_user(each, name=each.split()[0].lower(), tz="UTC") for each in PEOPLE]
    approvals = workspace.add_channel(APPROVALS, ravi, workspace.bot)
    workspace.add_channel(CHANNELS[1], workspace.bot, *people)
    workspace.channel_named(CHANNELS[0]).members |= {each.id for each in people}
    given = {"host": plain.env["KORE_HOST"], "approver": ravi.id, "channel": approvals.id}
    (plain.folder / "campaign-bot.toml").write_text(FILE.format_map(given))
    env = {name: value for name, value in plain.env.items() if not name.startswith("KORE_")}
    env |= {"CAMPAIGNS_SECRET": plain.env["KORE_CLIENT_SECRET"], "LOG_LEVEL": "INFO"}
    if server:
        env["DATABASE_URL"] = new_database(server.url)
    env |= {"EXECUTOR_LEASE_SECONDS": str(lease)} if lease else {}
    return replace(plain, env=env)
