"""An edit keeps what it does not touch, whoever changed it."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from bot.campaigns.campaign import Details, SmsCampaign, Snapshot, VoiceCampaign
from bot.campaigns.edits import (
    differing,
    is_as_seen,
    marks_of,
    merged,
    settings_of,
    shows,
)
from bot.campaigns.hours import WORKDAYS, CallingHours
from bot.campaigns.values import DialingMode, DialingOrder, Kind, MachineDetection
from tests.asked import sms_campaign

BASE = sms_campaign()
HOURS = CallingHours.same_every_day("UTC", WORKDAYS, time(9), time(18))
# Other values for settings that may change without another one.
OTHERS: dict[str, st.SearchStrategy[object]] = {
    "name": st.text("abc", min_size=1, max_size=9),
    "description": st.text("abc", min_size=1, max_size=9),
    "message": st.text("abc", min_size=1, max_size=9),
    "dnc_list": st.none() | st.text("abc", min_size=1, max_size=9),
    "priority": st.integers(1, 5),
    "contact_lists": st.lists(st.text("abc", min_size=1), min_size=1, max_size=3).map(tuple),
}
changes = st.fixed_dictionaries({}, optional=OTHERS)


def changed(changes_: dict[str, object]) -> SmsCampaign:
    return SmsCampaign.model_validate(BASE.model_dump() | changes_)


def settings(campaign: SmsCampaign | VoiceCampaign) -> dict[str, JsonValue]:
    return campaign.model_dump(mode="json")


@given(mine=changes, theirs=changes)
def test_every_setting_is_mine_if_i_changed_it_else_theirs(
    mine: dict[str, object], theirs: dict[str, object]
) -> None:
    edited, now = changed(mine), changed(theirs)
    merge = merged(edited, marks_of(settings(BASE)), settings(now))
    for name, value in settings(merge.campaign).items():
        touched = settings(edited)[name] != settings(BASE)[name]
        assert value == settings(edited if touched else now)[name]
    elsewhere = differing(now, settings(BASE))
    told = {*merge.kept, *merge.replaced}
    assert told == {each for each in elsewhere if settings(now)[each] != settings(edited)[each]}
    assert not set(merge.replaced) - set(differing(edited, settings(BASE)))


@given(changes)
def test_marks_tell_whether_anything_changed(change: dict[str, object]) -> None:
    now = settings(changed(change))
    assert is_as_seen(marks_of(settings(BASE)), now) is (now == settings(BASE))


def snapshot(**fields: object) -> Snapshot:
    return Snapshot.model_validate({"id": "cd-1", "name": "Sale", "status": "Ready"} | fields)


def test_what_kore_does_not_show_is_what_the_bot_sent() -> None:
    sent = VoiceCampaign(
        name="Old name",
        description="Old",
        contact_lists=("Leads",),
        dnc_list="Do not call",
        caller_id="+12025550100",
        hours=HOURS,
        dialing_mode=DialingMode.PREVIEW,
        queue="Sales",
        max_skips=7,
    )
    found = snapshot(
        kind=Kind.VOICE,
        dialing_mode="Preview",
        description="New",
        details=Details(max_attempts=4, dialing_order=DialingOrder.LIFO),
    )
    read = settings_of(found, sent)
    assert (read["name"], read["description"], read["max_attempts"]) == ("Sale", "New", 4)
    assert (read["queue"], read["max_skips"], read["dnc_list"]) == ("Sales", 7, "Do not call")


def test_the_queue_that_lists_show_counts_more_than_the_one_that_was_sent() -> None:
    found = snapshot(kind=Kind.VOICE, dialing_mode="Progressive", connection="Support")
    assert settings_of(found, None)["queue"] == "Support"


@pytest.mark.parametrize(
    ("details", "kind"),
    [(Details(template="Welcome", message="Hi"), "template"), (Details(message="Hi"), "message")],
)
def test_a_template_tells_the_format(details: Details, kind: str) -> None:
    found = snapshot(kind=Kind.SMS, format="simple", details=details)
    assert settings_of(found, None)["format"] == kind


def test_settings_of_other_dialing_modes_do_not_count() -> None:
    details = Details(machine_detection=MachineDetection.NO, max_skips=3)
    found = snapshot(kind=Kind.VOICE, dialing_mode="Progressive", details=details)
    assert {"machine_detection", "max_skips"}.isdisjoint(settings_of(found, None))


def test_shown_settings_are_compared_with_a_campaign() -> None:
    found = snapshot(name="Spring sale", kind=Kind.SMS, format="simple", caller_id="+12025550100")
    assert shows(found, BASE)
    assert not shows(found, BASE.model_copy(update={"name": "Other"}))
