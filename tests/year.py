"""Let a year of campaigns go by, and compare what channels read with what happened.

Campaigns run by their schedules in many zones, somebody edits and deletes some in Kore.ai's
console, and both services fail at times. After each quarter of a day, every change since the one
before must be told once, below the campaign's card in its own channel, and at midnight every card
must show the present status. Run it with `./dev drill year`.
"""

import asyncio
import itertools
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Annotated

import time_machine
import typer
from rich.console import Console

from bot.campaigns.hours import Weekday
from bot.campaigns.schedule import Recurrence, Schedule, exists
from bot.logs import configure_logging
from sandbox.canned import Canned
from sandbox.kore import FaultKind, Operation
from sandbox.kore.calls import Kind
from sandbox.kore.seed import add_campaigns, contact_list
from sandbox.kore.state import Campaign, Status
from sandbox.slack import Message
from sandbox.slack.words import words
from tests.world import World, running_world

ZONES = (
    *("America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Sao_Paulo"),
    *("America/Havana", "America/Phoenix", "Europe/London", "Europe/Berlin", "Europe/Dublin"),
    *("Africa/Casablanca", "Africa/Johannesburg", "Asia/Beirut", "Asia/Kolkata", "Asia/Tokyo"),
    *("Asia/Kathmandu", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland"),
    *("Pacific/Chatham", "Pacific/Honolulu"),
)
CHANNELS = ("campaigns", "sales")
STEP = timedelta(hours=6)
STEPS_A_DAY = 4
# So many changes in the console in each step, and how often one is a deletion.
EDITS = 2
DELETED = 0.02
# How often Slack and Kore.ai fail in a step; the bot repeats calls of Kore.ai only after seconds.
SLACK_FAILS, KORE_FAILS = 0.2, 0.02
# Kore.ai's limit for a minute, which not even a whole step may need.
CALLS_MAX = 60
SENDERS = ("+12025550100", "+12025550101")
AWAY = Canned(503, b"upstream connect error", {"Content-Type": "text/plain"})
OUT = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Look:
    """What a channel is told of: a campaign's status, and the settings that the edits change."""

    status: str
    priority: str
    sender: str


@dataclass(slots=True)
class Followed:
    """A campaign with its card, how it was at the end of the last step, and what was told then."""

    campaign: Campaign
    card: Message
    was: Look


@dataclass(slots=True)
class Year:
    """The drill: the world, its random numbers, and what went wrong.

    `read` is how many messages of each channel were judged.
    """

    world: World
    clock: time_machine.Traveller
    dice: Random
    followed: list[Followed] = field(default_factory=list)
    changes: int = 0
    most_calls: int = 0
    wrong: list[str] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)

    async def begin(self, campaigns: int) -> None:
        """Add the campaigns, each with a list and a schedule of its own, and show their cards."""
        state, ana = self.world.kore.state, self.world.slack.person("Ana Lopez")
        self.world.slack.workspace.add_channel(
            CHANNELS[1], ana.user, self.world.slack.workspace.bot
        )
        made = add_campaigns(state, Kind.SMS, [f"Campaign no {each}" for each in range(campaigns)])
        for number, campaign in enumerate(made):
            await self._schedule(number, campaign)
        await self.world.read_account()
        for number, campaign in enumerate(made):
            channel = CHANNELS[number % len(CHANNELS)]
            await ana.command(f"/campaign status {campaign.id}", channel)
            card = await ana.wait_message(channel, containing=campaign.id)
            self.followed.append(Followed(campaign, card, look(campaign)))
        await self.world.idle()

    async def _schedule(self, number: int, campaign: Campaign) -> None:
        state, services = self.world.kore.state, self.world.services
        own = contact_list(f"List no {number}", state.now)
        own.contacts = [{"_id": f"cc-{number}", "phoneNumber": SENDERS[0], "uniqueId": "1"}]
        state.contact_lists[own.id] = own
        campaign.body = {**campaign.body, "contactLists": [own.name]}
        (kore,) = services.work.kores.values()
        schedule = plan(self.dice, ZONES[number % len(ZONES)])
        await kore.schedule_campaign(campaign.name, schedule)
        await services.records.campaigns.remember(await kore.get_campaign(campaign.id))
        await services.records.campaigns.remember_schedule(campaign.id, schedule)

    async def step(self, number: int) -> None:
        """Let a quarter of a day go by, and judge what was told of it."""
        self.clock.shift(STEP)
        for _ in range(EDITS):
            self._edit(self.dice.choice(self.followed))
        before = len(self.world.kore.requests)
        await self._read_with_faults()
        self.most_calls = max(self.most_calls, len(self.world.kore.requests) - before)
        await self.world.services.work.look_ahead()
        await self.world.services.records.outbox.hasten()
        await self.world.idle()
        replies = self._new_replies()
        for each in self.followed:
            self._judge(each, number, replies.get(each.card.ts, []))

    def _new_replies(self) -> dict[str, list[str]]:
        """Return what was posted since the last step in each thread, by its first message."""
        found: dict[str, list[str]] = {}
        for channel in self.world.slack.workspace.channels.values():
            for post in channel.posts[self.read.get(channel.id, 0) :]:
                if post.thread_ts and post.thread_ts != post.ts:
                    found.setdefault(post.thread_ts, []).append(words(post.blocks))
            self.read[channel.id] = len(channel.posts)
        return found

    async def _read_with_faults(self) -> None:
        """Read the account, and read again what a fault has kept from being read."""
        if self.dice.random() < SLACK_FAILS:
            self.world.slack.faults.add("chat.postMessage", AWAY, self.dice.randint(1, 3))
        if self.dice.random() < KORE_FAILS:
            self.world.kore.faults.add(Operation.SEARCH, FaultKind.SERVER_ERROR_500, times=2)
            await self.world.read_account()
        self.world.kore.faults.clear()
        await self.world.read_account()

    def _edit(self, followed: Followed) -> None:
        """Change a campaign in the console, or delete it."""
        state, campaign = self.world.kore.state, followed.campaign
        if campaign.id not in state.campaigns or campaign.status is Status.ACTIVE:
            return
        if self.dice.random() < DELETED:
            del state.campaigns[campaign.id]
            return
        if self.dice.random() < 0.5:  # as often as the other
            campaign.body["priority"] = str(self.dice.randint(1, 5))
        else:
            strategy = campaign.body["dialingStrategy"]
            sender = {"phoneNumber": self.dice.choice(SENDERS)}
            campaign.body["dialingStrategy"] = {**strategy, "callerId": sender}
        campaign.updated_at = state.now

    def _judge(self, followed: Followed, number: int, new: list[str]) -> None:
        is_there = followed.campaign.id in self.world.kore.state.campaigns
        now = look(followed.campaign, is_there=is_there)
        expected = list(differences(followed.was, now))
        self.changes += bool(expected)
        if len(new) != bool(expected) or not all(each in " ".join(new) for each in expected):
            self._complain(number, followed, f"{followed.was} became {now}, and was told as {new}")
        if number % STEPS_A_DAY == 0 and now.status not in followed.card.words:
            self._complain(number, followed, f"is {now.status}, not: {followed.card.words}")
        followed.was = now

    def _complain(self, number: int, followed: Followed, what: str) -> None:
        self.wrong.append(f"step {number}, {followed.campaign.body['name']}: {what}")


def look(campaign: Campaign, *, is_there: bool = True) -> Look:
    """Return how a campaign is in Kore.ai."""
    sender = campaign.body["dialingStrategy"]["callerId"]["phoneNumber"]
    status = campaign.status.value if is_there else "Deleted"
    return Look(status, str(campaign.body["priority"]), sender)


def differences(was: Look, now: Look) -> Iterator[str]:
    """Yield a word for each difference, which a person must read."""
    if was.status != now.status:
        yield f"{now.status}"
    if now.status != "Deleted":
        if was.priority != now.priority:
            yield "Priority"
        if was.sender != now.sender:
            yield "Caller ID"


def plan(dice: Random, zone: str) -> Schedule:
    """Return a schedule for most of the year in this zone."""
    hour = dice.randint(8, 19)
    start = (datetime.now(UTC) + timedelta(days=2)).replace(
        hour=hour, minute=0, second=0, microsecond=0, tzinfo=None
    )
    start = next(each for each in (start, start + timedelta(hours=2)) if exists(each, zone))
    weekly = dice.random() < 0.5  # as often as daily
    return Schedule(
        recurrence=Recurrence.WEEKLY if weekly else Recurrence.DAILY,
        every=dice.randint(1, 3),
        days=tuple(dice.sample(list(Weekday), 2)) if weekly else (),
        zone=zone,
        start=start,
        end=start + timedelta(days=dice.randint(100, 360), hours=1),
    )


async def drill(days: int, campaigns: int, seed: int) -> Year:
    """Let so many days go by."""
    # Runs begin at quarters of an hour, and no step shall meet one between reading and judging.
    start = datetime.now(UTC).replace(minute=1, second=0)
    with tempfile.TemporaryDirectory() as folder, time_machine.travel(start) as clock:
        async with running_world(Path(folder)) as world:
            year = Year(world, clock, Random(seed))  # chooses edits, not secrets
            await year.begin(campaigns)
            for number in itertools.takewhile(
                lambda each: each <= days * STEPS_A_DAY, itertools.count(1)
            ):
                await year.step(number)
            return year


def main(
    days: Annotated[int, typer.Option(min=1)] = 365,
    campaigns: Annotated[int, typer.Option(min=1)] = 200,
    seed: int = 1,
) -> None:
    """Let a year of campaigns go by, and compare what channels read with what happened."""
    began = time.monotonic()
    configure_logging("CRITICAL", "json")
    year = asyncio.run(drill(days, campaigns, seed))
    for each in year.wrong[:20]:
        OUT.print(each)
    if year.most_calls > CALLS_MAX:
        OUT.print(f"A step took {year.most_calls} calls.")
    OUT.print(
        f"{days} days, {campaigns} campaigns, {year.changes:,} changes, {len(year.wrong)} told "
        f"wrongly or not at all; at most {year.most_calls} calls a step; "
        f"{time.monotonic() - began:.0f} s"
    )
    sys.exit(bool(year.wrong) or year.most_calls > CALLS_MAX)


if __name__ == "__main__":
    typer.run(main)
