"""Keeps a copy of the account's campaigns and contact lists, and looks them up.

One reader per environment reads Kore.ai's lists a page at a time, in the background. A look-up says
that something does not exist only if the copy is proven to be complete.
"""

from bot.catalog.catalog import Catalog
from bot.catalog.reader import Reader
from bot.catalog.states import Running

__all__ = ["Catalog", "Reader", "Running"]
