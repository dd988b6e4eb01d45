"""The guide: the menu, every command with an example, and the nearest one to what was typed."""

from difflib import get_close_matches

from blocks import messages
from blocks.kit import Message
from handlers.desk import Desk
from handlers.payloads import Command, Press


async def menu(_desk: Desk, _command: Command, _rest: str) -> Message:
    """`/campaign`."""
    return messages.menu()


async def show_help(_desk: Desk, _command: Command, rest: str) -> Message:
    """`/campaign help [word]`."""
    if rest and rest.lower() not in messages.USAGE:
        return messages.not_understood(f"help {rest}", _nearest(rest))
    return messages.help_page(rest.lower())


async def press_help(desk: Desk, press: Press) -> None:
    """The button in the menu."""
    desk.answer(press, messages.help_page())


def not_understood(command: Command, word: str) -> Message:
    """`/campaign` with a word that is none of its own."""
    return messages.not_understood(command.text, _nearest(word))


def _nearest(word: str) -> str | None:
    return next(iter(get_close_matches(word.lower(), messages.USAGE, n=1)), None)
