"""Submissions as Slack sends them: one of each kind is made in the forms, the others are copies."""

import asyncio
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sandbox.slack import Delivery, Person
from tests.crash.points import Flow
from tests.filling import fill_in
from tests.process import Installation
from tests.reviewing import confirm_review

Answers = Mapping[str, str | list[str]]

_AUDIENCE: Answers = {
    "Description": "Everybody",
    "Contact lists": ["Spring leads"],
    "Caller ID": "+1 202-555-0100",
}
TITLES = {
    Flow.SMS: "New SMS campaign",
    Flow.VOICE: "New voice campaign",
    Flow.SCHEDULE: "Schedule a campaign",
    Flow.UNSCHEDULE: "Review",
    Flow.START: "Review",
    Flow.STOP: "Review",
}
# The words by which a card confirms each kind of submission. A card after a look-up has none.
NEWS = {
    Flow.SMS: "Created by",
    Flow.VOICE: "Created by",
    Flow.SCHEDULE: "Scheduled by",
    Flow.UNSCHEDULE: "Schedule removed by",
    Flow.START: "Started by",
    Flow.STOP: "Stopped by",
}
PEOPLE = ("Mia Chen", "Omar Haddad", "Lena Vogel")


@dataclass(slots=True)
class Asked:
    """One submission and the state of its deliveries.

    If there is a form, `delivery` confirms its review once the bot has made one.
    """

    flow: Flow
    name: str
    delivery: Delivery
    form: Delivery | None = None
    reviewing: asyncio.Lock = field(default_factory=asyncio.Lock)
    acknowledged: bool = False
    delivered: int = 0
    history: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The key of the submission in the bot's records."""
        return key_of(self.delivery)

    @property
    def reference(self) -> str:
        """The reference of the submission in the bot's log."""
        return sha256(self.key.encode()).hexdigest()[:8]

    def confirm(self, view_name: str, digest: str) -> None:
        """Make `delivery` confirm the review that was shown."""
        shown = {"external_id": view_name, "private_metadata": digest}
        view = self.delivery.packet.payload["view"] | shown
        payload = self.delivery.packet.payload | {"view": view}
        self.delivery = replace(
            self.delivery, packet=replace(self.delivery.packet, payload=payload)
        )
        self.form = None

    @property
    def owed(self) -> bool:
        """Whether Slack must deliver it again: not acknowledged, or not delivered twice yet."""
        return not self.acknowledged or self.delivered < 2


class Forms:
    """Gives new submissions, made by several people in turn."""

    def __init__(self, installed: Installation) -> None:
        self._installed = installed
        self._models: dict[Flow, list[Delivery]] = {}
        self._numbers = itertools.count(1)
        workspace = installed.slack.workspace
        channel = workspace.channel_named("campaigns")
        for real_name in PEOPLE:
            name = real_name.split()[0].lower()
            channel.members.add(workspace.add_user(real_name, name=name, tz="UTC").id)
        people = [person for person in workspace.users.values() if not person.is_bot]
        self._authors = itertools.cycle([person.id for person in people])

    async def fill(self) -> None:
        """Fill in each form and type each command once, while the bot runs."""
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
        self._models[Flow.UNSCHEDULE] = _unscheduling(self._models[Flow.SCHEDULE])
        self._models[Flow.STATUS] = [await self._typed(person)]

    def create(self, flow: Flow) -> Asked:
        """Return a submission that creates a campaign."""
        number = next(self._numbers)
        name = f"Crash {number:05}"
        return self._asked(flow, name, number, {"Model sms": name, "Model voice": name})

    def about(self, flow: Flow, name: str) -> Asked:
        """Return a submission about the existing campaign with this name."""
        ids = {each.name: each.id for each in self._installed.kore.state.campaigns.values()}
        changes = {ids["Model sms"]: ids[name], "Model sms": name}
        return self._asked(flow, name, next(self._numbers), changes)

    def _asked(self, flow: Flow, name: str, number: int, changes: dict[str, str]) -> Asked:
        *forms, last = self._models[flow]
        model = last.packet.payload
        author = model["user_id"] if flow is Flow.STATUS else model["user"]["id"]
        changes = changes | {key_of(last): f"V{number:010}", author: next(self._authors)}
        copies = [_copy(each, changes) for each in (*forms, last)]
        return Asked(flow, name, copies[-1], copies[0] if forms else None)

    async def _filled(self, person: Person, flow: Flow, answers: Answers) -> list[Delivery]:
        kind = "voice" if flow is Flow.VOICE else "sms"
        await person.command(f"/campaign {flow} Model {kind}")
        form = await person.wait_modal(TITLES[flow])
        await fill_in(form, answers)
        await form.submit()
        first = self._latest("view_submission")
        await confirm_review(person)
        return [first, self._latest("view_submission")]

    async def _typed(self, person: Person) -> Delivery:
        seen = len(person.messages())
        await person.command("/campaign status Model sms")
        await person.wait_change(lambda: len(person.messages()), seen)
        return self._latest("/campaign")

    def _latest(self, name: str) -> Delivery:
        return next(
            each for each in reversed(self._installed.slack.deliveries) if each.name == name
        )


def key_of(delivery: Delivery) -> str:
    """Return a submission's key in the records: the ID of its first view or a command's trigger."""
    payload = delivery.packet.payload
    return str(payload["view"]["root_view_id"] if "view" in payload else payload["trigger_id"])


def _unscheduling(scheduling: list[Delivery]) -> list[Delivery]:
    """Return deliveries that remove a schedule, made from those that set one.

    The first is the answer to the question in which environment the campaign is: unlike a command,
    it has a view that a copy can name.
    """
    form, confirmation = scheduling
    view = form.packet.payload["view"]
    chosen = view["state"]["values"]["campaign"]["campaign"]["selected_option"]["value"]
    context = json.loads(view["private_metadata"]) | {"kept": {"campaign": chosen}}
    asks = {"callback_id": "unschedule", "private_metadata": json.dumps(context)}
    payload = form.packet.payload | {"view": view | asks | {"state": {"values": {}}}}
    return [replace(form, packet=replace(form.packet, payload=payload)), confirmation]


def _copy(model: Delivery, changes: Mapping[str, str]) -> Delivery:
    text = json.dumps(model.packet.payload)
    for old, new in changes.items():
        text = text.replace(old, new)
    return replace(model, packet=replace(model.packet, payload=json.loads(text)))
