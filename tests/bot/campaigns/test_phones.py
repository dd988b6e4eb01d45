"""Senders: what people may write, what Kore.ai gets, and what people are shown."""

import phonenumbers
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from phonenumbers import PhoneNumber, PhoneNumberFormat

from bot.campaigns.phones import (
    SenderFault,
    Senders,
    UnreadableSender,
    contains,
    formatted,
    is_assigned,
    is_number,
    is_short_code,
)
from bot.campaigns.phones import (
    read_sender as read_known,
)
from bot.campaigns.values import Kind

NEW_YORK, LONDON = "+12025550100", "+442079460018"
NOT_POSSIBLE, NO_COUNTRY, NO_SENDER = SenderFault
FORMATS = (
    PhoneNumberFormat.E164,
    PhoneNumberFormat.INTERNATIONAL,
    PhoneNumberFormat.NATIONAL,
)
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


def numbers_of(region: str) -> st.SearchStrategy[tuple[str, PhoneNumber]]:
    """Return mobile numbers of a region, by the pattern in libphonenumber's metadata."""
    country = phonenumbers.country_code_for_region(region)
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    assert metadata
    assert metadata.mobile
    pattern = metadata.mobile.national_number_pattern
    assert pattern
    national = st.from_regex(pattern, fullmatch=True, alphabet="0123456789")
    return national.map(lambda digits: (region, phonenumbers.parse(f"+{country}{digits}")))


# Countries whose numbers have more digits than a short code.
COUNTRIES = ("AR", "AU", "BR", "CN", "DE", "FR", "GB", "IN", "IT", "MX", "US")
NUMBERS = st.sampled_from(COUNTRIES).flatmap(numbers_of)
_SIGNS = st.sampled_from("AbzÄöñ059 &'./!_-")
SENDER_IDS = st.text(_SIGNS, min_size=1, max_size=11)


def read_sender(typed: str, kind: Kind, region: str | None) -> str:
    """Read a sender while Kore.ai is not known to have accepted any."""
    return read_known(typed, kind, Senders(region=region))


def fault(typed: str, kind: Kind, region: str | None) -> SenderFault:
    with pytest.raises(UnreadableSender) as unreadable:
        read_sender(typed, kind, region)
    return unreadable.value.fault


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    ("typed", "region", "sender"),
    [
        ("+12025550100", None, NEW_YORK),
        ("+1 (202) 555-0100", "GB", NEW_YORK),
        ("+1.202.555.0100", None, NEW_YORK),
        ("+1 202\u2011555\u20110100", None, NEW_YORK),
        ("\u202a+1\u00a0202\u00a0555\u00a00100\u202c", None, NEW_YORK),
        ("\uff0b\uff11 \uff12\uff10\uff12 555-0100", None, NEW_YORK),
        ("+١٢٠٢٥٥٥٠١٠٠", None, NEW_YORK),
        ("+१२०२५५५०१००", None, NEW_YORK),
        ("(202) 555-0100", "US", NEW_YORK),
        ("202-555-0100", "US", NEW_YORK),
        ("202.555.0100", "US", NEW_YORK),
        ("2025550100", "US", NEW_YORK),
        ("1 202 555 0100", "US", NEW_YORK),
        ("٢٠٢٥٥٥٠١٠٠", "US", NEW_YORK),
        ("(202) 555-0100", "CA", NEW_YORK),
        ("0044 20 7946 0018", None, LONDON),
        ("0044 20 7946 0018", "US", LONDON),
        ("00 44 20 7946 0018", "GB", LONDON),
        ("011 44 20 7946 0018", "US", LONDON),
        ("+44 (0)20 7946 0018", None, LONDON),
        ("020 7946 0018", "GB", LONDON),
        ("02079460018", "GB", LONDON),
        ("+1 800 555 CALL", None, "+18005552255"),
    ],
)
def test_a_number_is_understood_as_people_write_it(
    typed: str, region: str | None, sender: str, kind: Kind
) -> None:
    assert read_sender(typed, kind, region) == sender


@pytest.mark.parametrize("region", [None, "US", "GB", "NO"])
@pytest.mark.parametrize(
    ("typed", "sender"),
    [
        ("72345", "72345"),
        ("٧٢٣٤٥", "72345"),
        (" 911 ", "911"),
        ("12345678", "12345678"),
        ("SPRINGCO", "SPRINGCO"),
        ("Spring Sale", "Spring Sale"),
        ("Café & Bar", "Café & Bar"),
        ("H&M", "H&M"),
        ("007 Bond", "007 Bond"),
        ("5th Avenue", "5th Avenue"),
        ("a", "a"),
    ],
)
def test_an_sms_can_come_from_a_short_code_or_a_sender_id(
    typed: str, sender: str, region: str | None
) -> None:
    assert read_sender(typed, Kind.SMS, region) == sender


@pytest.mark.parametrize(
    ("typed", "region"),
    [
        ("agent-7.example", "US"),
        ("1000@sip.example.com", "US"),
        ("1000", "US"),
        ("72-345", "NO"),
        ("10.20.30.40", "NO"),
        ("2025550100", None),
        ("2025550100", "NO"),
        ("0012", None),
    ],
)
def test_a_call_can_come_from_a_sip_number(typed: str, region: str | None) -> None:
    assert read_sender(f" {typed}\u200b", Kind.VOICE, region) == typed


def test_digits_after_two_zeros_are_a_number_if_a_country_has_numbers_like_this() -> None:
    assert read_sender("00980000", Kind.SMS, None) == "+980000"
    assert read_sender("00123", Kind.SMS, None) == "00123"


def test_digits_are_a_number_where_numbers_are_as_short_as_short_codes() -> None:
    assert read_sender("22123456", Kind.SMS, "NO") == "+4722123456"
    assert read_sender("22123456", Kind.VOICE, "NO") == "+4722123456"
    assert read_sender("22123456", Kind.SMS, "US") == "22123456"


@pytest.mark.parametrize(
    ("typed", "kind", "region", "expected"),
    [
        *(("+1202555", kind, None, NOT_POSSIBLE) for kind in Kind),
        *(("+1 555-0100", kind, "US", NOT_POSSIBLE) for kind in Kind),
        *(("+120255501001234", kind, None, NOT_POSSIBLE) for kind in Kind),
        *(("+1 202 555 0100 ext. 5", kind, None, NOT_POSSIBLE) for kind in Kind),
        *(("+", kind, "US", NOT_POSSIBLE) for kind in Kind),
        *(("+SPRING", kind, "US", NOT_POSSIBLE) for kind in Kind),
        *(("+7 234", kind, "US", NOT_POSSIBLE) for kind in Kind),
        *(("+1 202-555-0100, +1 202-555-0101", kind, "US", NOT_POSSIBLE) for kind in Kind),
        *(("0044 20 7946", kind, "GB", NOT_POSSIBLE) for kind in Kind),
        *(("(202) 555-0100", kind, None, NO_COUNTRY) for kind in Kind),
        *(("(202) 555-0100", kind, "NO", NO_COUNTRY) for kind in Kind),
        *(("020 7946 0018", kind, "US", NO_COUNTRY) for kind in Kind),
        *(("555-0100", kind, "US", NO_COUNTRY) for kind in Kind),
        ("2025550100", Kind.SMS, None, NO_COUNTRY),
        ("agent-7.example", Kind.SMS, "US", NO_SENDER),
        ("Spring Sale 2", Kind.SMS, "US", NO_SENDER),
        ("call +1 202 555 0100", Kind.SMS, "US", NO_SENDER),
        ("Весна", Kind.SMS, "US", NO_SENDER),
        ("Sale 🎉", Kind.SMS, "US", NO_SENDER),
    ],
)
def test_a_text_that_cannot_be_a_sender_is_refused_with_the_reason(
    typed: str, kind: Kind, region: str | None, expected: SenderFault
) -> None:
    assert fault(typed, kind, region) is expected


@pytest.mark.parametrize("kind", Kind)
def test_what_kore_accepted_before_is_sent_as_it_was(kind: Kind) -> None:
    known = Senders(region="US", accepted=frozenset({"2025550100", "Twelve signs"}))
    for accepted in known.accepted:
        assert read_known(f" {accepted} ", kind, known) == accepted == formatted(accepted)
    assert read_known("202-555-0100", kind, known) == NEW_YORK
    assert read_known("2025550101", kind, known) == "+12025550101"


@pytest.mark.parametrize("kind", Kind)
def test_unseen_characters_alone_are_no_sender(kind: Kind) -> None:
    assert fault("\u200b\u202a", kind, "US") is NO_COUNTRY


@given(st.text(max_size=64), st.sampled_from(Kind), st.none() | st.sampled_from(REGIONS))
def test_any_text_is_refused_or_a_sender_that_reads_as_itself(
    typed: str, kind: Kind, region: str | None
) -> None:
    try:
        sender = read_sender(typed, kind, region)
    except UnreadableSender:
        return
    assert 1 <= len(sender) <= 64
    assert read_sender(sender, kind, region) == sender
    assert read_sender(formatted(sender), kind, region) == sender


@given(NUMBERS, st.sampled_from(Kind))
def test_a_number_is_read_in_every_format_and_from_what_is_shown(
    number: tuple[str, PhoneNumber], kind: Kind
) -> None:
    region, parsed = number
    assume(phonenumbers.is_valid_number_for_region(parsed, region))
    e164 = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    for format_ in FORMATS:
        written = phonenumbers.format_number(parsed, format_)
        assert read_sender(written, kind, region) == e164
    assert read_sender(formatted(e164), kind, None) == e164
    assert read_sender(f"00{e164[1:]}", kind, None) == e164


@given(SENDER_IDS)
def test_a_sender_id_is_sent_and_shown_as_typed(typed: str) -> None:
    assume(any(sign.isalpha() for sign in typed))
    expected = " ".join(typed.split())
    assert read_sender(typed, Kind.SMS, "US") == expected == formatted(expected)


@given(st.from_regex("(?!00)[0-9]{3,8}", fullmatch=True))
def test_a_short_code_is_sent_and_shown_as_typed(typed: str) -> None:
    assert read_sender(typed, Kind.SMS, None) == typed == formatted(typed)
    assert is_short_code(typed)
    assert not is_number(typed)


@pytest.mark.parametrize(
    ("sender", "shown"),
    [
        (NEW_YORK, "+1 202-555-0100"),
        (LONDON, "+44 20 7946 0018"),
        ("72345", "72345"),
        ("SPRINGCO", "SPRINGCO"),
        ("agent-7.example", "agent-7.example"),
        ("+1202", "+1202"),
        ("+SPRING", "+SPRING"),
        ("", ""),
    ],
)
def test_a_sender_is_shown_as_people_write_it(sender: str, shown: str) -> None:
    assert formatted(sender) == shown


@pytest.mark.parametrize(
    ("sender", "assigned"),
    [
        (NEW_YORK, True),
        (LONDON, True),
        ("+11234567890", False),
        ("+441", False),
    ],
)
def test_a_number_that_its_country_assigns_fits_its_numbering_plan(
    sender: str, *, assigned: bool
) -> None:
    assert is_assigned(sender) is assigned


@pytest.mark.parametrize(
    ("sender", "typed", "found"),
    [
        (NEW_YORK, "", True),
        (NEW_YORK, "(202) 555", True),
        (NEW_YORK, "+1 202-555-0100", True),
        (NEW_YORK, "001 202", True),
        (NEW_YORK, "\u0660\u0661\u0660\u0660", True),
        (NEW_YORK, "0101", False),
        (LONDON, "020 7946", True),
        (LONDON, "Spring", False),
        ("SPRINGCO", "spring", True),
        ("SPRINGCO", "72", False),
        ("72345", "345", True),
        ("agent-7.example", "7.EX", True),
    ],
)
def test_a_sender_is_found_by_a_part_of_it(sender: str, typed: str, *, found: bool) -> None:
    assert contains(sender, typed) is found
