"""People who make campaigns and approve them, and who try again when something fails."""

import asyncio
import contextlib
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sandbox.slack import Delivery, Message, Modal, Outcome, OutcomeKind, Person
from sandbox.slack.channels import Channel
from sandbox.slack.fields import FormError
from tests.chaos.asked import Asked
from tests.chaos.toll import Told, Toll
from tests.crash.asking import TITLES
from tests.crash.points import Flow
from tests.filling import fill_in

# How long a person waits for a form or a review before they begin again.
FORM_SECONDS = 6.0
PAUSE_SECONDS = 0.3
# This share of the confirmed forms is delivered twice more, as by an impatient person.
REPEATED = 0.3
REVIEWED = "Review"
CREATING = frozenset({Flow.SMS, Flow.VOICE})
NOT_ACCEPTED = "Not accepted"
APPROVALS = "approvals"
# What a person does with a campaign, one after the other.
STORIES: Sequence[Sequence[Flow]] = (
    (Flow.SMS, Flow.SCHEDULE, Flow.UNSCHEDULE),
    (Flow.VOICE, Flow.STATUS, Flow.START, Flow.STOP),
    (Flow.SMS, Flow.START, Flow.STATUS, Flow.STOP),
    (Flow.VOICE, Flow.SCHEDULE, Flow.STATUS, Flow.UNSCHEDULE),
)


class Again(Exception):
    """The person must begin this action again; the message is what they read."""


class Author:
    """A person who makes campaigns in one channel."""

    def __init__(
        self,
        person: Person,
        channel: Channel,
        toll: Toll,
        dice: random.Random,
        *,
        patience: float,
    ) -> None:
        """`patience` is how many seconds they try, and then wait to be told."""
        self._person, self._channel, self._toll = person, channel, toll
        self._dice, self._patience = dice, patience

    async def live(self, story: Sequence[Flow], name: str) -> None:
        """Do what the story says, until something is not done."""
        for flow in story:
            asked = Asked(flow, name, self._person.user.id, self._channel.id)
            self._toll.asked.append(asked)
            await self._insist(asked)
            if not (asked.accepted and await self._is_confirmed(asked)):
                return
            if flow is Flow.VOICE:
                # Kore.ai refuses to start a campaign that it still prepares.
                await asyncio.sleep(self._toll.kore.preparing_seconds)

    async def look_again(self) -> None:
        """Let the bot check whether the campaigns exist that it was not sure of."""
        mine = [each for each in self._toll.asked if each.author == self._person.user.id]
        for asked in (each for each in mine if each.flow in CREATING):
            for unknown in self._toll.found(asked).unknowns:
                asked.looked_again = True
                await self._person.click(self._message(unknown), "Check again")

    async def _insist(self, asked: Asked) -> None:
        """Repeat an action until the bot accepts it, or the person gives up."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._patience):
                while not asked.accepted:
                    await self._try(asked)

    async def _is_confirmed(self, asked: Asked) -> bool:
        """Wait until the author is told; return whether it was done."""
        try:
            found = await self._person.state.changes.until(
                lambda: self._toll.told(asked), within=self._patience, missing=str
            )
        except TimeoutError:
            return False
        return bool(found.cards)

    async def _try(self, asked: Asked) -> None:
        self._person.state.views.clear(self._person.user.id)
        try:
            await (self._look_up if asked.flow is Flow.STATUS else self._submit)(asked)
        except (Again, TimeoutError, LookupError, FormError) as error:
            asked.history.append(f"again: {type(error).__name__}: {error}"[:200])
            await asyncio.sleep(PAUSE_SECONDS)

    async def _look_up(self, asked: Asked) -> None:
        asked.tries += 1
        seen = len(self._person.messages(self._channel.name))
        failed = len(self._person.notices)
        await self._type(asked)
        answers = self._person.messages(self._channel.name)[seen:]
        refusals = [
            each.text for each in answers if each.is_ephemeral and "did nothing" in each.text
        ]
        self._toll.refusals += refusals
        asked.accepted = not refusals and len(self._person.notices) == failed

    async def _type(self, asked: Asked) -> None:
        await self._person.command(f"/campaign {asked.flow} {asked.name}", self._channel.name)
        asked.note(self._latest("/campaign"))

    async def _submit(self, asked: Asked) -> None:
        await self._type(asked)
        shown = await self._person.wait_modal(TITLES[asked.flow], within=FORM_SECONDS)
        if answers := _answers(asked):
            await fill_in(shown, answers)
            await self._press(shown)
            shown = self._top()
        await self._read(shown)
        await self._confirm(asked, shown)

    async def _read(self, review: Modal) -> None:
        """Wait until the review can be confirmed, and give a reason if it asks for one."""
        if review.title != REVIEWED:
            self._toll.refusals.append(review.text)
            raise Again(review.text)
        await self._person.state.changes.until(
            lambda: None if "Checking" in review.text else True,
            within=FORM_SECONDS,
            missing=lambda: "the review was not shown",
        )
        if not review.submit_text:
            raise Again(review.text)
        await review.fill(dict.fromkeys(review.labels, "They asked for it"))

    async def _confirm(self, asked: Asked, shown: Modal) -> None:
        """Press the button until the form closes, as the first press may have been accepted."""
        while (await self._press(shown)).kind is not OutcomeKind.CLOSED:
            told = self._top()
            self._toll.refusals.append(told.text)
            if told.title != NOT_ACCEPTED:
                raise Again(told.text)
            await told.close()
            await asyncio.sleep(PAUSE_SECONDS)
        asked.accepted = True
        confirmed = self._latest("view_submission")
        asked.note(confirmed)
        if self._dice.random() < REPEATED:
            for _ in range(2):
                await self._person.state.courier.deliver(confirmed.packet)

    async def _press(self, shown: Modal) -> Outcome:
        """Press a form's button while Slack shows that this failed."""
        while (outcome := await shown.submit()).kind is OutcomeKind.FAILED:  # noqa: ASYNC110 # the bot changes it
            await asyncio.sleep(PAUSE_SECONDS)
        return outcome

    def _message(self, told: Told) -> Message:
        return Message(self._person.state.workspace, told.channel, told.post, self._person.user.id)

    def _top(self) -> Modal:
        shown = self._person.modal()
        if shown is None:
            raise Again("no form is open")
        return shown

    def _latest(self, name: str) -> Delivery:
        sent = reversed(self._person.state.journal.deliveries)
        return next(
            each for each in sent if each.name == name and _sender(each) == self._person.user.id
        )


class Approver:
    """A person who approves every request, and again if the card does not change."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._pressed: dict[str, float] = {}

    async def work(self) -> None:
        """Approve what comes, for ever."""
        while True:
            for card in self._person.messages(APPROVALS):
                if "Approve" in card.buttons and self._is_due(card.ts):
                    await self._person.click(card, "Approve")
            await asyncio.sleep(PAUSE_SECONDS)

    def _is_due(self, ts: str) -> bool:
        now = asyncio.get_running_loop().time()
        if now < self._pressed.get(ts, 0.0):
            return False
        self._pressed[ts] = now + FORM_SECONDS
        return True


def list_of(name: str) -> str:
    """Return the campaign's contact list: Kore.ai runs one campaign at a time on a list."""
    return f"Leads of {name}"


def _sender(delivery: Delivery) -> object:
    payload = delivery.packet.payload
    return payload.get("user_id") or payload.get("user", {}).get("id")


def _answers(asked: Asked) -> Mapping[str, str | list[str]]:
    audience: dict[str, str | list[str]] = {
        "Contact lists": [list_of(asked.name)],
        "Caller ID": "+1 202-555-0100",
    }
    # Who makes a voice campaign unfolds the options, which needs one more answer of the bot's.
    options = {"Description": "Everybody", "DNC list": "Do not call"}
    match asked.flow:
        case Flow.SMS:
            return {**audience, "Message": "Hello"}
        case Flow.VOICE:
            return {**audience, "Experience flow": "Appointment reminder", **options}
        case Flow.SCHEDULE:
            days = [f"{datetime.now(UTC) + timedelta(days=ahead):%Y-%m-%d}" for ahead in (2, 9)]
            return {"Start date": days[0], "End date": days[1]}
        case _:
            return {}
