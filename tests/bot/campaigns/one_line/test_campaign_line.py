"""A line about a new campaign is read into its parts, and every word of it is said somewhere."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.names import folded
from bot.campaigns.one_line import CampaignLine, possible_lists, read_campaign
from bot.campaigns.one_line.words import SEPARATORS
from bot.campaigns.values import CONTACT_LISTS_MAX, DialingMode, Kind

NUMBER = "+1 202-555-0100"
LISTS = (
    *("Spring leads", "VIP customers", "Gold customers", "Silver", "Leads to call"),
    *("R&D and more", "Bed and Breakfast", "From Berlin", "Gold"),
)
QUOTES = ['""', "''", "\u201c\u201d", "\u201e\u201c", "\u00ab\u00bb", "\u2018\u2019", "``"]
BLANKS = [" ", "  ", "\u00a0", "\n", "\t", " \u200b"]
KEYWORDS = {"to", "from", "sender", "caller", "id", "dnc", "list", "template", "experience"}
KEYWORDS |= {"flow", "queue", "mode", "with", "using", "via"}
WORDS = ["Spring", "sale", "to", "from", "every", "queue", "10:30", "R&D", "Welcome", "2026", "&"]
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)
messages = st.text(min_size=1).filter(lambda text: folded(text) != "")
blanks = st.sampled_from(BLANKS)


def sms(line: str) -> CampaignLine:
    return read_campaign(line, Kind.SMS, LISTS)


def voice(line: str) -> CampaignLine:
    return read_campaign(line, Kind.VOICE, LISTS)


def said(line: CampaignLine) -> dict[str, object]:
    """Return what a line says, without what it does not say."""
    return {name: value for name, value in line.model_dump().items() if value not in ("", (), None)}


@pytest.mark.parametrize(
    "name",
    [
        "Spring sale",
        "Welcome to spring",
        "Greetings from Berlin",
        "Sale 10:30 tomorrow",
        ":tada: Sale",
        "New flow for spring",
        "To the moon",
        "to",
        '"A" and "B"',
        '"Spring" sale',
        "Preview of spring",
        "https://shop.example.com",
        "",
    ],
)
def test_a_name_alone_is_a_name(name: str) -> None:
    assert sms(name) == voice(name) == CampaignLine(name=name)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            '"Spring sale" to Spring leads from +1 202-555-0100: Hello <First Name>, at 10:30: go',
            {"name": "Spring sale", "contact_lists": ("Spring leads",), "caller_id": NUMBER}
            | {"message": "Hello <First Name>, at 10:30: go"},
        ),
        (
            "spring sale TO spring LEADS, vip customers & Silver FROM (202) 555-0100: Hi",
            {"name": "spring sale", "caller_id": "(202) 555-0100", "message": "Hi"}
            | {"contact_lists": ("Spring leads", "VIP customers", "Silver")},
        ),
        ("Sale: Hi\nall", {"name": "Sale", "message": "Hi\nall"}),
        ('"Sale":Hi', {"name": "Sale", "message": "Hi"}),
        ("Sale\uff1aHi", {"name": "Sale", "message": "Hi"}),
        (": Hi", {"message": "Hi"}),
        ("to Gold: Hi", {"contact_lists": ("Gold",), "message": "Hi"}),
        (
            "Promo: spring to Spring leads from 72345:Hi",
            {"name": "Promo: spring", "contact_lists": ("Spring leads",)}
            | {"caller_id": "72345", "message": "Hi"},
        ),
        (
            "Welcome to spring to Spring leads: Hi",
            {"name": "Welcome to spring", "contact_lists": ("Spring leads",), "message": "Hi"},
        ),
        (
            "Greetings from Berlin to Leads to call: Hi",
            {"name": "Greetings from Berlin", "contact_lists": ("Leads to call",)}
            | {"message": "Hi"},
        ),
        (
            "Spring sale to Sprng leads from ACME: Hi",
            {"name": "Spring sale", "contact_lists": ("Sprng leads",), "caller_id": "ACME"}
            | {"message": "Hi"},
        ),
        (
            "'Mother's Day' to R&D and more and Bed and Breakfast, “One, two” and Others",
            {"name": "Mother's Day"}
            | {"contact_lists": ("R&D and more", "Bed and Breakfast", "One, two", "Others")},
        ),
        (
            '"Sale" to Gold from 72345 with template Welcome and dnc list Do not call: Hi {{1}}',
            {"name": "Sale", "contact_lists": ("Gold",), "caller_id": "72345"}
            | {"template": "Welcome", "dnc_list": "Do not call", "message": "Hi {{1}}"},
        ),
        (
            '"Sale" to: Gold, Gold from: 72345 experience flow “SMS support”',
            {"name": "Sale", "contact_lists": ("Gold",), "caller_id": "72345"}
            | {"flow": "SMS support"},
        ),
        (
            '"Sale" now to Gold please, Silver queue Sales',
            {"name": "Sale", "contact_lists": ("Gold", "Silver")}
            | {"not_understood": ("now", "please", "queue Sales")},
        ),
        (
            '"Sale" to Gold flow Promo template Welcome: Hi',
            {"name": "Sale", "contact_lists": ("Gold",), "flow": "Promo"}
            | {"not_understood": ("template Welcome", "Hi")},
        ),
        (
            '"Sale" from 72345 to from 1234',
            {"name": "Sale", "caller_id": "72345", "not_understood": ("to from 1234",)},
        ),
        ("Sale to Gold: ", {"name": "Sale", "contact_lists": ("Gold",)}),
    ],
)
def test_an_sms_line_is_read_into_its_parts(line: str, parts: dict[str, object]) -> None:
    assert said(sms(line)) == parts


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            '"Renewal" to Gold customers, Silver from +1 202-555-0100 queue Sales',
            {"contact_lists": ("Gold customers", "Silver"), "caller_id": NUMBER, "queue": "Sales"}
            | {"dialing_mode": DialingMode.PROGRESSIVE},
        ),
        (
            "Renewal to Gold preview mode, queue Sales",
            {"contact_lists": ("Gold",), "queue": "Sales", "dialing_mode": DialingMode.PREVIEW},
        ),
        (
            '"Renewal" flow Reminder queue Sales preview',
            {"flow": "Reminder", "not_understood": ("queue Sales preview",)},
        ),
        (
            '"Renewal" agentless queue Sales',
            {"dialing_mode": DialingMode.AGENTLESS, "not_understood": ("queue Sales",)},
        ),
        (
            '"Renewal" template Welcome to Gold: Hi',
            {"contact_lists": ("Gold",), "not_understood": ("template Welcome", "Hi")},
        ),
    ],
)
def test_a_voice_line_is_read_into_its_parts(line: str, parts: dict[str, object]) -> None:
    assert said(voice(line)) == {"name": "Renewal"} | parts


def test_a_colon_in_the_name_of_a_voice_campaign_stays() -> None:
    assert voice("Renewal: reminder") == CampaignLine(name="Renewal: reminder")


@given(
    name=names,
    quotes=st.sampled_from(QUOTES),
    lists=st.lists(st.sampled_from(LISTS), min_size=1, max_size=4, unique=True),
    between=st.sampled_from([", ", " and ", " & ", "; ", ",and "]),
    number=st.sampled_from([NUMBER, "+12025550100", "(202) 555-0100", "001 202 555 0100"]),
    message=messages,
    blank=blanks,
    case=st.sampled_from([str.lower, str.upper, str.title]),
)
def test_a_line_built_from_parts_is_read_back(  # noqa: PLR0917 # one for each part
    name: str,
    quotes: str,
    lists: list[str],
    between: str,
    number: str,
    message: str,
    blank: str,
    case: object,
) -> None:
    assert callable(case)
    words = [f"{quotes[0]}{name}{quotes[1]}", case("to"), between.join(map(case, lists))]
    line = blank.join([*words, case("from"), number]) + f": {message}"
    read = sms(line)
    assert (read.name, read.contact_lists) == (name, tuple(lists))
    assert (read.caller_id, read.not_understood) == (number, ())
    assert folded(read.message) == folded(message)
    assert read.message in message


@given(
    # "from 2026 2026" is a phone number.
    first=names.filter(lambda name: " to" not in f" {name}" and "2026 2026" not in name),
    lists=st.lists(st.sampled_from(LISTS), min_size=1, max_size=3, unique=True),
)
def test_known_contact_lists_end_a_name_without_quotes(first: str, lists: list[str]) -> None:
    read = sms(f"{first} to {', '.join(lists)}")
    assert (read.name, read.contact_lists) == (first, tuple(lists))


line_words = st.sampled_from(
    [
        *WORDS,
        *KEYWORDS,
        "Gold",
        "Silver",
        "Spring leads",
        ",",
        "and",
        "72345",
        "Sale:",
        '"VIP"',
        "x",
    ]
)


@given(st.lists(line_words, max_size=14).map(" ".join), st.sampled_from(Kind))
def test_no_word_is_lost(line: str, kind: Kind) -> None:
    read = read_campaign(line, kind, LISTS)
    parts = {**said(read)}
    lists = parts.pop("contact_lists", ())
    pieces = parts.pop("not_understood", ())
    assert isinstance(lists, tuple)
    assert isinstance(pieces, tuple)
    told = words_of(" ".join([*map(str, parts.values()), *pieces, *lists]))
    assert {*words_of(line)} - KEYWORDS <= {*told}


def words_of(text: str) -> Counter[str]:
    """Return the words of a text, without separators."""
    plain = text.replace(",", " ").replace(":", " ").replace('"', " ")
    return Counter(folded(word) for word in plain.split() if word not in SEPARATORS)


def test_more_contact_lists_than_a_campaign_takes_are_not_understood() -> None:
    typed = [f"List {number}" for number in range(CONTACT_LISTS_MAX + 2)]
    read = sms(f'"Sale" to {", ".join(typed)}')
    assert read.contact_lists == tuple(typed[:CONTACT_LISTS_MAX])
    assert read.not_understood == (", ".join(typed[CONTACT_LISTS_MAX:]),)


def test_a_name_that_fits_no_option_is_not_understood() -> None:
    long = "x" * 151
    read = sms(f'"Sale" to {long}, Gold flow {long}')
    assert (read.contact_lists, read.flow) == (("Gold",), "")
    assert read.not_understood == (long, f"flow {long}")


def test_the_contact_list_that_is_spelled_exactly_wins() -> None:
    assert read_campaign('"S" to gold', Kind.SMS, ("Gold", "gold")).contact_lists == ("gold",)
    assert read_campaign('"S" to GOLD', Kind.SMS, ("Gold", "gold")).contact_lists == ("Gold",)


@given(st.lists(st.sampled_from(LISTS), min_size=1, max_size=4, unique=True), names)
def test_all_contact_lists_of_a_line_are_looked_up(lists: list[str], name: str) -> None:
    possible = possible_lists(f"{name} to {', '.join(lists)} from {NUMBER}: Hello")
    assert {*map(folded, lists)} <= possible


def test_a_long_line_is_read_quickly() -> None:
    for text in ('"' * 40_000, "to " * 13_000, "a: " * 13_000, "' " * 20_000, "to a, " * 6_000):
        assert sms(text).name or sms(text).contact_lists
        assert len(possible_lists(text)) < 1000
