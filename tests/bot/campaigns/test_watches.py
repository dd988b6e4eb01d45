"""Which changes a channel is told of."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.campaigns.actions import Action
from bot.campaigns.changes import CampaignChange, DoneBy
from bot.campaigns.filters import CampaignFilter
from bot.campaigns.hours import WORKDAYS, CallingHours
from bot.campaigns.refs import CampaignRef
from bot.campaigns.values import Kind, Status
from bot.campaigns.watches import Watch
from tests.blocks.samples import snapshot

NOW, DAY = datetime(2027, 1, 15, 12, tzinfo=UTC), timedelta(days=1)
SALE = snapshot("Spring sale")


def watch(channel: str = "C1", **fields: object) -> Watch:
    return Watch.model_validate({"channel": channel, "author": "U1", "since": NOW, **fields})


def change(**fields: object) -> CampaignChange:
    known = {"campaign": CampaignRef.of(SALE), "kind": Kind.SMS, "before": "Ready", "now": "Active"}
    return CampaignChange.model_validate(known | fields)


def done(channel: str, author: str = "U1") -> CampaignChange:
    return CampaignChange.by_person(
        SALE, DoneBy(action=Action.START, author=author, channel=channel)
    )


@pytest.mark.parametrize(
    ("typed", "is_told"),
    [
        ("", True),
        ("sms", True),
        ("SMS  Active  spring", True),
        ("ready", True),
        ("“spring”", True),
        ("voice", False),
        ("completed", False),
        ("autumn", False),
    ],
)
def test_a_filter_lets_through_what_fits_before_or_after(*, typed: str, is_told: bool) -> None:
    assert watch(filter=CampaignFilter.parse(typed)).tells(change()) is is_told


@pytest.mark.parametrize("typed", ["", "sms", "voice active", "ready spring sale", "sms spring"])
def test_a_filter_is_shown_as_it_is_typed(typed: str) -> None:
    assert str(CampaignFilter.parse(typed)) == typed


def test_a_campaign_is_followed_by_its_id() -> None:
    assert watch(campaign=CampaignRef.of(SALE)).tells(change())
    assert not watch(campaign=CampaignRef(id="cd-1", name=SALE.name)).tells(change())


def test_a_filter_is_for_its_environments() -> None:
    sandbox = change(campaign=CampaignRef(id=SALE.id, environment="sandbox"))
    assert watch(environments=("sandbox",)).tells(sandbox)
    assert not watch(environments=("production",)).tells(sandbox)
    assert watch().tells(sandbox)


def test_only_a_campaign_created_since_is_new() -> None:
    for created_at, is_new in ((NOW + DAY, True), (NOW - DAY, False), (None, False)):
        first = CampaignChange.first_seen(SALE.model_copy(update={"created_at": created_at}))
        assert watch().tells(first) is is_new


def test_what_was_done_in_the_channel_is_told_by_its_card_alone() -> None:
    assert not watch("C1").tells(done("C1"))
    assert watch("C2").tells(done("C1"))


def test_nobody_is_told_directly_what_they_did_themselves() -> None:
    assert not watch("D1").tells(done("C1", author="U1"))
    assert watch("D1").tells(done("C1", author="U2"))


def test_the_same_watch_in_a_channel_has_the_same_id() -> None:
    one = watch(filter=CampaignFilter(text="Spring"))
    assert one.id == watch(filter=CampaignFilter(text="spring"), since=NOW + DAY, author="U2").id
    assert one.id != watch("C2", filter=CampaignFilter(text="Spring")).id
    assert one.id != watch(filter=CampaignFilter(text="Spring"), environments=("sandbox",)).id


def test_a_change_has_the_settings_that_both_looks_show() -> None:
    before = SALE.model_copy(update={"priority": 5, "caller_id": None, "hours": None})
    hours = CallingHours.same_every_day("UTC", WORKDAYS, NOW.time(), (NOW + DAY / 24).time())
    now = before.model_copy(update={"priority": 1, "caller_id": "+12025550100", "hours": hours})
    found = CampaignChange.between(before, now)
    assert found
    assert (found.was, found.became) == ({"priority": 5}, {"priority": 1})


def test_nobody_needs_to_know_of_times_and_that_a_new_campaign_is_ready() -> None:
    later = SALE.model_copy(update={"updated_at": NOW + DAY})
    assert CampaignChange.between(SALE, later) is None
    new = SALE.model_copy(update={"status": Status.PREPARING})
    assert CampaignChange.between(new, SALE.model_copy(update={"status": Status.READY})) is None
