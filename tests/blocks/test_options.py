"""The options of a typeahead can be told apart and send the right value."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Option

from blocks.options import Choice, campaign_options, options
from bot.campaigns.campaign import Snapshot
from bot.campaigns.refs import CampaignRef
from bot.campaigns.values import Kind
from sandbox.slack.blockkit import options_faults
from tests.blocks.samples import HOSTILE, snapshot

# Long names from few parts, so that many of them begin, end or go on alike.
PARTS = st.sampled_from(["Spring sale ", "week 1 ", "week 2 ", "x" * 40, "…"])
LABELS = st.lists(PARTS, min_size=1, max_size=8).map("".join)
CHOICES = st.lists(st.builds(Choice, st.text(min_size=1), LABELS, st.sampled_from(["", "SMS"])))
IDS = st.from_regex(r"cd-[0-9]{1,2}a{0,2}(-[0-9a]{1,9})?", fullmatch=True)
CAMPAIGNS = st.lists(
    st.builds(snapshot, LABELS, id=IDS, status=st.sampled_from(["Ready", "s" * 80]))
)
START, END = (
    "Spring sale for all customers in northern Europe, ",
    ", final reminder to the whole list",
)


def shown(found: Sequence[Option]) -> list[tuple[str, str]]:
    """Return each option's label and description as Slack receives them."""
    sent = [each.to_dict() for each in found]
    assert options_faults({"options": sent}) == []
    return [(each["text"]["text"], each.get("description", {}).get("text", "")) for each in sent]


def labels(*names: str) -> list[str]:
    return [
        label for label, _ in shown(options(Choice(str(at), name) for at, name in enumerate(names)))
    ]


def campaign(name: str, end: str, **fields: object) -> Snapshot:
    return snapshot(name, id=f"cd-e7110489-a30a-{end}", **fields)


def test_a_short_label_is_shown_as_it_is() -> None:
    assert labels("x" * 75, "Spring sale") == ["x" * 75, "Spring sale"]


def test_a_long_label_shows_its_beginning_and_its_end() -> None:
    (label,) = labels(f"{START}week 12{END}")
    assert label == "Spring sale for all customers in northern Eur…al reminder to the whole list"


def test_labels_that_begin_and_end_alike_show_what_differs() -> None:
    assert labels(f"{START}week 12{END}", f"{START}week 13{END}") == [
        "Spring sale for…, week 12, final reminder to the whole list",
        "Spring sale for…, week 13, final reminder to the whole list",
    ]


def test_labels_that_differ_in_several_places_show_where_each_differs_from_the_most_alike() -> None:
    long, parts = "y" * 70, ("one", "two", "three", "four")
    names = [f"{START}{a}{long}{b}{END}" for a in ("one", "two") for b in ("three", "four")]
    found = labels(*names)
    assert len(set(found)) == 4
    for name, label in zip(names, found, strict=True):
        assert [part in label for part in parts] == [part in name for part in parts]


@given(CHOICES)
def test_no_two_options_look_the_same(choices: list[Choice]) -> None:
    found = options(choices)
    assert len(set(shown(found))) == len(found)
    first = {choice.value[:150]: choice for choice in reversed(choices)}
    order = list(dict.fromkeys(choice.value[:150] for choice in choices))
    assert [each.value for each in found] == order[:100]
    for each in found:
        assert each.to_dict()["text"]["text"][:15] == first[each.value].label[:15]


@given(
    st.text(max_size=200),
    st.lists(st.text(max_size=20), unique=True, max_size=20),
    st.text(max_size=200),
)
def test_labels_that_differ_in_one_place_are_different(
    start: str, middles: list[str], end: str
) -> None:
    found = [f"{start}{middle}|{end}" for middle in middles]
    assert len(set(labels(*found))) == len(set(found))


def test_options_of_one_label_get_numbers() -> None:
    found = options([Choice("1", "Sale"), Choice("2", "Sale"), Choice("3", "Sale", "SMS")])
    assert shown(found) == [("Sale", ""), ("Sale", "No. 2"), ("Sale", "SMS")]


def test_a_value_is_offered_once_and_at_most_a_hundred() -> None:
    found = options(Choice(str(number % 150), str(number)) for number in range(300))
    assert [label for label, _ in shown(found)] == [str(number) for number in range(100)]


def test_a_campaign_is_described_by_kind_and_status() -> None:
    found = [campaign("Sale", "5d1e", kind=Kind.SMS), campaign("Test", "5d1f", kind=None)]
    assert shown(campaign_options(found)) == [("Sale", "SMS · Ready"), ("Test", "Ready")]


def test_campaigns_with_one_name_show_how_their_ids_end() -> None:
    found = [
        campaign("Mother's Day", "5d1e"),
        campaign("Mother\u2019s  day", "5d1f", status="Active"),
        campaign("Father's Day", "5d2f"),
    ]
    assert [description for _, description in shown(campaign_options(found))] == [
        "Voice · Ready · ID …5d1e",
        "Voice · Active · ID …5d1f",
        "Voice · Ready",
    ]


def test_the_end_of_an_id_is_as_long_as_necessary() -> None:
    found = [campaign("Sale", f"{each}-5d1e") for each in "12"]
    ends = ["ID …1-5d1e", "ID …2-5d1e"]
    assert [text.split(" · ")[-1] for _, text in shown(campaign_options(found))] == ends


def test_a_campaign_is_offered_once_under_its_first_name() -> None:
    found = [campaign("New name", "5d1e"), campaign("Old name", "5d1e")]
    assert shown(campaign_options(found)) == [("New name", "Voice · Ready")]


def test_a_campaign_without_a_name_is_shown_by_its_id() -> None:
    assert shown(campaign_options([campaign("", "5d1e")]))[0][0] == "cd-e7110489-a30a-5d1e"


@given(CAMPAIGNS)
def test_no_two_campaigns_look_the_same_and_each_sends_its_id(campaigns: list[Snapshot]) -> None:
    found = campaign_options(campaigns)
    assert len(set(shown(found))) == len(found)
    ids = list(dict.fromkeys(each.id for each in campaigns))
    assert [CampaignRef.parse(each.value or "").id for each in found] == ids[:100]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_name_makes_an_option(text: str) -> None:
    two = [campaign(text, "5d1e", status=text), campaign(text, "5d1f", status=text)]
    assert len(set(shown(campaign_options(two)))) == 2
