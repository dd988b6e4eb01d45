"""Watch whether the bots keep Slack's limits: no call of a method inside its Retry-After."""

import math
import time
from collections import Counter

from sandbox.slack import PretendSlack
from sandbox.slack.faults import FaultPlan, PlannedFault

LIMITED = "ratelimited"
# Calls may already be under way when Slack first answers 429.
UNDER_WAY_SECONDS = 0.5


class Limits(FaultPlan):
    """Replaces the pretend Slack's fault plan, which is asked once at the start of every call.

    Once a method was answered with 429, so is every call until its Retry-After is over. `broken`
    counts these calls by method. Each of several processes learns of a 429 by a call of its own, or
    by several that it makes at once.
    """

    def __init__(self, slack: PretendSlack, processes: int) -> None:
        super().__init__()
        self._others = processes - 1
        self._learned: Counter[str] = Counter()
        self.broken: Counter[str] = Counter()
        self._spans: dict[str, tuple[float, float]] = {}
        self._noted: dict[str, float] = {}
        slack.state.faults = self

    def take(self, method: str) -> PlannedFault | None:
        """Return the fault for this call, after checking whether it may be made now."""
        now = time.monotonic()
        begin, end = self._spans.get(method, (now, now))
        if now < end:
            if now > self._noted.get(method, begin) + UNDER_WAY_SECONDS:
                self._noted[method] = now
                self._learned[method] += 1
                self.broken[method] += self._learned[method] > self._others
            return PlannedFault(LIMITED, math.ceil(end - now), carried_out=False)
        fault = super().take(method)
        if fault and fault.kind == LIMITED:
            self._spans[method] = (now, now + fault.seconds)
            self._learned[method] = 0
            self._noted[method] = now
        return fault
