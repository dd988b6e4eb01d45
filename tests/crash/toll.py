"""Find out how every submission ended, from the messages in Slack and the state of Kore.ai."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.kore.calls import Operation
from sandbox.slack import PretendSlack
from sandbox.slack.words import words
from tests.crash.asking import NEWS, Asked
from tests.crash.points import Flow
from tests.process import Installation

Request = tuple[Operation, str]

_NAME = re.compile(r"Crash \d{5}")
# The words of the notice after each kind of submission that was not done.
_NOTICE = {
    Flow.SMS: "created is not known",
    Flow.VOICE: "created is not known",
    Flow.SCHEDULE: "was not scheduled",
    Flow.UNSCHEDULE: "was not removed",
    Flow.STATUS: "could not be looked up",
}
# The Kore.ai request of each kind of submission; a look-up changes nothing.
_OPERATIONS = {
    Flow.SMS: Operation.CREATE,
    Flow.VOICE: Operation.CREATE,
    Flow.SCHEDULE: Operation.SCHEDULE,
    Flow.UNSCHEDULE: Operation.UNSCHEDULE,
}
# Every card has these words.
_CARD = "Checked in Kore.ai"


class Fate(StrEnum):
    """How a submission ended.

    `TOLD`: the request never reached Kore.ai, and one correct notice told the author so.
    """

    ONCE = "done and confirmed once"
    TOLD = "never arrived, and reported so"
    TWICE = "sent, confirmed or reported twice"
    LOST = "neither confirmed nor reported"
    WRONG = "reported wrongly"


@dataclass(frozen=True, slots=True)
class Found:
    """How often a submission's request was sent, done and confirmed, and the notices about it.

    A look-up counts as done when its card exists; `sent` then counts requests nobody asked for.
    """

    sent: int
    done: int
    confirmed: int
    notices: tuple[str, ...]

    def fate(self, flow: Flow) -> Fate:
        """Return how the submission ended."""
        match (self.done, self.confirmed, len(self.notices)):
            case _ if self.sent > (flow is not Flow.STATUS):
                return Fate.TWICE
            case (1, 1, 0):
                return Fate.ONCE
            case (0, 0, 1):
                return Fate.TOLD if _NOTICE[flow] in self.notices[0] else Fate.WRONG
            case (_, 0, 0):
                return Fate.LOST
            case (_, confirmed, notices) if confirmed > 1 or notices > 1:
                return Fate.TWICE
            case _:
                return Fate.WRONG


@dataclass(slots=True)
class Toll:
    """Counts requests as the services run, because their journals keep only the latest calls."""

    installed: Installation
    sent: Counter[Request] = field(default_factory=Counter)

    def count_requests(self) -> None:
        """Count the new requests and remove them from the journal."""
        requests = self.installed.kore.requests
        while requests:
            each = requests.popleft()
            if each.operation is Operation.CREATE and isinstance(each.body, dict):
                self.sent[each.operation, each.body["name"]] += 1
            elif each.operation in {Operation.SCHEDULE, Operation.UNSCHEDULE}:
                self.sent[each.operation, each.query["campaignName"]] += 1

    def found(self, submissions: Iterable[Asked]) -> list[tuple[Asked, Found]]:
        """Return each submission with what was found of it."""
        self.count_requests()
        every = list(submissions)
        asked_for = {request for each in every if (request := _request(each))}
        done, said = self._done(asked_for), _said(self.installed.slack)
        return [
            (each, self._found(each, asked_for, done, said.get(each.name, []))) for each in every
        ]

    def _found(
        self, asked: Asked, asked_for: set[Request], done: Counter[Request], said: list[str]
    ) -> Found:
        request = _request(asked)
        confirmed = sum(_confirms(asked.flow, text) for text in said)
        return Found(
            sent=self.sent[request] if request else self._unasked(asked.name, asked_for),
            done=done[request] if request else min(confirmed, 1),
            confirmed=confirmed,
            notices=tuple(text for text in said if f"Reference {asked.reference}" in text),
        )

    def _unasked(self, name: str, asked_for: set[Request]) -> int:
        requests = self.sent.keys() - asked_for
        return sum(self.sent[each] for each in requests if each[1] == name)

    def _done(self, asked_for: set[Request]) -> Counter[Request]:
        """Count what was done; a removal that was asked for proves that there was a schedule."""
        done: Counter[Request] = Counter()
        for each in self.installed.kore.state.campaigns.values():
            removal = (Operation.UNSCHEDULE, each.name)
            done[Operation.CREATE, each.name] += 1
            done[Operation.SCHEDULE, each.name] += each.schedule is not None or removal in asked_for
            done[removal] += each.schedule is None
        return done


def _request(asked: Asked) -> Request | None:
    operation = _OPERATIONS.get(asked.flow)
    return (operation, asked.name) if operation else None


def _confirms(flow: Flow, text: str) -> bool:
    """Return whether this is the card that confirms such a submission."""
    if flow is Flow.STATUS:
        return _CARD in text and not any(news in text for news in NEWS.values())
    return NEWS[flow] in text


def _said(slack: PretendSlack) -> dict[str, list[str]]:
    """Return all messages of the bot, public and private, by the campaign they name."""
    said: dict[str, list[str]] = {}
    for channel in slack.workspace.channels.values():
        for post in channel.posts:
            # A card shows what was done last; each action is told in a reply below it.
            text = words(post.first.blocks) or post.first.text
            for name in set(_NAME.findall(text)):
                said.setdefault(name, []).append(text)
    return said
