"""Caller ids: phone numbers as they are dialed."""

import phonenumbers

from bot.campaigns.values import Kind


def _parsed(typed: str) -> phonenumbers.PhoneNumber | None:
    """The number, if it is one that can exist; it needs its country code."""
    try:
        number = phonenumbers.parse(typed)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def _e164(typed: str) -> str | None:
    """The number in E.164 form, if it is one that can exist."""
    if (number := _parsed(typed)) is None:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def as_dialed(typed: str) -> str:
    """The number without the spaces and signs people write; a SIP number stays as it is."""
    return _e164(typed) or typed


def _is_sip(typed: str, kind: Kind) -> bool:
    """SIP numbers have no common form, so none is refused: Kore.ai release note 11.18.0."""
    return kind is Kind.VOICE and not typed.startswith("+")


def is_dialable(typed: str, kind: Kind) -> bool:
    """Whether people can be reached from it: an international number or, for voice, by SIP."""
    return _is_sip(typed, kind) or _parsed(typed) is not None


def is_valid(typed: str, kind: Kind) -> bool:
    """Whether its country has given out numbers like it; a SIP number is not judged."""
    number = _parsed(typed)
    return _is_sip(typed, kind) or (number is not None and phonenumbers.is_valid_number(number))
