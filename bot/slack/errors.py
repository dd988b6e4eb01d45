"""The errors of a call to Slack, one class per reason.

SlackError
  * Unreachable      no connection was made
  * RateLimited      refused: too many calls of this method
  * Refused          refused for the reason in `code`
    * Closed         the bot may not read or write in that channel
    * Gone           the message, the view or the file is no longer there
    * HashConflict   the view was changed meanwhile
    * TriggerUsed    an earlier request has opened a view with this trigger_id
    * NoFiles        the workspace does not take this file
    * TooLarge       a file is larger than the bot wants to read
  * NoAnswer         the call may have arrived, but no response did
  * ServerFault      an error on Slack's side, or of a proxy before it
  * InvalidResponse  a response that cannot be read

Source of the codes: the pages of docs.slack.dev/reference/methods.
"""

from typing import ClassVar

# Slack's error codes for rate limiting, besides HTTP 429.
RATE_CODES = frozenset({"ratelimited", "rate_limited"})


class SlackError(Exception):
    """A failed call to Slack. `method` is its Web API name, `code` is Slack's error code."""

    may_be_done: ClassVar[bool] = False
    """Whether Slack may have carried out the call anyway."""

    def __init__(self, method: str, code: str = "") -> None:
        super().__init__(method, code)
        self.method = method
        self.code = code

    @property
    def reason(self) -> str:
        """Return one word for the log: Slack's error code, or the class name."""
        return self.code or type(self).__name__


class Unreachable(SlackError):
    """No connection was made, so the call was not sent."""


class RateLimited(SlackError):
    """Slack rejects further calls of this method for now; `retry_after` is in seconds."""

    def __init__(self, method: str, retry_after: float) -> None:
        super().__init__(method)
        self.retry_after = retry_after


class Refused(SlackError):
    """Slack refused the call, for the reason in `code`."""

    codes: ClassVar[frozenset[str]] = frozenset()
    """The error codes of this class."""


class Closed(Refused):
    """The bot may not read or write in that channel."""

    codes = frozenset(
        {
            "channel_not_found",
            "invalid_channel",
            "is_archived",
            "messages_tab_disabled",
            "missing_scope",
            "no_permission",
            "not_in_channel",
            "posting_to_channel_denied",
            "restricted_action",
            "restricted_action_read_only_channel",
            "team_access_not_granted",
        }
    )


class Gone(Refused):
    """The message, view or file does not exist or can no longer be changed."""

    codes = frozenset(
        {
            "cant_update_message",
            "edit_window_closed",
            "file_deleted",
            "file_not_found",
            "message_not_found",
            "not_found",
            "thread_not_found",
            "view_not_found",
        }
    )


class HashConflict(Refused):
    """The view no longer has the given hash, because it was changed meanwhile."""

    codes = frozenset({"hash_conflict"})


class TriggerUsed(Refused):
    """An earlier request opened a view with this trigger_id, which is valid only once."""

    codes = frozenset({"exchanged_trigger_id", "trigger_exchanged"})


class NoFiles(Refused):
    """The workspace takes no such file: uploads are off or restricted, or its storage is full."""

    codes = frozenset(
        {
            "file_type_not_allowed",
            "file_upload_size_restricted",
            "file_uploads_disabled",
            "file_uploads_except_images_disabled",
            "slack_connect_file_upload_sharing_blocked",
            "storage_limit_reached",
        }
    )


class TooLarge(Refused):
    """The file is larger than the bot wants to read."""


class NoAnswer(SlackError):
    """The call may have arrived, but no response came back."""

    may_be_done = True


class ServerFault(SlackError):
    """HTTP 500 or more, from Slack or a proxy before it; or one of these codes, with which Slack
    may have carried out a part of the call.
    """

    may_be_done = True
    codes: ClassVar[frozenset[str]] = frozenset({"fatal_error", "internal_error"})


class InvalidResponse(SlackError):
    """A malformed response: text, HTML, truncated JSON, or a missing part."""

    may_be_done = True


_BY_CODE: dict[str, type[SlackError]] = {
    code: kind
    for kind in (Closed, Gone, HashConflict, TriggerUsed, NoFiles, ServerFault)
    for code in kind.codes
}


def refusal(method: str, code: str) -> SlackError:
    """Return the error for a response with `ok: false` and this error code."""
    return _BY_CODE.get(code, Refused)(method, code)
