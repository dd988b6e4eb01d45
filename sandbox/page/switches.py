"""The failures that a visitor can plan, and their descriptions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sandbox.kore import PretendKore
from sandbox.kore.faults import EVERY_OPERATION, FaultKind, When
from sandbox.slack import PretendSlack
from sandbox.slack.faults import DELIVERY

KORE_HANGS_SECONDS = 30.0
SLACK_HANGS_SECONDS = 15.0
LOST = "lost"
"""Kore.ai carries out the request, but its answer is lost."""

TIMES = {"1": "the next time", "3": "the next three times", "": "until it is called off"}
"""How often something fails, as text; "" means until it is called off."""

Plan = Callable[[PretendSlack, PretendKore, str, str, int | None], None]


@dataclass(frozen=True, slots=True)
class Switch:
    """A service that can fail: its kinds of failure and its operations, and `plan` to plan one."""

    name: str
    kinds: Mapping[str, str]
    operations: Mapping[str, str]
    plan: Plan

    def can(self, asked: Mapping[str, str]) -> bool:
        """Return whether the posted form asks for a failure that this service supports."""
        return (
            asked.get("service") == self.name
            and asked.get("kind") in self.kinds
            and asked.get("operation") in self.operations
            and asked.get("times") in TIMES
        )


def _kore(_: PretendSlack, kore: PretendKore, operation: str, kind: str, times: int | None) -> None:
    lost = kind == LOST
    kore.faults.add(
        operation,
        FaultKind.RESET if lost else kind,
        when=When.AFTER if lost else When.BEFORE,
        times=times,
        seconds=KORE_HANGS_SECONDS if kind == FaultKind.HANG else None,
    )


def _slack(slack: PretendSlack, _: PretendKore, method: str, kind: str, times: int | None) -> None:
    slack.faults.add(method, kind, times, seconds=SLACK_HANGS_SECONDS)


def _delivery(
    slack: PretendSlack, _: PretendKore, method: str, kind: str, times: int | None
) -> None:
    slack.faults.add(method, kind, times, carried_out=kind == "operation_timeout")


SWITCHES = (
    Switch(
        "Kore.ai",
        {
            FaultKind.SERVER_ERROR_500: "answers with error 500",
            LOST: "does it, and the answer is lost",
            FaultKind.RESET: "drops the connection",
            FaultKind.HANG: "does not answer for half a minute",
            FaultKind.RATE_LIMIT_429: "has had too many requests",
            FaultKind.UNAUTHORIZED_401: "does not accept the bot's credentials",
            FaultKind.HTML: "answers with a web page",
        },
        {
            EVERY_OPERATION: "at any request",
            "create": "when a campaign is created",
            "schedule": "when one is scheduled",
            "start": "when one is started",
            "search": "when campaigns are looked up",
            "get": "when one campaign is read",
        },
        _kore,
    ),
    Switch(
        "Slack",
        {
            "http_500": "answers with error 500",
            "ratelimited": "has had too many requests",
            "hang": "does not answer for a quarter of a minute",
        },
        {
            "chat.postMessage": "when a message is posted",
            "chat.update": "when a message is changed",
            "views.open": "when a form is opened",
            "views.update": "when a form is changed",
            "response_url": "when a command is answered later",
            "files.completeUploadExternal": "when a file is shared",
        },
        _slack,
    ),
    Switch(
        "Slack's way to the bot",
        {
            "dispatch_failed": "is closed",
            "operation_timeout": "takes more than three seconds",
        },
        {DELIVERY: "at whatever people do"},
        _delivery,
    ),
)


def planned(slack: PretendSlack, kore: PretendKore) -> Iterator[str]:
    """Yield a sentence for each planned failure."""
    for fault in kore.faults.planned:
        kind = LOST if fault.when is When.AFTER else fault.kind
        yield _sentence(SWITCHES[0], kind, fault.operation, fault.times)
    for order in slack.faults.orders:
        switch = SWITCHES[2 if order.method == DELIVERY else 1]
        yield _sentence(switch, order.fault.kind, order.method, order.left)


def _sentence(switch: Switch, kind: str, operation: str, times: int | None) -> str:
    how, where = switch.kinds.get(kind, kind), switch.operations.get(operation, operation)
    often = "until called off" if times is None else f"{times} more" if times > 1 else "once"
    return f"{switch.name} {how} {where}, {often}."
