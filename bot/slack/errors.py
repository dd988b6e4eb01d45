"""What can go wrong with a call to Slack, by reason.

SlackError
  * Unreachable      no connection was made
  * RateLimited      refused: too many calls of this method
  * Refused          refused, for the reason that `code` gives
    * Closed         the bot may not read or write in that channel
    * Gone           the message or the view is no longer there
    * HashConflict   the view was changed meanwhile
    * TriggerUsed    an earlier request has opened a view with this trigger_id
  * NoAnswer         the call may have arrived; nothing came back
  * ServerFault      an error on Slack's side
  * InvalidResponse  an answer that cannot be understood

Source of the codes: the pages of docs.slack.dev/reference/methods.
"""

from typing import ClassVar

# Slack's own words for "too many calls", beside HTTP 429.
RATE_CODES = frozenset({"ratelimited", "rate_limited"})


class SlackError(Exception):
    """A call to Slack that failed. `method` is its name in the Web API, `code` Slack's own word."""

    may_be_done: ClassVar[bool] = False
    """Whether Slack may have carried the call out all the same."""

    def __init__(self, method: str, code: str = "") -> None:
        super().__init__(method, code)
        self.method = method
        self.code = code

    @property
    def reason(self) -> str:
        """One word for the log: Slack's own, or the class."""
        return self.code or type(self).__name__


class Unreachable(SlackError):
    """No connection was made, so the call never left."""


class RateLimited(SlackError):
    """Slack takes no more calls of this method for now; `retry_after` is in seconds."""

    def __init__(self, method: str, retry_after: float) -> None:
        super().__init__(method)
        self.retry_after = retry_after


class Refused(SlackError):
    """Slack declined, and says why in `code`."""

    codes: ClassVar[frozenset[str]] = frozenset()
    """The codes that this class stands for."""


class Closed(Refused):
    """The bot may not read or write in that channel."""

    codes = frozenset(
        {
            "channel_not_found",
            "is_archived",
            "messages_tab_disabled",
            "missing_scope",
            "no_permission",
            "not_in_channel",
            "restricted_action",
            "restricted_action_read_only_channel",
            "team_access_not_granted",
        }
    )


class Gone(Refused):
    """The message or the view is not there, or can no longer be changed."""

    codes = frozenset(
        {
            "cant_update_message",
            "edit_window_closed",
            "message_not_found",
            "not_found",
            "view_not_found",
        }
    )


class HashConflict(Refused):
    """The view is not the one with the given hash: it was changed meanwhile."""

    codes = frozenset({"hash_conflict"})


class TriggerUsed(Refused):
    """An earlier request has opened a view with this trigger_id, which Slack takes once."""

    codes = frozenset({"exchanged_trigger_id", "trigger_exchanged"})


class NoAnswer(SlackError):
    """The call may have arrived, but no answer came back."""

    may_be_done = True


class ServerFault(SlackError):
    """An error on Slack's side. Of the named codes Slack says that a part may be done."""

    may_be_done = True
    codes: ClassVar[frozenset[str]] = frozenset({"fatal_error", "internal_error"})


class InvalidResponse(SlackError):
    """An answer of another shape than documented: text, HTML, half a JSON, a part missing."""

    may_be_done = True


_BY_CODE: dict[str, type[SlackError]] = {
    code: kind
    for kind in (Closed, Gone, HashConflict, TriggerUsed, ServerFault)
    for code in kind.codes
}


def refusal(method: str, code: str) -> SlackError:
    """The error that an answer with `ok: false` and this `error` stands for."""
    return _BY_CODE.get(code, Refused)(method, code)
