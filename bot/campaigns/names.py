"""Names as people type them."""

import unicodedata


def folded(name: str) -> str:
    """Return the form in which names are compared."""
    return " ".join(unicodedata.normalize("NFC", name.casefold()).split())
