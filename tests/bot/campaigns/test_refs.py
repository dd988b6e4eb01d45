"""References to campaigns are written as one line and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.environment import NAME
from bot.campaigns.refs import CampaignRef

IDS = st.from_regex(r"cd-[0-9a-f]{8}(-[0-9a-f]{4}){2}", fullmatch=True)
NAMES = (
    st.text(min_size=1, max_size=48)
    .map(str.strip)
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
        ("", None, ""),
    ],
)
def test_typed_references_are_read(typed: str, id_: str | None, name: str) -> None:
    assert CampaignRef.parse(typed) == CampaignRef(id=id_, name=name)


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
    ],
)
def test_two_references_may_mean_one_campaign(one: str, other: str, *, may: bool) -> None:
    first, second = CampaignRef.parse(one), CampaignRef.parse(other)
    assert first.may_mean(second) is second.may_mean(first) is may
