"""What a visitor is told about the sandbox they came into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hint:
    """Names that exist in the sandbox, to be used in forms."""

    label: str
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class Guide:
    """The people by their names: what each is, and where the one who approves is asked."""

    author: str
    approver: str
    approvals: str
    parts: Mapping[str, str] = field(default_factory=dict)
    hints: Sequence[Hint] = ()
