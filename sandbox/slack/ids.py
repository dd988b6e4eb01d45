"""Ids in Slack's format."""

import secrets
import string
from datetime import datetime

ALPHABET = string.ascii_uppercase + string.digits


def new_id(prefix: str) -> str:
    """Return an id such as "C0Q7ZK2M4XA"; the first letter says what kind of object it is."""
    return prefix + "".join(secrets.choice(ALPHABET) for _ in range(10))


def secret() -> str:
    """Return an unguessable string for a URL or a trigger."""
    return secrets.token_hex(12)


class Timestamps:
    """Message timestamps such as "1800000000.000100", each later than the one before."""

    def __init__(self) -> None:
        self._last = 0

    def after(self, moment: datetime) -> str:
        """Return the timestamp of `moment`, or the next unused one after it."""
        self._last = max(self._last + 1, int(moment.timestamp() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"
