"""What all notifications have in common."""

from datetime import datetime

from bot.campaigns.values import Frozen


class BaseNotification(Frozen):
    """The base class of all notifications. A submission has at most one of each `kind`."""

    @property
    def expires_at(self) -> datetime | None:
        """Return when it is no longer true; None if it stays true."""
        return None
