"""The judge of the drills notices what is lost, done twice, untold or told wrongly."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sandbox.clock import Clock
from sandbox.kore import Kind, Operation
from sandbox.kore.seed import add_campaigns
from sandbox.slack.channels import Channel, Post
from sandbox.slack.shapes import JsonObject
from tests.chaos import limits
from tests.chaos.asked import Asked
from tests.chaos.limits import LIMITED, Limits
from tests.chaos.toll import Fate, Toll
from tests.crash.points import Flow
from tests.world import pretend_kore, pretend_slack

NAME = "Drill 00001"
NOT_DONE = f"“{NAME}” was not scheduled. Kore.ai refused it."
UNKNOWN = f"Whether “{NAME}” was scheduled is not known."
POINTER = f"{NOT_DONE} The bot has sent you a direct message about it."


@dataclass(slots=True)
class Case:
    """An accepted schedule of a campaign, and what the bot could make of it."""

    toll: Toll
    asked: Asked

    def sent(self, times: int = 1) -> None:
        self.toll.sent[Operation.SCHEDULE, NAME] += times

    def card(self, where: str = "campaigns", approved: str = ", approved by <@U1>") -> None:
        (campaign,) = self.toll.kore.state.campaigns.values()
        news = f"Scheduled by <@{self.asked.author}>{approved}"
        self.say(self.channel(where), f"{news}. Campaign {NAME}: Scheduled. ID {campaign.id}.")

    def card_of_another(self) -> None:
        news = f"Scheduled by <@{self.asked.author}>, approved by <@U1>"
        self.say(self.channel("campaigns"), f"{news}. Campaign {NAME}: Scheduled. ID cd-0.")

    def notice(self, text: str = NOT_DONE) -> None:
        self.say(self.toll.slack.workspace.direct(self.asked.author), text)

    def notice_to_another(self) -> None:
        ravi = self.toll.slack.workspace.user_named("Ravi Iyer")
        self.say(self.toll.slack.workspace.direct(ravi.id), NOT_DONE)

    def request(self) -> None:
        named: list[JsonObject] = [{"type": "section", "text": {"type": "mrkdwn", "text": NAME}}]
        self.say(self.channel("campaigns"), "<@U1> wants to set this schedule", named)

    def look_again(self) -> None:
        self.asked.looked_again = True

    def refuse(self) -> None:
        self.asked.accepted = False

    def channel(self, name: str) -> Channel:
        return self.toll.slack.workspace.channel_named(name)

    def say(self, channel: Channel, text: str, blocks: list[JsonObject] | None = None) -> None:
        bot, ts = self.toll.slack.workspace.bot.id, self.toll.slack.workspace.now()
        channel.posts.append(Post(ts=ts, author=bot, text=text, blocks=blocks or []))


@pytest.fixture
def case() -> Case:
    slack, kore = pretend_slack(Clock()), pretend_kore(Clock())
    add_campaigns(kore.state, Kind.SMS, [NAME])
    workspace = slack.workspace
    author, where = workspace.user_named("Ana Lopez"), workspace.channel_named("campaigns")
    asked = Asked(Flow.SCHEDULE, NAME, author.id, where.id, accepted=True)
    return Case(Toll(slack, kore, [asked]), asked)


Step = Callable[[Case], None]
CASES: dict[str, tuple[Fate, tuple[Step, ...]]] = {
    "done": (Fate.DONE, (Case.sent, Case.request, Case.card)),
    "refused": (Fate.NOT_DONE, (Case.notice,)),
    "refused, with a pointer": (Fate.NOT_DONE, (Case.notice, lambda it: it.notice(POINTER))),
    "not known": (Fate.UNKNOWN, (Case.sent, lambda it: it.notice(UNKNOWN))),
    "known later": (
        Fate.DONE,
        (Case.sent, lambda it: it.notice(UNKNOWN), Case.look_again, Case.card),
    ),
    "never accepted": (Fate.NEVER, (Case.refuse,)),
    "lost": (Fate.LOST, ()),
    "only asked for approval": (Fate.LOST, (Case.request,)),
    "untold": (Fate.UNTOLD, (Case.sent,)),
    "not accepted, but done": (Fate.UNTOLD, (Case.refuse, Case.sent)),
    "sent twice": (Fate.TWICE, (lambda it: it.sent(2), Case.card)),
    "two cards": (Fate.TWICE, (Case.sent, Case.card, Case.card)),
    "two notices": (Fate.TWICE, (Case.notice, Case.notice)),
    "two requests": (Fate.TWICE, (Case.sent, Case.request, Case.request, Case.card)),
    "card for nothing": (Fate.WRONG, (Case.card,)),
    "another channel": (Fate.WRONG, (Case.sent, lambda it: it.card("marketing"))),
    "another campaign": (Fate.WRONG, (Case.sent, Case.card_of_another)),
    "no approver": (Fate.WRONG, (Case.sent, lambda it: it.card(approved=""))),
    "done, but told not": (Fate.WRONG, (Case.sent, Case.notice)),
    "told to another": (Fate.WRONG, (Case.notice_to_another,)),
    "never known": (
        Fate.WRONG,
        (Case.sent, lambda it: it.notice(UNKNOWN), Case.look_again),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_end_has_its_fate(case: Case, name: str) -> None:
    fate, steps = CASES[name]
    for step in steps:
        step(case)
    assert case.toll.fates() == {case.asked: fate}


def test_calls_inside_a_retry_after_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNDER_WAY_SECONDS", 0.0)
    plan = Limits(pretend_slack(Clock()), 1)
    plan.add("chat.update", LIMITED, seconds=30)
    for _ in range(3):
        assert plan.take("chat.update")
    assert plan.take("chat.postMessage") is None
    assert plan.broken == {"chat.update": 2}
