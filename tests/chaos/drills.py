"""The drills: what goes wrong while people work, and what must hold besides the usual."""

import asyncio
import itertools
import resource
import signal
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack.methods import Method
from sandbox.kore import FaultKind, Operation, When
from tests.chaos.broken import send_broken
from tests.chaos.limits import LIMITED
from tests.chaos.site import LEASE_SECONDS, Site

# Slack does not say how often it may be asked, only how long to wait.
RETRY_AFTER_SECONDS = 5
# A minute of 429 follows five minutes of outage.
LIMITED_SHARE = 1 / 6
FREEZES = 3
# Slow enough that many processes are killed during a request.
SLOW_SECONDS = 0.2
# This share of the kills of a lone process may fall into its start.
AT_START = 0.2
# Kore.ai carries a request out when the bot has given up waiting for the answer, and when the bot
# has also looked for its effect for the last time.
LATE_SECONDS = (26.0, 45.0)
LONGEST_SECONDS = 60.0
STAGE_SECONDS = 5.0
CUTS = 10
FULL_SECONDS = 6.0
# The farthest apart at which Slack's signature and Kore.ai's token, which hold for five minutes,
# still let every process work.
OFF_BY = 285.0
CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname LIKE 'bot%' ORDER BY state <> 'idle' DESC, random() LIMIT 2
"""
REFUSED = "The bot cannot save anything at the moment"
CHANGES = (
    *(Operation.CREATE, Operation.SCHEDULE, Operation.UNSCHEDULE),
    *(Operation.START, Operation.STOP),
)
TORN = (
    *(FaultKind.TRUNCATED, FaultKind.UNEXPECTED_200, FaultKind.HTML),
    *(FaultKind.SERVER_ERROR_500, FaultKind.RESET),
)


@dataclass(frozen=True, slots=True)
class Drill:
    """What goes wrong, in how many processes, by which clocks.

    `sqlite` and `postgres` have a clock for each process: by how many seconds it is wrong. Without
    any, the drill makes no sense there. `lease` is that of each process on PostgreSQL, in seconds,
    with calls to Kore.ai as short; None for the usual ones.
    """

    trouble: Callable[[Site], Coroutine[Any, Any, None]]
    sqlite: Sequence[float] = (0.0,)
    postgres: Sequence[float] = (0.0, 0.0, 0.0)
    lease: int | None = LEASE_SECONDS


async def kills(site: Site) -> None:
    """Kill a random process every second, or a lone one some moments after its start."""
    alone = len(site.fleet.members) == 1
    site.installed.kore.latency_seconds = SLOW_SECONDS
    while not site.enough:
        victim = site.dice.choice(site.fleet.members)
        if alone and site.dice.random() > AT_START:
            await site.fleet.healthy(victim)
        await asyncio.sleep(site.dice.uniform(0.5, 3.0 if alone else 1.5))
        victim.signal(signal.SIGKILL)
        site.did("kill")


async def freezes(site: Site) -> None:
    """Stop a random process for twice its lease, so that others take its work over.

    Before that, Slack and Kore.ai tell some calls to come back later: what waits for that when the
    process stops must not be sent when it continues.
    """
    while not (site.enough and site.faults["freeze"] >= FREEZES):
        await asyncio.sleep(site.dice.uniform(1, 3))
        site.limits.add("chat.postMessage", LIMITED, seconds=LEASE_SECONDS)
        for each in CHANGES:
            busy = FaultKind.RATE_LIMIT_429
            site.installed.kore.faults.add(each, busy, times=1, seconds=LEASE_SECONDS)
        await asyncio.sleep(site.dice.uniform(0.5, 2))
        victim = site.dice.choice(site.fleet.members)
        victim.signal(signal.SIGSTOP)
        await asyncio.sleep(2 * LEASE_SECONDS)
        victim.signal(signal.SIGCONT)
        site.did("freeze")
        if len(site.fleet.members) == 1:
            # Nobody works meanwhile, so it gets as long to work as it was stopped.
            await asyncio.sleep(2 * LEASE_SECONDS)


async def slack_away(site: Site) -> None:
    """Let every call of Slack fail, some after Slack carried it out; then answer 429."""
    await asyncio.sleep(STAGE_SECONDS)
    for kind, carried_out in (("reset", False), ("http_500", False), ("reset", True)):
        _plan(site, kind, carried_out=carried_out)
        await asyncio.sleep(site.size.seconds / 3)
    _plan(site, LIMITED, seconds=RETRY_AFTER_SECONDS)
    await asyncio.sleep(max(site.size.seconds * LIMITED_SHARE, 2 * RETRY_AFTER_SECONDS))
    site.limits.clear()
    site.did("outage")


def _plan(site: Site, kind: str, *, seconds: float = 1, carried_out: bool = False) -> None:
    site.limits.clear()
    for method in Method:
        site.limits.add(method.value.name, kind, None, seconds=seconds, carried_out=carried_out)


async def kore_away(site: Site) -> None:
    """Let Kore.ai be away, overloaded, slow and late, and tear its answers."""
    kore = site.installed.kore
    for kind in (FaultKind.RESET, FaultKind.RATE_LIMIT_429):
        kore.faults.add("*", kind, times=None, seconds=2)
        await _stage(site, kind, STAGE_SECONDS)
    kore.latency_seconds = 2.0
    await _stage(site, "slow", STAGE_SECONDS)
    for seconds, each in itertools.product(LATE_SECONDS, CHANGES):
        kore.faults.add(each, FaultKind.LATE, seconds=seconds)
    await _stage(site, FaultKind.LATE, LONGEST_SECONDS)
    for kind, each in itertools.product(TORN, CHANGES):
        kore.faults.add(each, kind, when=When.AFTER, times=2)
    await _stage(site, "torn", 3 * STAGE_SECONDS)


async def _stage(site: Site, name: str, seconds: float) -> None:
    """Let a stage of Kore.ai's faults last, and let Kore.ai recover."""
    await asyncio.sleep(seconds)
    site.installed.kore.latency_seconds = 0.0
    site.installed.kore.faults.clear()
    site.did(name)
    await asyncio.sleep(STAGE_SECONDS)


async def postgres_away(site: Site) -> None:
    """Restart PostgreSQL in two ways, let it be away, and cut connections."""
    server = site.server
    assert server
    for mode, away in (("fast", 0.0), ("immediate", 0.0), ("fast", site.size.seconds)):
        await asyncio.sleep(STAGE_SECONDS)
        await asyncio.to_thread(server.stop, mode)
        await asyncio.sleep(away)
        await asyncio.to_thread(server.start)
        site.did(f"stop {mode}")
    for _ in range(CUTS):
        await asyncio.sleep(site.dice.uniform(0.2, 1.0))
        await asyncio.to_thread(server.ask, CUT)
        site.did("cut")


async def disk_full(site: Site) -> None:
    """Let the disk be full, or PostgreSQL be read-only, twice for some seconds."""
    full = _read_only if site.server else _full
    for _ in range(2):
        await asyncio.sleep(STAGE_SECONDS)
        await full(site, on=True)
        try:
            await asyncio.sleep(FULL_SECONDS)
        finally:
            await full(site, on=False)
        site.did("read-only" if site.server else "full")
    if not any(REFUSED in each for each in site.toll.refusals):
        site.findings.append("nobody was refused with words")
    site.findings += [f"HTTP {status}" for status in site.fleet.errors.elements()]


async def _full(site: Site, *, on: bool) -> None:
    """Let a process write nothing beyond the first byte of a file, as on a full disk."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    for each in site.fleet.members:
        assert each.bot
        limit = (1 if on else most, most)
        resource.prlimit(each.bot.process.pid, resource.RLIMIT_FSIZE, limit)


async def _read_only(site: Site, *, on: bool) -> None:
    assert site.server
    setting = f"ALTER SYSTEM SET default_transaction_read_only = {'on' if on else 'off'}"
    for statement in (setting, "SELECT pg_reload_conf()"):
        await asyncio.to_thread(site.server.ask, statement)


DRILLS: Mapping[str, Drill] = {
    "kills": Drill(kills),
    "freezes": Drill(freezes),
    "slack": Drill(slack_away),
    "kore": Drill(kore_away, lease=None),
    "postgres": Drill(postgres_away, sqlite=()),
    "clocks": Drill(kills, sqlite=(OFF_BY,), postgres=(-OFF_BY, 0.0, OFF_BY)),
    "disk": Drill(disk_full),
    "broken": Drill(send_broken),
}
