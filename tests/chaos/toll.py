"""Judge from outside how everything ended: by what the pretend Slack and Kore.ai saw."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.kore import Operation, PretendKore
from sandbox.kore.calls import Call
from sandbox.slack import PretendSlack
from sandbox.slack.channels import Channel, ChannelKind, Post
from sandbox.slack.words import words
from tests.chaos.asked import Asked
from tests.crash.asking import NEWS
from tests.crash.points import Flow

_OPERATIONS = {
    Flow.SMS: Operation.CREATE,
    Flow.VOICE: Operation.CREATE,
    Flow.SCHEDULE: Operation.SCHEDULE,
    Flow.UNSCHEDULE: Operation.UNSCHEDULE,
    Flow.START: Operation.START,
    Flow.STOP: Operation.STOP,
}
_BY_ID = {Operation.START, Operation.STOP}
# The first sentence of the notice that something was not done, and of the one that says that the
# outcome is not known.
_NOT_DONE = {
    Flow.SMS: "“{}” was not created",
    Flow.VOICE: "“{}” was not created",
    Flow.SCHEDULE: "“{}” was not scheduled",
    Flow.UNSCHEDULE: "The schedule of “{}” was not removed",
    Flow.START: "“{}” was not started",
    Flow.STOP: "“{}” was not stopped",
    Flow.STATUS: "“{}” could not be looked up",
}
_NOT_KNOWN = {
    Flow.SMS: "Whether “{}” was created is not known",
    Flow.VOICE: "Whether “{}” was created is not known",
    Flow.SCHEDULE: "Whether “{}” was scheduled is not known",
    Flow.UNSCHEDULE: "Whether the schedule of “{}” was removed is not known",
    Flow.START: "Whether “{}” was started is not known",
    Flow.STOP: "Whether “{}” was stopped is not known",
}
_WANTED = {Flow.SCHEDULE: "wants to set this schedule", Flow.START: "wants to start this campaign"}
# A line beside the command that only points to the notice.
_POINTER = "has sent you a direct message about it"


class Fate(StrEnum):
    """How a submission ended: the first four are right."""

    DONE = "done and confirmed once"
    NOT_DONE = "not done, and told so"
    UNKNOWN = "told to be unknown"
    NEVER = "never accepted, and nothing done"
    LOST = "lost"
    TWICE = "twice"
    UNTOLD = "untold"
    WRONG = "wrong"


RIGHT = frozenset({Fate.DONE, Fate.NOT_DONE, Fate.UNKNOWN, Fate.NEVER})


@dataclass(frozen=True, slots=True)
class Told:
    """A message of the bot, and where it is.

    It is judged by what it showed at first. A card shows what was done last, and each action is
    told in a reply below it, which has the same text.
    """

    channel: Channel
    post: Post

    def __str__(self) -> str:
        return f"{self.channel.name} {self.post.ts}: {self.post.first.text}"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a submission: requests that Kore.ai carried out, and messages in Slack."""

    sent: int
    cards: list[Told]
    refusals: list[Told]
    unknowns: list[Told]
    requests: list[Told]

    @property
    def notices(self) -> list[Told]:
        """Return the notices about an action that was not done, or may not be."""
        return self.refusals + self.unknowns


@dataclass(slots=True)
class Toll:
    """Everything that people asked for, and what came of it.

    `refusals` are the words of the bot at forms that it did not accept.
    """

    slack: PretendSlack
    kore: PretendKore
    asked: list[Asked] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    sent: Counter[tuple[Operation, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Count each change from now on."""
        self.kore.on_call = self._count

    def told(self, asked: Asked) -> Found | None:
        """Return what was found if the author has been told of the outcome, else None."""
        found = self.found(asked)
        return found if found.cards or found.notices else None

    def untold(self) -> list[Asked]:
        """Return what was accepted, but not told yet."""
        return [each for each in self.asked if each.accepted and not self.told(each)]

    def fates(self) -> dict[Asked, Fate]:
        """Return how each submission ended."""
        return {each: self._fate(each, self.found(each)) for each in self.asked}

    def found(self, asked: Asked) -> Found:
        """Return what there is now of a submission."""
        about = [each for each in self._posts() if asked.name in each.post.first.text]
        name, flow = asked.name, asked.flow
        operation = _OPERATIONS.get(flow)
        return Found(
            sent=self.sent[operation, name] if operation else 0,
            cards=[each for each in about if _is_card(asked, each.post.first.text)],
            refusals=_saying(about, _NOT_DONE[flow].format(name)),
            unknowns=_saying(about, _NOT_KNOWN[flow].format(name)) if operation else [],
            requests=self._requests(asked) if asked.needs_approval else [],
        )

    def _fate(self, asked: Asked, found: Found) -> Fate:
        told = len(found.cards) + len(found.notices)
        cards_too_many = len(found.cards) > max(1, asked.tries)
        if max(found.sent, len(found.requests)) > 1 or told > asked.most or cards_too_many:
            return Fate.TWICE
        if not told:
            return self._fate_untold(asked, found)
        if asked.flow is Flow.STATUS or self._agree(asked, found):
            return self._fate_told(asked, found)
        return Fate.WRONG

    def _fate_untold(self, asked: Asked, found: Found) -> Fate:
        if found.sent or (asked.accepted and asked.flow is Flow.STATUS):
            return Fate.UNTOLD
        return Fate.LOST if asked.accepted else Fate.NEVER

    def _fate_told(self, asked: Asked, found: Found) -> Fate:
        if not all(self._is_right(asked, each) for each in (*found.cards, *found.notices)):
            return Fate.WRONG
        if found.cards:
            return Fate.DONE
        return Fate.UNKNOWN if found.unknowns else Fate.NOT_DONE

    def _agree(self, asked: Asked, found: Found) -> bool:
        """Return whether the messages agree with each other and with what Kore.ai did."""
        if found.cards:
            explained = asked.looked_again or not found.unknowns
            return found.sent == 1 and explained and not found.refusals
        return found.sent == 0 or not (found.refusals or asked.looked_again)

    def _is_right(self, asked: Asked, told: Told) -> bool:
        """Return whether a message has the right place, reader and facts."""
        direct = told.channel.kind is ChannelKind.DIRECT
        here = asked.author in told.channel.members if direct else told.channel.id == asked.channel
        text = told.post.first.text
        if not here or told.post.only_for not in (None, asked.author):
            return False
        if not _is_card(asked, text):
            return direct or told.post.only_for == asked.author
        approved = ", approved by <@" in text
        campaign = self.kore.state.campaign_named(asked.name)
        known = campaign is not None and f"ID {campaign.id}." in text
        return known and not direct and approved == asked.needs_approval

    def _requests(self, asked: Asked) -> list[Told]:
        """Return the cards that ask for approval; their text does not have the name."""
        wanted = _saying(self._posts(), _WANTED[asked.flow])
        return [each for each in wanted if asked.name in words(each.post.first.blocks)]

    def _posts(self) -> list[Told]:
        bot = self.slack.workspace.bot.id
        channels = self.slack.workspace.channels.values()
        return [Told(each, post) for each in channels for post in each.posts if post.author == bot]

    def _count(self, call: Call) -> None:
        operation, name = call.operation, call.query.get("campaignName", "")
        if operation is Operation.CREATE and isinstance(call.body, dict):
            name = call.body["name"]
        elif operation in _BY_ID:
            name = self.kore.state.campaign(call.params["campaign"]).name
        if name:
            self.sent[operation, name] += 1


def _saying(told: list[Told], sentence: str) -> list[Told]:
    found = [each for each in told if sentence in each.post.first.text]
    return [each for each in found if _POINTER not in each.post.first.text]


def _is_card(asked: Asked, text: str) -> bool:
    """Return whether this is the text of a card after such a submission."""
    shown = f"Campaign {asked.name}:"
    if asked.flow is Flow.STATUS:
        return text.startswith(shown)
    return shown in text and text.startswith(f"{NEWS[asked.flow]} <@{asked.author}>")
