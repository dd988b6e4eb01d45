"""The length of an SMS text, its placeholders and its links."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.sms_text import (
    Encoding,
    NotGsm,
    SmsLength,
    in_gsm,
    links_without_https,
    placeholders,
    sms_length,
)

# 3GPP TS 23.038, 6.2.1: the default alphabet in the order of its codes, without the escape at 0x1B.
DEFAULT = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# 6.2.1.1: its extension table, each after the escape.
EXTENSION = "\f^{}\\[~]|€"
ESCAPE = "\x1b"
OTHERS = "\u2018\u2019“”\u2013…\u00a0çêё日😀👍🏽\u200b\u200d\ufe0f\u0301`\t"

texts = st.one_of(
    st.text(st.sampled_from(DEFAULT + EXTENSION), max_size=700),
    st.text(st.sampled_from(EXTENSION + "ab"), min_size=60, max_size=400),
    st.text(st.sampled_from(DEFAULT + EXTENSION + OTHERS), max_size=400),
    st.text(st.sampled_from("😀a"), min_size=30, max_size=300),
    st.text(max_size=400),
)


def cut(units: list[str], alone: int, joined: int, first_of_two: str) -> list[list[str]]:
    """Cut what is sent into segments, but never behind the first unit of a pair."""
    if len(units) <= alone:
        return [units]
    segments = []
    while units:
        end = min(joined, len(units))
        if end < len(units) and units[end - 1] in first_of_two:
            end -= 1
        segments.append(units[:end])
        units = units[end:]
    return segments


def as_septets(text: str) -> list[str]:
    return list("".join(ESCAPE + each if each in EXTENSION else each for each in text))


def as_code_units(text: str) -> list[str]:
    sent = text.encode("utf-16-be", "surrogatepass")
    return [chr(int.from_bytes(sent[at : at + 2])) for at in range(0, len(sent), 2)]


@given(texts)
def test_a_text_is_counted_as_it_is_sent(text: str) -> None:
    gsm = set(text) <= set(DEFAULT + EXTENSION)
    if gsm:
        segments = cut(as_septets(text), 160, 153, ESCAPE)
    else:
        surrogates = "".join(map(chr, range(0xD800, 0xDC00)))
        segments = cut(as_code_units(text), 70, 67, surrogates)

    length = sms_length(text)

    assert length.encoding is (Encoding.GSM_7 if gsm else Encoding.UNICODE)
    assert length.units == sum(map(len, segments))
    assert length.segments == len(segments)
    assert bool(length.not_gsm) is not gsm


@given(texts)
def test_a_text_in_gsm_has_every_character_that_gsm_has(text: str) -> None:
    written = in_gsm(text)
    if written is None:
        assert any(each.instead is None for each in sms_length(text).not_gsm)
    else:
        assert sms_length(written).encoding is Encoding.GSM_7
        assert in_gsm(written) == written


def test_the_alphabet_is_that_of_the_standard() -> None:
    assert len(DEFAULT) == 127
    wide = tuple((each, 2) for each in EXTENSION if not each.isspace())
    assert sms_length(DEFAULT) == SmsLength(Encoding.GSM_7, 127, 1)
    assert sms_length(EXTENSION) == SmsLength(Encoding.GSM_7, 20, 1, wide=wide)
    assert sms_length(ESCAPE).encoding is Encoding.UNICODE


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("a" * 160, Encoding.GSM_7, 160, 1),
        ("a" * 161, Encoding.GSM_7, 161, 2),
        ("a" * 306, Encoding.GSM_7, 306, 2),
        ("a" * 307, Encoding.GSM_7, 307, 3),
        ("€" * 80, Encoding.GSM_7, 160, 1),
        # 153 is odd: each segment has 76 whole pairs.
        ("€" * 152, Encoding.GSM_7, 304, 2),
        ("€" * 153, Encoding.GSM_7, 306, 3),
        ("я" * 70, Encoding.UNICODE, 70, 1),
        ("я" * 71, Encoding.UNICODE, 71, 2),
        ("я" * 134, Encoding.UNICODE, 134, 2),
        ("😀" * 35, Encoding.UNICODE, 70, 1),
        # 67 is odd: each segment has 33 whole pairs.
        ("😀" * 66, Encoding.UNICODE, 132, 2),
        ("😀" * 67, Encoding.UNICODE, 134, 3),
        ("", Encoding.GSM_7, 0, 1),
    ],
)
def test_the_limits_of_segments(text: str, encoding: Encoding, units: int, segments: int) -> None:
    length = sms_length(text)
    assert (length.encoding, length.units, length.segments) == (encoding, units, segments)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        *(("\u2018", "'"), ("\u2019", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("«", '"')),
        *(("\u2013", "-"), ("—", "-"), ("…", "..."), ("•", "-"), ("½", "1/2"), ("™", "TM")),
        *(("\u00a0", " "), ("\u202f", " "), ("\t", " "), ("\u200b", ""), ("\u00ad", "")),
        *(("\uff46", "f"), ("ﬁ", "fi"), (normalize("NFD", "é"), "é"), ("`", "'")),
        *(("ç", None), ("ê", None), ("日", None), ("😀", None), (ESCAPE, None)),
    ],
)
def test_a_character_that_is_not_gsm_has_its_equivalent(written: str, instead: str | None) -> None:
    assert sms_length(f"a{written}{written}").not_gsm == (NotGsm(written, instead),)
    expected = None if instead is None else f"a{instead}b"
    assert in_gsm(f"a{written}b") == expected


def test_what_people_see_as_one_character_is_named_as_one() -> None:
    length = sms_length("👍🏽 ❤️ 👨‍👩‍👧 🇩🇪 €")
    shown = ["👍🏽", "❤️", "👨‍👩‍👧", "🇩🇪"]
    assert [each.character for each in length.not_gsm] == shown
    assert length.wide == tuple(zip(shown, (4, 2, 8, 4), strict=True))


def test_an_accent_of_its_own_makes_a_letter_wide() -> None:
    assert sms_length(normalize("NFD", "Café")).wide == ((normalize("NFD", "é"), 2),)
    assert sms_length("a\r\nb").wide == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hello <First Name>, hello < Last Name >!", ("First Name", "Last Name")),
        ("<firstName><firstName> <Due/Date>", ("firstName", "Due/Date")),
        ("<contact.name> <Größe> <Имя>", ("contact.name", "Größe", "Имя")),
        ("We <3 you > all, 2 < 3 > 1", ()),
        ("<> < > <\nName>", ()),
        ("<https://a.example> <www.a.com> <ann@a.com>", ()),
        ("<a<b>", ("b",)),
    ],
)
def test_placeholders(text: str, names: tuple[str, ...]) -> None:
    assert placeholders(text) == names


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://example.com/a?b=1. Mail ann@example.com or mailto:ann@example.com", ()),
        ("HTTPS://EXAMPLE.COM and <https://example.com>", ()),
        (
            "Go to http://example.com/a, or HTTP://B.example/x.",
            ("http://example.com/a", "HTTP://B.example/x"),
        ),
        ("bit.ly/Sale2 then www.example.shop", ("bit.ly/Sale2", "www.example.shop")),
        ("example.online/x example.app", ("example.online/x", "example.app")),
        ("пример.рф", ("пример.рф",)),
        ("ftp://a.com/x myapp://open/x?y=1.", ("ftp://a.com/x", "myapp://open/x?y=1")),
        ("b.com b.com a.com http://10.0.0.1/", ("b.com", "a.com", "http://10.0.0.1/")),
        ("<www.example.com> <contact.name> https://a.com/<Code>", ("www.example.com",)),
        ("Call 5.30 p.m., version 1.2, e.g. now. Sale ends...Hurry", ()),
        ("javascript://x", ("javascript://x",)),
    ],
)
def test_links_without_https(text: str, links: tuple[str, ...]) -> None:
    assert links_without_https(text) == links


@given(st.text(st.sampled_from("<>a /:.w@h\n"), max_size=60))
def test_no_text_breaks_them(text: str) -> None:
    for each in links_without_https(text):
        assert each in text
    for name in placeholders(text):
        assert name == name.strip()
        assert not set(name) & set("<>\n")


@pytest.mark.parametrize("part", ["<", "<a ", "a.", "a://", "w.w@", "//", "-.", "[", "< "])
def test_a_text_of_repeated_signs_is_read(part: str) -> None:
    text = (part * 1600)[:1600]
    assert in_gsm(text) == text
    assert sms_length(text).segments == (22 if part == "[" else 11)
    assert placeholders(text) == ()
    assert all(each in text for each in links_without_https(text))
