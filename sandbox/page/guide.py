"""What the page tells a visitor about the sandbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hint:
    """Names that exist in the sandbox and can be used in forms."""

    label: str
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class Guide:
    """The author, the approver, the channel for approvals, and everyone's role by name."""

    author: str
    approver: str
    approvals: str
    parts: Mapping[str, str] = field(default_factory=dict)
    hints: Sequence[Hint] = ()
