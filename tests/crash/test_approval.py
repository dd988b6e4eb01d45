"""The bot is killed around an approval: approved requests are sent once, others never."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sandbox.kore import Operation
from sandbox.slack import Message, OutcomeKind, Person
from tests.crash.points import Point, Side
from tests.crash.trap import Trap
from tests.filling import fill_in
from tests.process import Installation, installation
from tests.reviewing import wait_review
from tests.test_process import ANSWERS

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
approval_for = ["create"]
approvers_channel = "{channel}"
"""
WITHIN = 30


@dataclass(frozen=True, slots=True)
class Office:
    """An installation in which Ravi must approve the campaigns that Ana creates."""

    installed: Installation
    trap: Trap
    ana: Person
    ravi: Person

    async def ask(self, name: str) -> None:
        """Fill in the form as Ana and confirm its review."""
        await self.ana.command(f"/campaign sms {name}")
        form = await self.ana.wait_modal("New SMS campaign")
        await fill_in(form, ANSWERS)
        await form.submit()
        review = await wait_review(self.ana)
        if "Why without a DNC list?" in review.labels:
            await review.fill({"Why without a DNC list?": "Only staff"})
        assert (await review.submit()).kind is OutcomeKind.CLOSED

    async def card(self, name: str) -> Message:
        """Wait for the approvers' card and return it."""
        found = await self.ravi.wait_message("approvals", containing=name, within=WITHIN)
        assert len([m for m in self.ravi.messages("approvals") if name in m.words]) == 1
        return found

    async def confirmed_once(self, name: str) -> None:
        await self.ana.wait_message(containing="Created by", within=WITHIN)
        cards = [m for m in self.ana.messages() if "Created by" in m.words and name in m.words]
        assert len(cards) == 1
        assert [c.name for c in self.installed.kore.state.campaigns.values()] == [name]
        sent = [r for r in self.installed.kore.requests if r.operation is Operation.CREATE]
        assert len(sent) == 1


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with installation(tmp_path) as one:
        ana, ravi = one.slack.person("Ana Lopez"), one.slack.person("Ravi Iyer")
        workspace = one.slack.workspace
        channel = workspace.add_channel("approvals", ana.user, ravi.user, workspace.bot)
        given = {"host": one.env["KORE_HOST"], "approver": ravi.user.id, "channel": channel.id}
        (tmp_path / "campaign-bot.toml").write_text(FILE.format_map(given))
        env = {name: value for name, value in one.env.items() if not name.startswith("KORE_")}
        secret = {"CAMPAIGNS_SECRET": one.env["KORE_CLIENT_SECRET"]}
        installed = replace(one, env=env | secret)
        yield Office(installed, Trap(installed), ana, ravi)


@pytest.mark.drill
@pytest.mark.parametrize("side", [Side.BEFORE, Side.AFTER])
async def test_the_bot_is_killed_while_it_asks_the_approvers(office: Office, side: Side) -> None:
    async with office.installed.running() as bot:
        office.trap.arm(Point("chat.postMessage", side), bot.process)
        await office.ask("Asked once")
        await office.trap.springs()
    async with office.installed.running():
        card = await office.card("Asked once")
        assert office.installed.kore.state.campaigns == {}
        await office.ravi.click(card, "Approve")
        await office.confirmed_once("Asked once")


@pytest.mark.drill
@pytest.mark.parametrize(
    "point",
    [
        Point("create", Side.AFTER),
        Point("chat.update", Side.BEFORE),
        Point("chat.update", Side.AFTER),
        Point("chat.postMessage", Side.AFTER),
    ],
    ids=str,
)
async def test_the_bot_is_killed_after_the_approval(office: Office, point: Point) -> None:
    async with office.installed.running() as bot:
        await office.ask("Approved once")
        card = await office.card("Approved once")
        await office.ana.wait_message(containing="Approved once", within=WITHIN)
        office.trap.arm(point, bot.process)
        await office.ravi.click(card, "Approve")
        await office.trap.springs()
    async with office.installed.running():
        await office.confirmed_once("Approved once")
        async with asyncio.timeout(WITHIN):
            while "Approved by" not in card.words:  # noqa: ASYNC110 # the bot updates it
                await asyncio.sleep(0.05)
