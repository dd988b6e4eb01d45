"""The elements of all messages and views: texts within Slack's limits, escaped where necessary.

Limits: docs.slack.dev/reference/block-kit.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View as Modal

from blocks.fitting import fit
from blocks.ids import COMMAND, MENU

TITLE_MAX = 24
HEADER_MAX = 150
SECTION_MAX = 3000
FIELD_MAX = 2000
BUTTON_MAX = 75
BUTTON_VALUE_MAX = 2000
CONFIRM_TITLE_MAX = 100
CONFIRM_TEXT_MAX = 300
CONFIRM_BUTTON_MAX = 30
OPTION_MAX = 75
OPTION_VALUE_MAX = 150
OPTION_DESCRIPTION_MAX = 75
MESSAGE_TEXT_MAX = 4000
# A formatting mark at a word's edge, an emoji's name, or a quotation.
_FORMAT = re.compile(r"(?<!\w)[*_~]|[*_~](?!\w)|`|:[^\s:]+:|^\s*>", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to post: screen readers and notifications use `text`."""

    text: str
    blocks: Sequence[Block]

    def payload(self) -> dict[str, Any]:
        """Return the arguments that chat.postMessage, chat.update and a response_url share."""
        blocks = [block.to_dict() for block in self.blocks]
        fit(blocks)
        return {"text": clamp(self.text, MESSAGE_TEXT_MAX), "blocks": blocks}


def clamp(text: str, limit: int) -> str:
    """Cut the text to `limit` characters, with an ellipsis if it is longer."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def shorten(text: str, limit: int) -> str:
    """Cut the text to `limit` characters in its middle, as names often differ at their ends."""
    end = (limit - 1) * 2 // 5
    return text if len(text) <= limit else f"{text[: limit - 1 - end]}…{text[-end:]}"


def escape(typed: str) -> str:
    """Escape typed text for mrkdwn: it neither links nor pings, and looks as it was typed.

    Slack has no escape for formatting marks, so a text with any is shown as code, where they mean
    nothing. Source: docs.slack.dev/messaging/formatting-message-text.
    """
    if not _FORMAT.search(typed):
        return _without_tokens(typed)
    return "\n".join(code(line) if line.strip() else line for line in typed.split("\n"))


def code(typed: str) -> str:
    """Return the text in monospace, to copy."""
    return f"`{_without_tokens(typed).replace('`', chr(0x2019))}`"


def look_up(name: str) -> str:
    """Return the command that shows a campaign, to copy."""
    return code(f"{COMMAND} status {name}")


def look_up_list(name: str) -> str:
    """Return the command that finds a contact list, to copy."""
    return code(f"{COMMAND} lists {name}")


def _without_tokens(typed: str) -> str:
    return typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, limit: int) -> PlainTextObject:
    """Return plain text, which Slack shows unchanged."""
    return PlainTextObject(text=clamp(text, limit), emoji=False)


def mrkdwn(text: str, limit: int = SECTION_MAX) -> MarkdownTextObject:
    """Return formatted text; the caller has escaped its typed parts.

    It is verbatim: otherwise Slack makes links of addresses and channel names in it.
    """
    return MarkdownTextObject(text=clamp(text, limit), verbatim=True)


def header(text: str) -> HeaderBlock:
    """Return a heading in plain text."""
    return HeaderBlock(text=plain(text, HEADER_MAX))


def section(text: str) -> SectionBlock:
    """Return a paragraph of formatted text; `expand` keeps Slack from folding a long one."""
    return SectionBlock(text=mrkdwn(text), expand=True)


def notice(text: str) -> Message:
    """Return a message of one formatted paragraph."""
    return Message(text=text, blocks=[section(text)])


def notice_view(title: str, text: str) -> Modal:
    """Return a modal of one formatted paragraph, with nothing to submit."""
    return _view(title, "Back", [section(text)])


def message_view(message: Message) -> Modal:
    """Return a message as a modal, for use where there is no channel."""
    return _view("Campaigns", "Close", message.blocks)


def _view(title: str, close: str, blocks: Sequence[Block]) -> Modal:
    return Modal(
        type="modal",
        title=plain(title, TITLE_MAX),
        close=plain(close, TITLE_MAX),
        blocks=blocks,
    )


def facts(pairs: Sequence[tuple[str, str]]) -> list[Block]:
    """Return labels with formatted values in two columns, ten to a block as Slack allows."""
    cells = [mrkdwn(f"*{label}*\n{value}", FIELD_MAX) for label, value in pairs]
    return [SectionBlock(fields=cells[at : at + 10]) for at in range(0, len(cells), 10)]


def context(text: str) -> ContextBlock:
    """Return small print."""
    return ContextBlock(elements=[mrkdwn(text)])


def plain_context(text: str) -> ContextBlock:
    """Return small print that Slack shows unchanged."""
    return ContextBlock(elements=[plain(text, SECTION_MAX)])


def button(
    label: str,
    action: str,
    value: str,
    *,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    """Return a button; a press sends `value` back, after the confirmation if there is one."""
    return ButtonElement(
        text=plain(label, BUTTON_MAX),
        action_id=action,
        value=value[:BUTTON_VALUE_MAX],
        style=style,
        confirm=confirm,
    )


def menu(choices: Sequence[tuple[str, str]], value: str) -> OverflowMenuElement:
    """Return a menu of buttons, each with its label and action; all send back the same value."""
    options = [option(f"{action} {value}", label) for label, action in choices]
    return OverflowMenuElement(action_id=MENU, options=options)


def question(title: str, text: str, yes: str, no: str) -> ConfirmObject:
    """Return a confirmation that Slack shows before it sends a button press."""
    return ConfirmObject(
        title=plain(title, CONFIRM_TITLE_MAX),
        text=plain(text, CONFIRM_TEXT_MAX),
        confirm=plain(yes, CONFIRM_BUTTON_MAX),
        deny=plain(no, CONFIRM_BUTTON_MAX),
    )


def buttons(*elements: ButtonElement | OverflowMenuElement) -> ActionsBlock:
    """Return buttons, and perhaps a menu, in a row."""
    return ActionsBlock(elements=list(elements))


def option(value: str, label: str | None = None, description: str = "") -> Option:
    """Return a menu option; its label is the value unless another is given."""
    return Option(
        value=value[:OPTION_VALUE_MAX],
        text=plain(shorten(label or value, OPTION_MAX), OPTION_MAX),
        description=plain(description, OPTION_DESCRIPTION_MAX) if description else None,
    )
