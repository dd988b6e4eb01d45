"""A plain page on which a person uses the bot in the pretend Slack."""

from sandbox.page.app import build_page
from sandbox.page.screen import Hint

__all__ = ["Hint", "build_page"]
