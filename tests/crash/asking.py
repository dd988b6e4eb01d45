"""Submissions as Slack sends them: one of each form is filled by hand, the others are copies."""

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sandbox.slack import Delivery, OutcomeKind, Person
from tests.crash.points import Flow
from tests.process import Installation

Answers = Mapping[str, str | list[str]]

_AUDIENCE: Answers = {
    "Description": "Everybody",
    "Contact lists": ["Spring leads"],
    "Caller ID": "+12025550100",
}
TITLES = {
    Flow.SMS: "New SMS campaign",
    Flow.VOICE: "New voice campaign",
    Flow.SCHEDULE: "Schedule a campaign",
}
# The word in a card that says which submission it answers.
NEWS = {Flow.SMS: "Created by", Flow.VOICE: "Created by", Flow.SCHEDULE: "Scheduled by"}
PEOPLE = ("Mia Chen", "Omar Haddad", "Lena Vogel")


@dataclass(slots=True)
class Asked:
    """One submission, and what has become of its deliveries."""

    flow: Flow
    name: str
    delivery: Delivery
    acknowledged: bool = False
    delivered: int = 0
    history: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What the bot keeps it under."""
        return str(self.delivery.packet.payload["view"]["id"])

    @property
    def reference(self) -> str:
        """What the bot's log calls it."""
        return sha256(self.key.encode()).hexdigest()[:8]

    @property
    def owed(self) -> bool:
        """Whether Slack has to deliver it again: it was not taken, or not yet twice."""
        return not self.acknowledged or self.delivered < 2


class Forms:
    """Gives new submissions, each by another of several people in turn."""

    def __init__(self, installed: Installation) -> None:
        self._installed = installed
        self._models: dict[Flow, Delivery] = {}
        self._numbers = itertools.count(1)
        workspace = installed.slack.workspace
        channel = workspace.channel_named("campaigns")
        for real_name in PEOPLE:
            name = real_name.split()[0].lower()
            channel.members.add(workspace.add_user(real_name, name=name, tz="UTC").id)
        people = [person for person in workspace.users.values() if not person.is_bot]
        self._authors = itertools.cycle([person.id for person in people])

    async def fill(self) -> None:
        """Fill each form by hand while the bot runs."""
        person = self._installed.slack.person("Ana Lopez")
        day = [f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}" for days in (2, 9)]
        answers: dict[Flow, Answers] = {
            Flow.SMS: {**_AUDIENCE, "Message": "Hello"},
            Flow.VOICE: {**_AUDIENCE, "Experience flow": "Appointment reminder"},
            Flow.SCHEDULE: {"Start date": day[0], "End date": day[1]},
        }
        for flow, given in answers.items():
            self._models[flow] = await self._filled(person, flow, given)
            await person.wait_message(containing=NEWS[flow])

    def create(self, flow: Flow) -> Asked:
        """A campaign to be created."""
        number = next(self._numbers)
        name = f"Crash {number:05}"
        return Asked(flow, name, self._copy(flow, number, {"Model sms": name, "Model voice": name}))

    def schedule(self, name: str) -> Asked:
        """A schedule for the campaign of this name."""
        ids = {each.name: each.id for each in self._installed.kore.state.campaigns.values()}
        changes = {ids["Model sms"]: ids[name], "Model sms": name}
        return Asked(Flow.SCHEDULE, name, self._copy(Flow.SCHEDULE, next(self._numbers), changes))

    def _copy(self, flow: Flow, number: int, changes: dict[str, str]) -> Delivery:
        model = self._models[flow].packet.payload
        changes[model["view"]["id"]] = f"V{number:010}"
        changes[model["user"]["id"]] = next(self._authors)
        text = json.dumps(model)
        for old, new in changes.items():
            text = text.replace(old, new)
        packet = replace(self._models[flow].packet, payload=json.loads(text))
        return replace(self._models[flow], packet=packet)

    async def _filled(self, person: Person, flow: Flow, answers: Answers) -> Delivery:
        kind = "voice" if flow is Flow.VOICE else "sms"
        await person.command(f"/campaign {flow} Model {kind}")
        form = await person.wait_modal(TITLES[flow])
        await form.fill(answers)
        assert (await form.submit()).kind is OutcomeKind.CLOSED, form.errors
        sent = self._installed.slack.deliveries
        return next(each for each in reversed(sent) if each.name == "view_submission")
