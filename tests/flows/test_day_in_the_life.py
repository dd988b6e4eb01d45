"""A campaign's whole life, as its channel reads it: no line twice, none missing."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from sandbox.kore.running import begin
from sandbox.kore.state import Campaign
from sandbox.slack import Message
from sandbox.slack.channels import Post
from sandbox.slack.words import words
from tests.flows.conftest import AUDIENCE, Answers, Author, end_all_runs, in_days
from tests.flows.office import APPROVALS, Office, opened
from tests.reviewing import confirm_review, wait_review
from tests.world import World

DIRECT = "@campaign-bot"
EVERY_DAY = list(calendar.day_name)
VOICE: Answers = AUDIENCE | {
    "Dialing mode": "Progressive",
    "Queue": "Sales",
    "Calling days": EVERY_DAY,
    "Calling hours from": "00:00",
    "Calling hours to": "23:59",
}
# What differs from day to day, and what only draws: IDs, times, emoji and formatting.
_VARIES = re.compile(r"`cd-[^`]*`|<!date[^>]*>|:[a-z_]+:|\*")


class Day:
    """Ana and her campaign, with Ravi who approves."""

    def __init__(self, office: Office, name: str) -> None:
        self.office, self.name, self.ana = office, name, Author(office.world)

    @property
    def world(self) -> World:
        return self.office.world

    @property
    def campaign(self) -> Campaign:
        return self.world.kore.state.campaigns[self.ana.campaign_id(self.name)]

    async def card(self, news: str) -> Message:
        await self.world.idle()
        return await self.ana.card(self.name, news)

    async def approve(self, name: str) -> None:
        request = await self.office.ravi.wait_message(APPROVALS, containing=name, also="Decline")
        await self.office.ravi.click(request, "Approve")
        await self.world.idle()

    async def read(self) -> None:
        await self.world.read_account()
        await self.world.idle()

    async def run(self) -> None:
        """Let its run begin, so long ago that some have been called."""
        instance = begin(self.world.kore.state, self.campaign, timedelta(minutes=10))
        self.campaign.instance = replace(instance, began=instance.began - timedelta(hours=5))
        await self.read()

    async def edit_in_the_console(self, **settings: object) -> None:
        self.campaign.body |= settings
        self.campaign.updated_at = self.world.kore.state.now
        await self.read()

    def told(self, channel: str) -> list[str]:
        """Return each message about the campaign as it was posted, in order."""
        posts = self.world.slack.workspace.channel_named(channel).posts
        return [line for each in posts if self.name in (line := _line(each))]


def _line(post: Post) -> str:
    shown = words(post.first.blocks) or post.first.text
    return " ".join(_VARIES.sub("", shown).split())


@pytest.fixture
def day(world: World) -> Iterator[Day]:
    with opened(world) as office:
        office.put_in_force(approval_for=["create", "schedule"])
        yield Day(office, world.name("Renewals"))


def check(told: list[str], *beginnings: str) -> None:
    """Check that these are the messages, by how each begins."""
    assert [line[: len(begins)] for line, begins in zip(told, beginnings, strict=True)] == [
        *beginnings
    ]


async def test_the_channel_reads_each_thing_once_and_in_order(day: Day) -> None:
    ana, name = day.ana, day.name
    author, approver = (f"<@{each.user.id}>" for each in (ana.person, day.office.ravi))
    end_all_runs(ana)
    await ana.send(await ana.form(f"/campaign voice {name}", "New voice campaign"), VOICE)
    await day.approve(name)
    card = await day.card("Ready")
    form = await ana.form(f"/campaign schedule {name}", "Schedule a campaign")
    await ana.send(form, {"Start date": in_days(2), "End date": in_days(9)})
    await day.approve(name)
    await day.card("Scheduled by")
    await day.run()
    await day.edit_in_the_console(priority=1)
    await ana.person.command(f"/campaign results {name}")
    await ana.person.wait_file("results-")
    await ana.person.click(card, "Stop")
    await confirm_review(ana.person)
    await day.card("Stopped by")
    await ana.person.click(card, "Clone")
    form = await ana.person.wait_modal("New voice campaign")
    await form.submit()
    await confirm_review(ana.person)
    await day.approve(f"{name} (copy)")
    await ana.person.command(f"/campaign delete {name}")
    review = await wait_review(ana.person)
    await review.fill({"Type the name to confirm": name})
    await confirm_review(ana.person)
    await day.card("Deleted by")
    await day.world.idle()
    scheduled = f"{name}: Scheduled by {author}, approved by {approver}."
    stopped, deleted = f"{name}: Stopped by {author}.", f"{name}: Deleted by {author}."
    check(
        day.told("campaigns"),
        f"“{name}”: the request of {author} needs approval.",
        f"{name} Created by {author}, approved by {approver}",
        f"“{name}”: the request of {author} needs approval.",
        scheduled,
        f"Results of “{name}”: ",
        stopped,
        f"“{name} (copy)”: the request of {author} needs approval.",
        f"{name} (copy) Created by {author}, approved by {approver}",
        deleted,
    )
    check(
        [_line(each.post) for each in card.replies],
        scheduled,
        "Scheduled → Active",
        "Changed in Kore.ai's console: Priority: 5 (highest) → 1 (lowest)",
        f"Results of “{name}”: ",
        "",  # the chart
        stopped,
        deleted,
    )
    told = [_line(each.post) for each in day.office.ravi.messages(DIRECT) if each.says(name)]
    check(told, f"{name} was changed in Kore.ai's console after you approved its schedule: ")
    assert card.says("Deleted")
    assert card.buttons == []
