"""How Kore.ai and the network fail: whether it is certain that nothing was done.

Every run tests a few faults of each sort, and `./dev drill cases` tests them all. `tests/bot/kore`
tests how the client reads each fault.
"""

import pytest

from sandbox.kore import FaultKind, Operation, PretendKore
from sandbox.kore.calls import Call

# After these faults the work is certainly not done; each has the reason that the bot gives.
CERTAIN = [
    (FaultKind.RATE_LIMIT_429, "takes no more requests"),
    (FaultKind.FAILURE_200, "refused it"),
    *(
        pytest.param(kind, why, marks=pytest.mark.drill)
        for kind, why in (
            (FaultKind.RATE_LIMIT_SENTENCE, "takes no more requests"),
            (FaultKind.UNAUTHORIZED_401, "does not accept the bot's credentials"),
        )
    ),
]
# After these faults the bot must ask Kore.ai whether the work was done.
LOST = [
    FaultKind.RESET,
    FaultKind.UNEXPECTED_200,
    *(
        pytest.param(kind, marks=pytest.mark.drill)
        for kind in (FaultKind.SERVER_ERROR_500, FaultKind.HTML, FaultKind.TRUNCATED)
    ),
]


def rename_at(
    kore: PretendKore,
    monkeypatch: pytest.MonkeyPatch,
    operation: Operation,
    campaign: str,
    name: str,
) -> None:
    """Rename a campaign just before an operation, too late for the bot's checks."""

    def on_call(call: Call) -> None:
        if call.operation is operation:
            kore.state.campaigns[campaign].body["name"] = name

    monkeypatch.setattr(kore, "on_call", on_call)
