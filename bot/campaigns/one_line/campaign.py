"""Reads a line such as `"Spring sale" to Spring leads from +1 202-555-0100: Hello`."""

import re
from collections.abc import Collection

from bot.campaigns.names import folded, keyed, trimmed, typed_name
from bot.campaigns.one_line.parts import (
    NAME_WORDS_MAX,
    Part,
    Parts,
    is_keyword,
    keyword_at,
    known_list,
    list_name,
    number_end,
)
from bot.campaigns.one_line.words import LINE_MAX, SEPARATORS, Line, Names
from bot.campaigns.values import DialingMode, Frozen, Kind

# A colon that ends the part before the message; not the one in "10:30" or in an address.
_COLON = re.compile(r":(?=\s|$|[\"'])|(?<=[\"'0-9]):(?![0-9/])|\uff1a")
# In Slack's requests an emoji is its name: docs.slack.dev/messaging/formatting-message-text.
_EMOJI = re.compile(r":[\w+'-]+:")
_COLONS_MAX = 10
# Contact lists are looked up among this many words.
_LOOKED_UP_WORDS = 80


class CampaignLine(Frozen):
    """What a line says of a new campaign; empty is what it does not say.

    `not_understood` are the pieces of the line that say nothing to the bot.
    """

    name: str = ""
    contact_lists: tuple[str, ...] = ()
    caller_id: str = ""
    dnc_list: str = ""
    template: str = ""
    flow: str = ""
    queue: str = ""
    dialing_mode: DialingMode | None = None
    message: str = ""
    not_understood: tuple[str, ...] = ()


def possible_lists(text: str) -> frozenset[str]:
    """Return the folded names that a line may say as contact lists, to look up which exist."""
    line = Line.of(text[:LINE_MAX])
    words = line.words[:_LOOKED_UP_WORDS]
    starts = [at for at, word in enumerate(words, 1) if word.key in SEPARATORS | {"to"}]
    spans = (
        (first, last)
        for first in starts
        for last in range(first + 1, min(first + NAME_WORDS_MAX, len(words)) + 1)
    )
    return frozenset(folded(list_name(line, *span)) for span in spans) - {""}


def read_campaign(text: str, kind: Kind, known: Collection[str]) -> CampaignLine:
    """Read a line about a new campaign of a kind; `known` are contact lists that exist.

    The campaign's name is what stands in quotes, or before the first part that is certain: contact
    lists that exist, or a phone number. A line without parts and without a message is only a name.
    """
    lists = Names(known)
    before, message = _split(text, kind, lists)
    line, beyond = Line.of(before[:LINE_MAX]), trimmed(before[LINE_MAX:])
    end = _end_of_name(line, lists, has_message=bool(message))
    if end is None:
        return CampaignLine(name=typed_name(text))
    parts = Parts(line, kind, lists)
    parts.read(end)
    if Part.QUEUE in parts.values:
        # A queue has agents. Of the two modes with agents this is the one without further fields.
        parts.values.setdefault(Part.DIALING_MODE, DialingMode.PROGRESSIVE)
    # A flow sends its own text.
    has_message = kind is Kind.SMS and Part.FLOW not in parts.values
    lost = (*line.pieces(parts.unread), beyond, "" if has_message else message)
    return CampaignLine(
        **{part.value: value for part, value in parts.values.items()},
        name=typed_name(line.piece(0, end)),
        contact_lists=tuple(parts.contact_lists),
        message=message if has_message else "",
        not_understood=tuple(filter(None, lost)),
    )


def _split(text: str, kind: Kind, lists: Names) -> tuple[str, str]:
    """Return what is before the message, and the message: what follows the right colon.

    It is the first one, or the first after contact lists that exist: a name may contain a colon.
    """
    colons = _colons(text[:LINE_MAX])
    after_lists = (at for at in colons if _places_of_lists(Line.of(text[:at]), lists))
    at = next(after_lists, next(iter(colons), None))
    if at is None or not (message := trimmed(text[at + 1 :])):
        return text, ""
    has_parts = _end_of_name(Line.of(text[:at]), lists, has_message=False) is not None
    # A voice campaign has no message, so its name alone may have the colon.
    return (text[:at], message) if has_parts or kind is Kind.SMS else (text, "")


def _colons(text: str) -> list[int]:
    """Return the places of the colons that may end the part before the message.

    A colon in quotes, in an emoji's name, or right after a keyword, such as "from:", does not.
    """
    line = Line.of(text)
    words = [w for at, w in enumerate(line.words) if w.inner or is_keyword(line, at)]
    others = [range(*each.span()) for each in _EMOJI.finditer(text)]
    others += [range(word.start, word.end) for word in words]
    found = (each.start() for each in _COLON.finditer(keyed(text)))
    return [at for at in found if not any(at in other for other in others)][:_COLONS_MAX]


def _places_of_lists(line: Line, lists: Names) -> list[int]:
    """Return the places of "to" before a contact list that exists."""
    return [at for at in _places_of("to", line) if known_list(line, at + 1, lists)]


def _places_of(word: str, line: Line) -> list[int]:
    return [at for at, each in enumerate(line.words) if each.key == word]


def _end_of_name(line: Line, lists: Names, *, has_message: bool) -> int | None:
    """Return how many words are the campaign's name; None if there is nothing but a name."""
    words = line.words
    if words and words[0].inner:
        has_parts = any(keyword_at(line, at) for at in range(1, len(words)))
        return 1 if has_parts or has_message else None
    known = _places_of_lists(line, lists)
    numbers = [at for at in _places_of("from", line) if number_end(line, at + 1)]
    certain = min(known + numbers, default=len(words))
    if certain in known:
        return certain
    if not (numbers or has_message):
        return None
    # With a number or a message, a "to" before them is most likely one before contact lists.
    others = [at for at in _places_of("to", line) if at + 1 < certain]
    return others[-1] if others else certain
