"""Messages about requests from Slack that the bot could not process."""

from dataclasses import dataclass

from slack_sdk.models.views import View as Modal

from blocks.kit import Message, code, notice, notice_view

_STILL_THERE = "What you filled in is still there: go back."
_TELL = "If this keeps happening, tell whoever runs the bot."


@dataclass(frozen=True, slots=True)
class NotDone:
    """The reason, whether anything exists in Kore.ai now, and what to do; `text` is formatted."""

    title: str
    text: str

    def message(self) -> Message:
        """Return this as a message."""
        return notice(self.text)

    def view(self) -> Modal:
        """Return this as a modal on top of a form."""
        return notice_view(self.title, f"{self.text} {_STILL_THERE}")


DATABASE_CLOSED = NotDone(
    "Not accepted",
    "The bot cannot save anything at the moment, so it did nothing: nothing was created or changed "
    f"in Kore.ai. Please try again in a minute. {_TELL}",
)
MALFORMED = NotDone(
    "Not understood",
    "The bot could not read what Slack sent it, so it did nothing: nothing was created or changed "
    f"in Kore.ai. Please try again. {_TELL}",
)


def failed(reference: str) -> NotDone:
    """Report an internal error of the bot; its log has the same `reference`."""
    return NotDone(
        "The bot failed",
        "The bot had an internal error, and may or may not have accepted your request. "
        "Wait a minute: if the bot then says nothing about it, nothing was created or changed in "
        f"Kore.ai, and you can try again. {_TELL} Reference: {code(reference)}",
    )
