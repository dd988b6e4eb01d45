"""The length of an SMS text, in words."""

from collections.abc import Sequence
from unicodedata import name

from slack_sdk.models.blocks import ContextBlock

from blocks.kit import plain_context
from bot.campaigns.names import TYPED_WITH
from bot.campaigns.review.model import Load
from bot.campaigns.sms_text import (
    Encoding,
    NotGsm,
    SmsLength,
    in_gsm,
    placeholders,
    sms_length,
)

_SHOWN = 3
# Unicode has no name for this one.
_NAMES = {"\t": "tab"}


def length_line(text: str, load: Load | None) -> ContextBlock:
    """Return how long the text is as it will be counted, why, and how many messages there will be.

    It is plain text, which shows every character of the text as it is.
    """
    length = sms_length(text)
    sentences = (
        f"{_size(length)} ({_encoding(length)}).",
        _wide(length),
        _replacements(length, in_gsm(text)),
        _not_counted(placeholders(text)),
        _messages(length, load),
    )
    return plain_context(" ".join(filter(None, sentences)))


def _size(length: SmsLength) -> str:
    if length.segments == 1:
        return f"{length.units} of {length.most_in_one} characters, 1 segment"
    return f"{length.units:,} characters, {length.segments} segments"


def _encoding(length: SmsLength) -> str:
    if length.encoding is Encoding.GSM_7:
        return length.encoding
    because = _few([_shown(each.character) for each in length.not_gsm], " and ")
    return f"{length.encoding}, because of {because}"


def _wide(length: SmsLength) -> str:
    """Return which characters count as several: the length may be a surprise otherwise."""
    counted = [f"{_shown(character)} as {units}" for character, units in length.wide]
    return f"Counts {_few(counted)}." if counted else ""


def _replacements(length: SmsLength, all_replaced: str | None) -> str:
    """Return what to write instead of characters that are not GSM, and what that would change."""
    known = [_replacement(each) for each in length.not_gsm if each.instead is not None]
    if not known:
        return ""
    if all_replaced is None:
        unknown = [_shown(each.character) for each in length.not_gsm if each.instead is None]
        return f"GSM-7 has {_few(known)}, but nothing for {_few(unknown)}."
    return f"To send it as GSM-7, write {_few(known)}: {_size(sms_length(all_replaced))}."


def _replacement(found: NotGsm) -> str:
    instead = _shown(found.instead) if found.instead else "nothing"
    return f"{instead} for {_shown(found.character)}"


def _not_counted(names: Sequence[str]) -> str:
    """Return that the length is that of the text before the placeholders get their values."""
    if not names:
        return ""
    return f"Counted as written, without the values for {_few([f'<{each}>' for each in names])}."


def _messages(length: SmsLength, load: Load | None) -> str:
    """Return how many messages and segments a run sends; nothing if that is unknown."""
    if load is None or not load.contacts:
        return ""
    messages = f"About {load.contacts:,} messages"
    if length.segments == 1:
        return f"{messages} of 1 segment."
    total = load.contacts * length.segments
    return f"{messages} of {length.segments} segments, {total:,} segments in all."


def _few(texts: Sequence[str], last: str = ", ") -> str:
    """Return the first few texts and how many more there are."""
    rest = [f"{len(texts) - _SHOWN} more"] if len(texts) > _SHOWN else []
    *before, end = [*texts[:_SHOWN], *rest]
    return last.join([", ".join(before), end]) if before else end


def _shown(text: str) -> str:
    """Return a text in quotes, unless it is a quote itself; what nobody can see is named."""
    if text.translate(TYPED_WITH) in {'"', "'"}:
        return text
    if len(text) == 1 and (text.isspace() or not text.isprintable()):
        return _NAMES.get(text) or name(text, f"U+{ord(text):04X}").lower()
    return f"“{text}”"
