"""The parts of a line about a new campaign, each after its keyword: "to", "from", "queue"."""

import re
from enum import StrEnum

from bot.campaigns.one_line.words import SEPARATORS, Line, Names
from bot.campaigns.values import CONTACT_LISTS_MAX, DialingMode, Kind

# The longest name that is looked up, in words.
NAME_WORDS_MAX = 12
# Kore.ai documents no limit for names; an option's value in Slack holds this many characters.
_VALUE_MAX = 150
# A part of a phone number as people write it: digits with signs between them.
_NUMBER = re.compile(r"[+(]*[0-9][0-9().\-/]*")
# Short codes have five or six digits; fewer may be a year.
_NUMBER_DIGITS_MIN = 5
_LEADS_IN = frozenset({"with", "using", "via"}) | SEPARATORS


class Part(StrEnum):
    """A part of a line."""

    CONTACT_LISTS = "contact_lists"
    CALLER_ID = "caller_id"
    DNC_LIST = "dnc_list"
    TEMPLATE = "template"
    FLOW = "flow"
    QUEUE = "queue"
    DIALING_MODE = "dialing_mode"


_KEYWORDS: dict[tuple[str, ...], Part] = {
    ("to",): Part.CONTACT_LISTS,
    ("from",): Part.CALLER_ID,
    ("sender",): Part.CALLER_ID,
    ("caller", "id"): Part.CALLER_ID,
    ("dnc", "list"): Part.DNC_LIST,
    ("dnc",): Part.DNC_LIST,
    ("template",): Part.TEMPLATE,
    ("experience", "flow"): Part.FLOW,
    ("flow",): Part.FLOW,
    ("queue",): Part.QUEUE,
}
_MODES = {mode.casefold(): mode for mode in DialingMode}
_WITH_AGENTS = {DialingMode.PROGRESSIVE, DialingMode.PREVIEW}
# The parts that only campaigns of the other kind have.
_OF_OTHERS = {
    Kind.SMS: frozenset({Part.QUEUE, Part.DIALING_MODE}),
    Kind.VOICE: frozenset({Part.TEMPLATE}),
}


class Parts:
    """The parts of a line, read one after the other. `unread` are the places of other words."""

    def __init__(self, line: Line, kind: Kind, lists: Names) -> None:
        """Read into nothing yet; `lists` are the contact lists that exist."""
        self._line = line
        self._kind = kind
        self._lists = lists
        self.contact_lists: dict[str, None] = {}
        self.values: dict[Part, str] = {}
        self.unread: set[int] = set()

    def read(self, at: int) -> None:
        """Read the words from a place on."""
        while at < len(self._line.words):
            if found := keyword_at(self._line, at):
                at = self._part(found[0], at, found[1])
                continue
            if not _is_separator(self._line, at):
                self.unread.add(at)
            at += 1

    def _part(self, part: Part, at: int, first: int) -> int:
        """Read a part, whose value begins at `first`; return the place after it."""
        if part is Part.CONTACT_LISTS:
            last = self._contact_lists(first)
        else:
            last = self._end(part, first)
            self._keep(part, at, first, last)
        if last == first:
            self.unread.update(range(at, first))
        return last

    def _end(self, part: Part, first: int) -> int:
        if part is Part.DIALING_MODE:
            return first + 1 + (self._line.keys(first + 1, first + 2) == ("mode",))
        number = number_end(self._line, first) if part is Part.CALLER_ID else None
        return number or _end_of_value(self._line, first)

    def _keep(self, part: Part, at: int, first: int, last: int) -> None:
        value = self._line.piece(first, last)
        if part is Part.DIALING_MODE:
            value = _MODES[self._line.words[first].key]
        if value and len(value) <= _VALUE_MAX and self._may_have(part, value):
            self.values[part] = value
        else:
            self.unread.update(range(at, last))

    def _may_have(self, part: Part, value: str) -> bool:
        """Return whether the campaign may have this part beside those that were said before."""
        said = self.values | {part: value}
        mode = said.get(Part.DIALING_MODE)
        has_flow = Part.FLOW in said or mode == DialingMode.AGENTLESS
        has_agents = Part.QUEUE in said or mode in _WITH_AGENTS
        contradicts = has_flow and (has_agents or Part.TEMPLATE in said)
        return not (contradicts or part in self.values or part in _OF_OTHERS[self._kind])

    def _contact_lists(self, at: int) -> int:
        """Read contact lists with separators between them; return the place after them."""
        while known := known_list(self._line, at, self._lists) or self._typed_list(at):
            name, last = known
            self._add_list(name, at, last)
            at = last
            while at < len(self._line.words) and not _ends_value(self._line, at):
                self.unread.add(at)
                at += 1
            after = self._after_separators(at)
            if keyword_at(self._line, at) and not known_list(self._line, after, self._lists):
                break
            at = after
        return at

    def _after_separators(self, at: int) -> int:
        while _is_separator(self._line, at):
            at += 1
        return at

    def _typed_list(self, at: int) -> tuple[str, int] | None:
        """Return a contact list that the bot does not know, and the place after it."""
        last = at
        while last < len(self._line.words) and not _ends_value(self._line, last):
            last += 1
            if self._line.words[last - 1].inner:
                break
        return (self._line.piece(at, last), last) if last > at else None

    def _add_list(self, name: str, first: int, last: int) -> None:
        if name and len(name) <= _VALUE_MAX and len(self.contact_lists) < CONTACT_LISTS_MAX:
            self.contact_lists[name] = None
        elif name not in self.contact_lists:
            self.unread.update(range(first, last))


def keyword_at(line: Line, at: int) -> tuple[Part, int] | None:
    """Return the part that begins at a place, and the place of its value."""
    while _LEADS_IN.issuperset(line.keys(at, at + 1)):
        at += 1
    for length in (2, 1):
        if part := _KEYWORDS.get(line.keys(at, at + length)):
            return part, at + length
    return (Part.DIALING_MODE, at) if _MODES.keys() >= {*line.keys(at, at + 1)} else None


def is_keyword(line: Line, at: int) -> bool:
    """Return whether the word at a place is a keyword by itself."""
    return line.keys(at, at + 1) in _KEYWORDS


def number_end(line: Line, at: int) -> int | None:
    """Return the place after the phone number that begins at a place, if one does."""
    last = at
    while last < len(line.words) and _NUMBER.fullmatch(line.words[last].folded.rstrip(":")):
        last += 1
    digits = re.sub("[^0-9]", "", "".join(word.folded for word in line.words[at:last]))
    return last if len(digits) >= _NUMBER_DIGITS_MIN else None


def known_list(line: Line, at: int, lists: Names) -> tuple[str, int] | None:
    """Return the longest contact list that exists and begins at a place; the place after it."""
    for last in range(min(at + NAME_WORDS_MAX, len(line.words)), at, -1):
        found = lists.find(list_name(line, at, last))
        if found and not _is_separator(line, last - 1):
            return found, last
    return None


def list_name(line: Line, first: int, last: int) -> str:
    """Return the name that some words may be."""
    return line.piece(first, last).rstrip(":\uff1a")


def _end_of_value(line: Line, first: int) -> int:
    """Return the place after a value: after its quotes, or before the next keyword."""
    last = first
    while last < len(line.words) and not keyword_at(line, last):
        last += 1
        if line.words[first].inner:
            break
    return last


def _ends_value(line: Line, at: int) -> bool:
    return _is_separator(line, at) or keyword_at(line, at) is not None


def _is_separator(line: Line, at: int) -> bool:
    return SEPARATORS.issuperset(line.keys(at, at + 1))
