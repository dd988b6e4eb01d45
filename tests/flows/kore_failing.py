"""How Kore.ai and the network fail: what is certain then, and what is not.

One fault of a sort is tried in every run of the tests, the others in `./dev drill cases`: what the
client makes of each is tested in `tests/bot/kore`.
"""

import pytest

from sandbox.kore import FaultKind, Operation, PretendKore
from sandbox.kore.calls import Call

# What is certainly not done, and the words for why.
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
# What is not known until Kore.ai is asked again.
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
    """Give a campaign a name just before an operation: later than the bot can look."""

    def on_call(call: Call) -> None:
        if call.operation is operation:
            kore.state.campaigns[campaign].body["name"] = name

    monkeypatch.setattr(kore, "on_call", on_call)
