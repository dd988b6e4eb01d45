"""Ids in the form in which Slack gives them."""

import secrets
import string
from datetime import datetime

ALPHABET = string.ascii_uppercase + string.digits


def new_id(prefix: str) -> str:
    """An id such as "C0Q7ZK2M4XA"; its first letter says what kind of thing it names."""
    return prefix + "".join(secrets.choice(ALPHABET) for _ in range(10))


def secret() -> str:
    """An unguessable word for an address or a trigger."""
    return secrets.token_hex(12)


class Timestamps:
    """Message timestamps, "1800000000.000100", each later than the one before."""

    def __init__(self) -> None:
        self._last = 0

    def after(self, moment: datetime) -> str:
        """The timestamp of `moment`, or the next free one after it."""
        self._last = max(self._last + 1, int(moment.timestamp() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"
