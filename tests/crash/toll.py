"""What became of every submission, as people and Kore.ai see it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.kore.calls import Operation
from sandbox.slack import PretendSlack
from sandbox.slack.words import words
from sandbox.slack.workspace import Post
from tests.crash.asking import NEWS, Asked
from tests.crash.points import Flow
from tests.process import Installation

_NAME = re.compile(r"Crash \d{5}")
# What a notice says of something that is not known to be done.
_NOTICE = {
    Flow.SMS: "created is not known",
    Flow.VOICE: "created is not known",
    Flow.SCHEDULE: "was not scheduled",
}


class Fate(StrEnum):
    """`TOLD`: the request never reached Kore.ai, and the author was told once, in true words."""

    ONCE = "done and confirmed once"
    TOLD = "never arrived, and told so"
    TWICE = "sent, confirmed or told twice"
    LOST = "neither confirmed nor told"
    WRONG = "told what is not so"


@dataclass(frozen=True, slots=True)
class Found:
    """How often a submission's request was sent, and was done, and what was said of it."""

    sent: int
    done: int
    confirmed: int
    notices: tuple[str, ...]

    def fate(self, flow: Flow) -> Fate:
        """What this amounts to."""
        match (self.done, self.confirmed, len(self.notices)):
            case _ if self.sent > 1:
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
    """Counts while the services go on, as their journals keep only the latest calls."""

    installed: Installation
    sent: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count_requests(self) -> None:
        """Take the requests since the last time out of the journal."""
        requests = self.installed.kore.requests
        while requests:
            each = requests.popleft()
            if each.operation is Operation.CREATE and isinstance(each.body, dict):
                self.sent[each.operation, each.body["name"]] += 1
            elif each.operation is Operation.SCHEDULE:
                self.sent[each.operation, each.query["campaignName"]] += 1

    def found(self, submissions: Iterable[Asked]) -> list[tuple[Asked, Found]]:
        """What there is of each submission."""
        self.count_requests()
        done, said = self._done(), _said(self.installed.slack)
        return [(each, self._found(each, done, said)) for each in submissions]

    def _found(
        self, asked: Asked, done: Counter[tuple[str, str]], said: dict[str, list[str]]
    ) -> Found:
        operation = _operation(asked.flow)
        about = said.get(asked.name, [])
        verb = "scheduled" if asked.flow is Flow.SCHEDULE else "created"
        return Found(
            sent=self.sent[operation, asked.name],
            done=done[operation, asked.name],
            confirmed=sum(NEWS[asked.flow] in text for text in about),
            notices=tuple(text for text in about if re.search(f"{verb} is not|not {verb}", text)),
        )

    def _done(self) -> Counter[tuple[str, str]]:
        campaigns = self.installed.kore.state.campaigns.values()
        created = Counter((str(Operation.CREATE), each.name) for each in campaigns)
        return created + Counter(
            (str(Operation.SCHEDULE), each.name) for each in campaigns if each.schedule
        )


def _operation(flow: Flow) -> str:
    return Operation.SCHEDULE if flow is Flow.SCHEDULE else Operation.CREATE


def _said(slack: PretendSlack) -> dict[str, list[str]]:
    """All the bot said for good, to everybody or to one person, by the campaign it names."""
    said: dict[str, list[str]] = {}
    for channel in slack.workspace.channels.values():
        for post in channel.posts:
            text = _text(post)
            for name in set(_NAME.findall(text)):
                said.setdefault(name, []).append(text)
    return said


def _text(post: Post) -> str:
    return "" if post.only_for else words(post.blocks) or post.text
