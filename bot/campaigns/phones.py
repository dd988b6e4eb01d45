"""Caller ids: phone numbers as they are dialed."""

import phonenumbers

from bot.campaigns.values import Kind


def _e164(typed: str) -> str | None:
    """The number in E.164 form, if it is one that can exist; it needs its country code."""
    try:
        number = phonenumbers.parse(typed)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def as_dialed(typed: str) -> str:
    """The number without the spaces and signs people write; a SIP number stays as it is."""
    return _e164(typed) or typed


def is_dialable(typed: str, kind: Kind) -> bool:
    """Whether people can be reached from it: an international number or, for voice, a SIP number.

    SIP numbers have no common form, so none is refused: Kore.ai release note 11.18.0.
    """
    is_sip = kind is Kind.VOICE and not typed.startswith("+")
    return is_sip or _e164(typed) is not None
