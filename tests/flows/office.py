"""The people in the tests' office: one asks, two approve, and one has no role."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import Table, update

from bot.campaigns.policy import Policy
from bot.campaigns.roles import Grants
from bot.records import tables
from sandbox.slack import Message, OutcomeKind, Person
from tests.flows.conftest import SIMPLE, Author
from tests.world import World

APPROVALS = "approvals"


class Office:
    """Ana asks, Ravi and Zoe approve, Tom may only look."""

    def __init__(self, world: World) -> None:
        self.world = world
        workspace = world.slack.workspace
        found = {user.real_name: user for user in workspace.users.values()}
        for name in ("Zoe Adams", "Tom Brown"):
            if name not in found:
                user = workspace.add_user(name, name=name.split()[0].lower(), tz="UTC")
                workspace.channel_named("campaigns").members.add(user.id)
        self.ana, self.ravi = self.person("Ana Lopez"), self.person("Ravi Iyer")
        self.zoe, self.tom = self.person("Zoe Adams"), self.person("Tom Brown")
        if APPROVALS not in {each.name for each in workspace.channels.values()}:
            people = [each.user for each in (self.ana, self.ravi, self.zoe, self.tom)]
            workspace.add_channel(APPROVALS, *people, workspace.bot)
        workspace.groups["S0APPROVE"] = {self.zoe.user.id}
        self.channel = workspace.channel_named(APPROVALS)

    def person(self, name: str) -> Person:
        return self.world.slack.person(name)

    def grants(self, viewers: tuple[str, ...] = ("everyone",)) -> Grants:
        return Grants(
            viewers=viewers,
            authors=(self.ana.user.id, self.ravi.user.id),
            approvers=(self.ravi.user.id, "S0APPROVE"),
        )

    def put_in_force(self, viewers: tuple[str, ...] = ("everyone",), **policy: object) -> None:
        given = {"approval_for": ["create"], "approvers_channel": self.channel.id} | policy
        self.set(self.grants(viewers), Policy.model_validate(given))

    def set(self, grants: Grants, policy: Policy) -> None:
        environment = self.world.services.environments.first
        object.__setattr__(environment, "grants", grants)
        object.__setattr__(environment, "policy", policy)

    async def asked(self, name: str) -> Message:
        """Submit a campaign as Ana, and return the card that asks for approval."""
        author = Author(self.world)
        form = await author.form(f"/campaign sms {name}", "New SMS campaign")
        review = await author.review(form, SIMPLE)
        assert review.submit_text == "Ask for approval"
        assert (await review.submit()).kind is OutcomeKind.CLOSED
        return await author.card(name, "needs approval", APPROVALS)

    async def decline(self, person: Person, card: Message, reason: str) -> None:
        await person.click(card, "Decline")
        question = await person.wait_modal("Decline")
        await question.fill({"Why?": reason})
        await question.submit()

    def made(self, name: str) -> int:
        return sum(c.name == name for c in self.world.kore.state.campaigns.values())

    async def key(self, name: str) -> str:
        """Return the key of the waiting submission about this campaign.

        Raises:
            LookupError: no submission about it is waiting.
        """
        records = self.world.services.records
        for key in await records.waiting():
            asked = await records.submission(key)
            if asked and name in asked.command.label:
                return key
        raise LookupError(name)

    async def move_to_past(self, name: str, what: str) -> None:
        """Move a time of the approval into the past."""
        await self.change(
            tables.approvals, name, **{what: datetime.now(UTC) - timedelta(minutes=1)}
        )

    async def change(self, table: Table, name: str, **values: object) -> None:
        """Change the row of the waiting submission about this campaign."""
        changed = update(table).where(table.c.key == await self.key(name)).values(**values)
        with self.world.services.records.engine.begin() as db:
            db.execute(changed)

    async def sweep(self) -> None:
        await self.world.services.work.move_approvals()


@contextlib.contextmanager
def opened(world: World) -> Iterator[Office]:
    """Apply the office's roles and approvals while the block runs."""
    office = Office(world)
    office.put_in_force()
    try:
        yield office
    finally:
        office.set(Grants(), Policy())
