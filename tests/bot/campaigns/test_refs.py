"""References to campaigns are written as one line and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.environment import NAME
from bot.campaigns.names import folded, trimmed
from bot.campaigns.refs import CampaignRef

IDS = st.from_regex(r"cd-[0-9a-f]{8}(-[0-9a-f]{4}){2}", fullmatch=True)
NAMES = (
    st.text(min_size=1, max_size=48)
    .map(trimmed)
    .filter(lambda name: name and not name.lower().startswith("cd-"))
)
REFS = st.one_of(
    st.builds(CampaignRef, id=IDS),
    st.builds(CampaignRef, name=NAMES),
    st.builds(CampaignRef, id=IDS, name=NAMES),
    st.builds(CampaignRef, id=IDS, name=NAMES, environment=st.from_regex(NAME, fullmatch=True)),
)


@given(REFS)
def test_a_written_reference_is_read_back(ref: CampaignRef) -> None:
    assert CampaignRef.parse(str(ref)) == ref


@given(st.text(alphabet="cd-1 /'\"\u201c\u201dS\u200b\u00a0", max_size=20))
def test_a_typed_reference_is_written_and_read_back(text: str) -> None:
    ref = CampaignRef.parse(text)
    assert CampaignRef.parse(str(ref)) == ref
    assert folded(ref.whole) == folded(text)


@pytest.mark.parametrize(
    ("typed", "id_", "name"),
    [
        ("Spring sale", None, "Spring sale"),
        ("  Spring   sale ", None, "Spring   sale"),
        ("cd-e7110489-a30a-5d1e", "cd-e7110489-a30a-5d1e", ""),
        (" cd-e7110489-a30a-5d1e ", "cd-e7110489-a30a-5d1e", ""),
        ("cd-e7110489-a30a-5d1e Spring sale", "cd-e7110489-a30a-5d1e", "Spring sale"),
        ("sale cd-e7110489-a30a-5d1e", None, "sale cd-e7110489-a30a-5d1e"),
        ("cdr export", None, "cdr export"),
        ("sandbox/Spring sale", None, "sandbox/Spring sale"),
        ("\u201cSpring sale\u201d", None, "Spring sale"),
        ('"cd-e7110489-a30a-5d1e"', "cd-e7110489-a30a-5d1e", ""),
        ("\u200bcd-e7110489-a30a-5d1e\u00a0Spring sale", "cd-e7110489-a30a-5d1e", "Spring sale"),
        ('cd-e7110489-a30a-5d1e "Sale"', "cd-e7110489-a30a-5d1e", '"Sale"'),
        ("cd-2026 spring", "cd-2026", "spring"),
        ("R&D &amp; more", None, "R&D &amp; more"),
        ("", None, ""),
    ],
)
def test_typed_references_are_read(typed: str, id_: str | None, name: str) -> None:
    assert CampaignRef.parse(typed) == CampaignRef(id=id_, name=name)


@pytest.mark.parametrize(
    "typed", ["Spring sale", "cd-2026 spring", "cd-2026", "sandbox/cd-2026", "cd-2026\u00a0spring"]
)
def test_the_whole_text_may_be_a_name(typed: str) -> None:
    assert CampaignRef.parse(typed).whole == typed.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("ref", "label"),
    [
        (CampaignRef(id="cd-1", name="Spring sale"), "Spring sale"),
        (CampaignRef(name="Spring sale"), "Spring sale"),
        (CampaignRef(id="cd-1"), "cd-1"),
    ],
)
def test_the_label_is_the_name_if_it_is_known(ref: CampaignRef, label: str) -> None:
    assert ref.label == label


def test_a_chosen_campaign_names_its_environment() -> None:
    ref = CampaignRef.parse("sandbox/cd-e7110489-a30a Spring sale")
    assert ref == CampaignRef(id="cd-e7110489-a30a", name="Spring sale", environment="sandbox")
    assert ref.label == "Spring sale"


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("cd-1 Sale", "cd-1 Old name", True),
        ("cd-1 Sale", "cd-2 Sale", False),
        ("cd-1 Sale", "sale", True),
        ("cd-1 Sale", "Sales", False),
        ("Sale", "SALE", True),
        ("cd-1", "Sale", False),
        ("Mother's Day", "\u201cMother\u2019s  day\u201d", True),
        ("cd-1 Mother's Day", "Mother\u2019s Day", True),
        ("cd-2026 spring", '"cd-2026 Spring"', True),
        ("cd-2026 spring", "spring", True),
        ("cd-2026", "cd-2027", False),
    ],
)
def test_two_references_may_mean_one_campaign(one: str, other: str, *, may: bool) -> None:
    first, second = CampaignRef.parse(one), CampaignRef.parse(other)
    assert first.may_mean(second) is second.may_mean(first) is may
