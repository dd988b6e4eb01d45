"""The errors of a call to Kore.ai, one class per reason, each with what is known of its effect.

KoreError
  * Unreachable      the request was not sent
  * NoAnswer         the request may have arrived, but no response did
  * RateLimited      refused: too many requests
  * BadCredentials   refused: the JWT app is unknown or its secret is wrong
  * NotAllowed       refused: the JWT app lacks the scope
  * NotFound         refused: no such campaign or contact list
  * UnknownRoute     refused: Kore.ai has no such endpoint
  * Refused          refused for another reason, given in `sentence`
  * NoDncInVersion1  not sent: version 1 cannot carry the DNC list
  * ServerFault      an error on Kore.ai's side
  * InvalidResponse  a response that cannot be read
  * ListIncomplete   not all of a list was read, so a campaign missing from it may exist
"""

from enum import StrEnum
from typing import ClassVar

from bot.campaigns.reasons import ListProgress
from bot.kore.endpoints import ENDPOINTS, Operation


class Outcome(StrEnum):
    """The effect of a failed call in Kore.ai."""

    NOT_DONE = "not_done"
    UNKNOWN = "unknown"


class KoreError(Exception):
    """A failed call to Kore.ai.

    `sentence` is the server's message, with phone numbers masked, or empty. `code` is the code in
    the error body, which is not always an HTTP status.
    """

    nothing_happened: ClassVar[bool] = True
    """Whether the reason proves that a write was not carried out."""

    def __init__(
        self,
        operation: Operation,
        *,
        sentence: str = "",
        http_status: int | None = None,
        code: int | str | None = None,
    ) -> None:
        """Store the details. `args` is only the operation, so that errors can be pickled."""
        super().__init__(operation)
        self.operation = operation
        self.sentence = sentence
        self.http_status = http_status
        self.code = code

    @property
    def outcome(self) -> Outcome:
        """Return the effect of the call; a read never has one."""
        harmless = self.nothing_happened or ENDPOINTS[self.operation].reads
        return Outcome.NOT_DONE if harmless else Outcome.UNKNOWN

    def __str__(self) -> str:
        """Return the operation, the reason, and the HTTP status and server's message if known."""
        words = f"{self.operation}: {type(self).__name__}"
        if self.http_status is not None:
            words += f" (HTTP {self.http_status})"
        return f"{words}: {self.sentence}" if self.sentence else words


class Unreachable(KoreError):
    """No connection was made, so the request was not sent."""


class NoAnswer(KoreError):
    """The request may have arrived, but no response came back."""

    nothing_happened = False


class Refused(KoreError):
    """Kore.ai refused the request, with the reason in `sentence`."""


class RateLimited(Refused):
    """The account's rate limit is reached. `retry_after` is in seconds, None if not given."""

    retry_after: float | None = None


class BadCredentials(Refused):
    """The JWT was rejected: unknown client ID, wrong secret, or a wrong clock."""


class NotAllowed(Refused):
    """The JWT app lacks permission: most likely its scope is missing or not published."""


class NotFound(Refused):
    """Kore.ai has no campaign or contact list with this ID."""


class UnknownRoute(Refused):
    """Kore.ai has no such endpoint: the host or the form of the path is wrong."""


class NoDncInVersion1(KoreError):
    """Version 1 was chosen for voice, but would silently drop the campaign's DNC list."""


class ServerFault(KoreError):
    """Kore.ai failed while processing the request."""

    nothing_happened = False


class InvalidResponse(KoreError):
    """The response differs from Kore.ai's documentation: wrong fields, HTML, or truncated."""

    nothing_happened = False


class ListIncomplete(KoreError):
    """Not every campaign could be read, so a campaign that was not found may exist anyway.

    `progress` is how far the list was read.
    """

    progress: ListProgress | None = None
