"""What can go wrong with a call, by reason, and what is then known of its effect.

KoreError
  * Unreachable      the request never left
  * NoAnswer         it may have arrived; nothing came back
  * RateLimited      refused: too many requests
  * BadCredentials   refused: the JWT app is not known or its secret is wrong
  * NotAllowed       refused: the JWT app lacks the scope
  * NotFound         refused: no such campaign or contact list
  * UnknownRoute     refused: Kore.ai has no such endpoint
  * Refused          refused for another reason, which `sentence` tells
  * NoDncInVersion1  not sent: version 1 cannot carry the DNC list
  * ServerFault      an error on Kore.ai's side
  * InvalidResponse          an answer that cannot be understood
  * ListIncomplete   a list whose end could not be reached, so that what is not in it may exist
"""

from enum import StrEnum
from typing import ClassVar

from bot.campaigns.reasons import ListProgress
from bot.kore.endpoints import ENDPOINTS, Operation


class Outcome(StrEnum):
    """What a failed call did in Kore.ai."""

    NOT_DONE = "not_done"
    UNKNOWN = "unknown"


class KoreError(Exception):
    """A call to Kore.ai that failed.

    `sentence` holds the server's own words, phone numbers masked, or nothing. `code` is the code
    of the error body, which is not always an HTTP status.
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
        """Keep what is known; the operation alone is `args`, so that errors can be pickled."""
        super().__init__(operation)
        self.operation = operation
        self.sentence = sentence
        self.http_status = http_status
        self.code = code

    @property
    def outcome(self) -> Outcome:
        """What the call did; a read never does anything."""
        harmless = self.nothing_happened or ENDPOINTS[self.operation].reads
        return Outcome.NOT_DONE if harmless else Outcome.UNKNOWN

    def __str__(self) -> str:
        """The operation, the reason, the HTTP status and the server's words, where known."""
        words = f"{self.operation}: {type(self).__name__}"
        if self.http_status is not None:
            words += f" (HTTP {self.http_status})"
        return f"{words}: {self.sentence}" if self.sentence else words


class Unreachable(KoreError):
    """No connection was made, so the request never left."""


class NoAnswer(KoreError):
    """The request may have arrived, but no answer came back."""

    nothing_happened = False


class Refused(KoreError):
    """Kore.ai declined, and says why in `sentence`."""


class RateLimited(Refused):
    """The account's requests of this minute are used up. `retry_after` is in seconds, if told."""

    retry_after: float | None = None


class BadCredentials(Refused):
    """The JWT was not accepted: unknown client id, wrong secret, or a clock that is off."""


class NotAllowed(Refused):
    """The JWT app may not do this: most likely its scope is missing or not published."""


class NotFound(Refused):
    """Kore.ai does not have the campaign or contact list of this id."""


class UnknownRoute(Refused):
    """Kore.ai does not have this endpoint: the host, or a form of the path, is wrong."""


class NoDncInVersion1(KoreError):
    """Version 1 was chosen for voice, which would silently drop the campaign's DNC list."""


class ServerFault(KoreError):
    """Kore.ai failed while working on the request."""

    nothing_happened = False


class InvalidResponse(KoreError):
    """The answer is not what Kore.ai documents: another shape, HTML, or cut off."""

    nothing_happened = False


class ListIncomplete(KoreError):
    """Not every campaign could be read, so that one that was not found may exist all the same.

    `progress` says how far the list was read.
    """

    progress: ListProgress | None = None
