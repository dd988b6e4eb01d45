"""Parses and validates caller IDs."""

import phonenumbers

from bot.campaigns.values import Kind


def _parsed(typed: str) -> phonenumbers.PhoneNumber | None:
    """Return the number if it is possible; it needs a country code."""
    try:
        number = phonenumbers.parse(typed)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def _e164(typed: str) -> str | None:
    """Return the number in E.164 format if it is possible."""
    if (number := _parsed(typed)) is None:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def as_dialed(typed: str) -> str:
    """Return the number without spaces and punctuation; a SIP number stays unchanged."""
    return _e164(typed) or typed


def _is_sip(typed: str, kind: Kind) -> bool:
    """Return whether it is a SIP number.

    SIP numbers have no common format, so none is refused: Kore.ai release note 11.18.0.
    """
    return kind is Kind.VOICE and not typed.startswith("+")


def is_dialable(typed: str, kind: Kind) -> bool:
    """Return whether it can be a caller ID: an international number or, for voice, a SIP number."""
    return _is_sip(typed, kind) or _parsed(typed) is not None


def is_valid(typed: str, kind: Kind) -> bool:
    """Return whether its country assigns such numbers; a SIP number always counts as valid."""
    number = _parsed(typed)
    return _is_sip(typed, kind) or (number is not None and phonenumbers.is_valid_number(number))
