"""The web page on which a person uses the bot in the pretend Slack."""

from sandbox.page.app import build_page
from sandbox.page.backstage import Backstage
from sandbox.page.guide import Guide, Hint

__all__ = ["Backstage", "Guide", "Hint", "build_page"]
