"""Failures of the Web API that a test or a visitor orders."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlannedFault:
    """One failure to come; see `FaultPlan.add`."""

    kind: str
    seconds: float
    carried_out: bool


class FaultPlan:
    """Which of the next calls fail, and how."""

    def __init__(self) -> None:
        self._planned: dict[str, list[PlannedFault]] = {}

    def add(
        self,
        method: str,
        kind: str,
        times: int = 1,
        *,
        seconds: float = 1,
        carried_out: bool = False,
    ) -> None:
        """Let the next calls of a method fail.

        Args:
            method: as in the Web API, such as "chat.postMessage", or "response_url".
            kind: "ratelimited" (HTTP 429), "http_500", "hang" (answers late, if the bot still
                waits), or any error of the Web API, such as "fatal_error".
            times: how many calls fail.
            seconds: the Retry-After of "ratelimited", the length of "hang".
            carried_out: whether the call takes effect all the same, so that only its answer fails.
        """
        fault = PlannedFault(kind, seconds, carried_out)
        self._planned.setdefault(method, []).extend([fault] * times)

    def take(self, method: str) -> PlannedFault | None:
        """The fault planned for the call now made."""
        planned = self._planned.get(method)
        return planned.pop(0) if planned else None

    def clear(self) -> None:
        """Let nothing fail any more."""
        self._planned.clear()
