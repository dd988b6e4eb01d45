"""Reads the senders of campaigns, which Kore.ai calls caller IDs, as people write them.

A sender is a phone number, which is kept in E.164. For SMS it may also be a short code, or an
alphanumeric sender ID; for voice a SIP number. Kore.ai decides which of them an account has.
"""

import re
from enum import StrEnum
from unicodedata import category, decimal, normalize

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, ValidationResult

from bot.campaigns.names import trimmed
from bot.campaigns.values import Frozen, Kind

# Digits, and the marks that people write between them.
_MARKS = r"\s().\-\u2010-\u2015\u2212/"
_NUMBER = re.compile(rf"\+?[\d{_MARKS}]*")
# Letters can stand for digits, as in +1 800 FLOWERS, if the text is surely a number.
_WITH_LETTERS = re.compile(rf"\+[\w{_MARKS}]*")
_SHORT_CODE = re.compile(r"\d{3,8}")
# Eleven letters of the GSM alphabet fit into a message's address field: 3GPP TS 23.040, 9.1.2.5,
# and TS 23.038, 6.2.1.
_LETTERS = "A-Za-zÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùü"
_SENDER_ID = re.compile(rf"(?=.*[{_LETTERS}])[{_LETTERS}\d &'+./!_-]{{1,11}}", re.ASCII)
# As many digits in groups are a number as people write it, and no SIP number.
_GROUPED = re.compile(r"(?=.*[\s()\-\u2010-\u2015\u2212])(?:\D*\d){7}.*")


class SenderFault(StrEnum):
    """Why a text is no sender.

    `NOT_POSSIBLE`: no country has numbers like this. `NO_COUNTRY`: it needs a country code.
    """

    NOT_POSSIBLE = "not possible"
    NO_COUNTRY = "no country"
    NO_SENDER = "no sender"


class UnreadableSender(Exception):
    """A text is no sender; `fault` says why."""

    def __init__(self, fault: SenderFault) -> None:
        super().__init__(fault)
        self.fault = fault


class Senders(Frozen):
    """What is known of the senders that a person may mean.

    Numbers without a country code are those of `region`. `accepted` are the senders that Kore.ai
    accepted before, as it has them: a SIP number can look like a number of a country.
    """

    region: str | None = None
    accepted: frozenset[str] = frozenset()


def read_sender(typed: str, kind: Kind, known: Senders) -> str:
    """Return the sender that a person means by a text, as Kore.ai gets it.

    Raises:
        UnreadableSender: no campaign of this kind can have such a sender.
    """
    if (own := trimmed(typed)) in known.accepted:
        return own
    text = _tidied(typed)
    number = _number(text, known.region)
    if number and (_is_international(text) or _is_surely(number, text, kind)):
        return _e164(number)
    if text.startswith("+"):
        raise UnreadableSender(SenderFault.NOT_POSSIBLE)
    return _sms_sender(text) if kind is Kind.SMS else _sip_number(typed, text)


def formatted(sender: str) -> str:
    """Return a sender as it is shown to people: +1 202-555-0100, 72345, SPRING."""
    number = _number(sender, None) if is_number(sender) else None
    if number is None:
        return sender
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def is_number(sender: str) -> bool:
    """Return whether the sender is a phone number; in E.164 each begins with a plus."""
    return sender.startswith("+")


def is_short_code(sender: str) -> bool:
    """Return whether an SMS campaign's sender is a short code."""
    return sender.isdecimal()


def is_assigned(number: str) -> bool:
    """Return whether the country of a number in E.164 assigns such numbers."""
    found = _number(number, None)
    return found is not None and phonenumbers.is_valid_number(found)


def contains(sender: str, typed: str) -> bool:
    """Return whether a sender contains what a person typed so far, in any of the ways to write it.

    The zeros before a number are left out: they stand for a country code, or a long distance.
    """
    text = _tidied(typed)
    if _NUMBER.fullmatch(text):
        return phonenumbers.normalize_digits_only(text).lstrip("0") in sender
    return text.casefold() in sender.casefold()


def _tidied(typed: str) -> str:
    """Return the text with plain digits and single spaces, without unseen characters.

    Contacts and web pages put marks of the writing direction around numbers.
    """
    seen = (sign for sign in normalize("NFKC", typed) if category(sign) != "Cf")
    plain = "".join(str(decimal(sign, sign)) for sign in seen)
    return " ".join(plain.split())


def _is_international(text: str) -> bool:
    return text.startswith(("+", "00"))


def _number(text: str, region: str | None) -> PhoneNumber | None:
    """Return the number that can be dialed from anywhere, if the text is one."""
    if not (_NUMBER.fullmatch(text) or _WITH_LETTERS.fullmatch(text)):
        return None
    number = _parsed(re.sub("^00", "+", text), region)
    possible = ValidationResult.IS_POSSIBLE
    if number is None or phonenumbers.is_possible_number_with_reason(number) != possible:
        return None
    # In E.164, an extension would be lost, and zeros in front of numbers that never have any.
    return number if _parsed(_e164(number), None) == number else None


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _is_surely(number: PhoneNumber, text: str, kind: Kind) -> bool:
    """Return whether a text without a country code means this number.

    It may also be a short code or a SIP number. Then it only means a number of the region that is
    assigned: in some countries these have as few digits as a short code.
    """
    if not _SHORT_CODE.fullmatch(text) if kind is Kind.SMS else _GROUPED.fullmatch(text):
        return True
    short = phonenumbers.is_valid_short_number(number)
    return phonenumbers.is_valid_number(number) and not short


def _sms_sender(text: str) -> str:
    if _SHORT_CODE.fullmatch(text) or _SENDER_ID.fullmatch(text):
        return text
    raise UnreadableSender(_fault(text))


def _sip_number(typed: str, text: str) -> str:
    """Return a SIP number as typed; they have no common format: Kore.ai release note 11.18.0.

    Raises:
        UnreadableSender: it is a phone number as people write it, or nothing.
    """
    if not text or (_NUMBER.fullmatch(text) and _GROUPED.fullmatch(text)):
        raise UnreadableSender(_fault(text))
    return trimmed(typed)


def _fault(text: str) -> SenderFault:
    if not _NUMBER.fullmatch(text):
        return SenderFault.NO_SENDER
    return SenderFault.NOT_POSSIBLE if _is_international(text) else SenderFault.NO_COUNTRY
