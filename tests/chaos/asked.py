"""What a person asked of the bot, and whether the bot accepted it."""

from dataclasses import dataclass, field
from hashlib import sha256

from sandbox.slack import Delivery
from tests.crash.asking import key_of
from tests.crash.points import Flow

# The environment of the drills requires approval for these.
APPROVED = frozenset({Flow.SCHEDULE, Flow.START})


@dataclass(slots=True, eq=False)
class Asked:
    """One action on one campaign, which its author repeats until the bot accepts it.

    `tries` counts the commands typed for a look-up, because each is a submission of its own; a form
    is accepted only once. `looked_again` is set when the author has the bot check an unknown
    outcome, which leads to one more message.
    """

    flow: Flow
    name: str
    author: str
    channel: str
    accepted: bool = False
    tries: int = 0
    looked_again: bool = False
    references: set[str] = field(default_factory=set)
    history: list[str] = field(default_factory=list)

    @property
    def needs_approval(self) -> bool:
        """Return whether somebody else must approve it."""
        return self.flow in APPROVED

    @property
    def most(self) -> int:
        """Return how many cards or notices there may be."""
        return max(1, self.tries) + self.looked_again

    def note(self, delivery: Delivery) -> None:
        """Remember a delivery, and the reference under which the bot logs it."""
        self.references.add(sha256(key_of(delivery).encode()).hexdigest()[:8])
        self.history.append(f"{delivery.at:%H:%M:%S.%f} {delivery.name} {delivery.status}")
