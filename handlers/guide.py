"""The guide: the menu, every command with an example, and the nearest one to a typing error."""

from difflib import get_close_matches

from blocks import messages
from blocks.actions import USAGES
from blocks.kit import Message
from bot.campaigns.names import folded
from handlers.payloads import Press, SlashCommand
from handlers.services import Services


async def menu(_services: Services, _command: SlashCommand, _rest: str) -> Message:
    """Handle `/campaign`."""
    return messages.menu()


async def show_help(_services: Services, _command: SlashCommand, rest: str) -> Message:
    """Handle `/campaign help [word]`."""
    word = folded(rest)
    if word and word not in USAGES:
        return messages.not_understood(f"help {rest}", _nearest(word))
    return messages.help_page(word)


async def press_help(services: Services, press: Press) -> None:
    """Handle the Help button in the menu."""
    services.answer(press, messages.help_page())


def not_understood(command: SlashCommand) -> Message:
    """Answer `/campaign` with an unknown word."""
    return messages.not_understood(command.text, _nearest(command.subcommand))


def _nearest(word: str) -> str | None:
    return next(iter(get_close_matches(word, USAGES, n=1)), None)
