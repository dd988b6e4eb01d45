"""Names are compared as people type them, and kept as they are."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.names import best, folded, keyed, quoted, similar, trimmed, typed_name
from bot.campaigns.values import same_name

# Quotes of every style, letters beside them, spaces, and what keyboards make of them.
tricky = st.text(
    alphabet="aS\u0130\u00df\u0301 \u00a0\t\u200b\"'\u2019\u201c\u201d\u00ab-\u2013\u2026"
)
names = st.one_of(st.text(), tricky)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mother's Day", "Mother\u2019s Day"),
        ("Mother's Day", "MOTHER\u02bcS  DAY"),
        ("Mother's Day", "Mother\u00b4s Day"),
        ("Mother's Day", "Mother`s\u00a0Day"),
        ('The "big" sale', "The \u201cbig\u201d sale"),
        ('The "big" sale', "The \u201ebig\u201c sale"),
        ('The "big" sale', "The \u00abbig\u00bb sale"),
        ("Spring sale", "\u201cSpring sale\u201d"),
        ("Spring sale", "\u00ab\u00a0Spring sale\u00a0\u00bb"),
        ("Spring sale", " spring \t\u202f SALE\n"),
        ("Spring sale", "\u200bSpring\ufeff sale\u2060"),
        ("Spring sale", "Spr\u00ading sale"),
        ("A - B", "A \u2013 B"),
        ("A - B", "A \u2014 B"),
        ("A -- B", "A \u2014 B"),
        ("A-B", "A\u2011B"),
        ("5 -3", "5 \u22123"),
        ("Caf\u00e9", "Cafe\u0301"),
        ("Stra\u00dfe", "STRASSE"),
        ("\uff33ale \uff12", "Sale 2"),
        ("\ufb01nal", "final"),
        ("Wait...", "Wait\u2026"),
        ("1/2 price", "\u00bd price"),
        ("I \u2764\ufe0f you", "I \u2764 you"),
    ],
)
def test_names_that_people_take_for_the_same_are_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sale 1", "Sale 2"),
        ("Spring sale", "Springsale"),
        ("Mother's Day", "Mothers Day"),
        ("Cafe", "Caf\u00e9"),
        ("R&D", "R&amp;D"),
        ("A-B", "A B"),
        ('"A" and "B"', 'A" and "B'),
    ],
)
def test_other_names_stay_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(names)
def test_a_folded_name_stays_as_it_is(name: str) -> None:
    assert folded(folded(name)) == folded(name)


def test_every_character_stays_as_it_is_once_folded() -> None:
    text = [chr(each) for each in range(0x30000)]
    assert [each for each in text if folded(folded(each)) != folded(each)] == []


@given(names)
def test_every_way_to_write_a_name_is_the_same(name: str) -> None:
    assert folded(f"\u00a0{name}\u200b ") == folded(name)
    for form in ("NFC", "NFD"):
        assert folded(unicodedata.normalize(form, folded(name))) == folded(name)


@given(names, st.sampled_from([str.upper, str.lower, str.casefold, str.strip]))
def test_names_that_kore_takes_for_the_same_are_the_same(name: str, write: object) -> None:
    assert callable(write)
    other = str(write(name))
    assert folded(other) == folded(name) or not same_name(other, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Spring sale", "Spring sale"),
        ("  Spring   sale\u200b ", "Spring   sale"),
        ('"Spring sale"', "Spring sale"),
        ("\u201cSpring sale\u201d", "Spring sale"),
        ('\u201cSpring sale"', "Spring sale"),
        ("\u2018Spring sale\u2019", "Spring sale"),
        ("\u00ab Spring sale \u00bb", "Spring sale"),
        ("`Spring sale`", "Spring sale"),
        ("'Mother's Day'", "Mother's Day"),
        ("\u201cMother\u2019s Day\u201d", "Mother\u2019s Day"),
        ('""Spring sale""', '"Spring sale"'),
        ('"Spring" sale', '"Spring" sale'),
        ('"Spring" and "fall"', '"Spring" and "fall"'),
        ("\u201cSpring\u201d and \u201cfall\u201d", "\u201cSpring\u201d and \u201cfall\u201d"),
        ("'90s music", "'90s music"),
        ('"Spring sale', '"Spring sale'),
        ('Screen 24"', 'Screen 24"'),
        ('"', '"'),
        ('""', '""'),
        ('" "', '" "'),
        ("", ""),
        ("R&D &amp; more", "R&D &amp; more"),
        ("<http://a.example|b>", "<http://a.example|b>"),
    ],
)
def test_a_typed_name_loses_the_quotes_around_the_whole(text: str, name: str) -> None:
    assert typed_name(text) == name


@given(names)
def test_a_typed_name_can_be_typed_again(text: str) -> None:
    name = typed_name(text)
    assert typed_name(quoted(name)) == name
    assert bool(name) == bool(trimmed(text))


@given(tricky)
def test_a_name_is_the_same_with_and_without_quotes_around_the_whole(text: str) -> None:
    assert folded(typed_name(text)) == folded(text)


@given(names)
def test_the_keys_stand_at_the_places_of_the_typed_characters(text: str) -> None:
    keys = keyed(text)
    assert len(keys) == len(text)
    assert all(key == sign or key in " \"'-/" for key, sign in zip(keys, text, strict=True))


@given(names)
def test_the_typed_letters_stay(text: str) -> None:
    assert typed_name(text) in text


def test_a_long_text_is_read_quickly() -> None:
    for text in ('"' * 40_000, "a" + " " * 40_000 + "a", "'\"" * 20_000, "' " * 20_000):
        assert folded(typed_name(text))


def test_an_exact_match_wins_over_others() -> None:
    found = ["Mother's Day", "Mother\u2019s Day", "MOTHER'S DAY", "Father's Day"]
    assert best(found, "Mother\u2019s Day", str) == ["Mother\u2019s Day"]
    assert best(found, "mother's day", str) == found[:3]
    assert best(found, "Mothers Day", str) == []
    assert best(['"Sale"', "Sale"], typed_name('"Sale"'), str) == ["Sale"]
    assert best(['"Sale"', "Sale"], typed_name('""Sale""'), str) == ['"Sale"']
    assert best(['"Sale"'], typed_name('"Sale"'), str) == ['"Sale"']


@pytest.mark.parametrize(
    ("name", "others", "closest"),
    [
        ("do not CAL", ["Do not call", "Global"], "Do not call"),
        ("Frist Name", ["Last Name", "firstName", "First Name"], "First Name"),
        ("Nickname", ["First Name", "Last Name"], None),
        ("First Name", [], None),
    ],
)
def test_a_misspelled_name_finds_the_most_similar(
    name: str, others: list[str], closest: str | None
) -> None:
    assert similar(name, others) == closest
