"""Caller IDs: which can be dialed, and how they are stored."""

import pytest

from bot.campaigns.phones import as_dialed, is_dialable, is_valid
from bot.campaigns.values import Kind


@pytest.mark.parametrize(
    ("typed", "dialed"),
    [
        ("+12025550100", "+12025550100"),
        ("+1 (202) 555-0100", "+12025550100"),
        ("+1.202.555.0100", "+12025550100"),
        ("2025550100", "2025550100"),
        ("agent-7.example", "agent-7.example"),
        ("+12", "+12"),
    ],
)
def test_a_number_loses_its_spaces_and_punctuation(typed: str, dialed: str) -> None:
    assert as_dialed(typed) == dialed


@pytest.mark.parametrize(
    ("typed", "by_sms", "by_voice"),
    [
        ("+12025550100", True, True),
        ("+1 (202) 555-0100", True, True),
        ("+1202555", False, False),
        ("+120255501001234", False, False),
        ("+", False, False),
        ("2025550100", False, True),
        ("1000", False, True),
        ("agent-7.example", False, True),
    ],
)
def test_sms_needs_an_international_number_and_voice_takes_sip(
    typed: str, *, by_sms: bool, by_voice: bool
) -> None:
    assert is_dialable(typed, Kind.SMS) is by_sms
    assert is_dialable(typed, Kind.VOICE) is by_voice


@pytest.mark.parametrize(
    ("typed", "kind", "valid"),
    [
        ("+12025550100", Kind.VOICE, True),
        ("+12025550100", Kind.SMS, True),
        ("+44 20 7183 8750", Kind.SMS, True),
        ("+11234567890", Kind.VOICE, False),
        ("+11234567890", Kind.SMS, False),
        ("+441", Kind.SMS, False),
        ("1000", Kind.VOICE, True),
        ("agent-7.example", Kind.VOICE, True),
        ("1000", Kind.SMS, False),
    ],
)
def test_a_valid_number_fits_the_numbering_plan_of_its_country(
    typed: str, kind: Kind, *, valid: bool
) -> None:
    assert is_valid(typed, kind) is valid
