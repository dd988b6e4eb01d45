"""Campaigns hold only values that Kore.ai accepts."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.campaigns.campaign import Campaign, SmsCampaign, Snapshot, VoiceCampaign
from bot.campaigns.contacts import Contact, ContactList
from bot.campaigns.values import Kind, Status, status_word

Json = dict[str, Any]
HOURS: Json = {"zone": "UTC", "windows": [{"day": 0, "start": "09:00", "end": "18:00"}]}
SHARED: Json = {
    "name": "Spring sale",
    "description": "Reminds customers",
    "contact_lists": ["Newsletter"],
    "caller_id": "+12025550100",
    "hours": HOURS,
}
SMS: Json = SHARED | {"kind": "sms", "format": "message", "message": "Hello"}
VOICE: Json = SHARED | {
    "kind": "voice",
    "dialing_mode": "Agentless",
    "flow": "Survey",
    "machine_detection": "no",
}
ANY: TypeAdapter[Campaign] = TypeAdapter(Campaign)


@pytest.mark.parametrize(
    ("given", "least", "most", "step"),
    [
        (SMS, {"name": "n"}, {"name": "n" * 48}, {"name": "n" * 49}),
        (SMS, {"description": "d"}, {"description": "d" * 256}, {"description": "d" * 257}),
        (SMS, {"message": "m"}, {"message": "m" * 1600}, {"message": "m" * 1601}),
        (SMS, {"caller_id": "c"}, {"caller_id": "c" * 64}, {"caller_id": "c" * 65}),
        (SMS, {"dnc_list": "l"}, {"dnc_list": "l" * 150}, {"dnc_list": "l" * 151}),
        (SMS, {"priority": 1}, {"priority": 5}, {"priority": 6}),
        (
            SMS,
            {"contact_lists": ["l"]},
            {"contact_lists": ["l" * 150] * 10},
            {"contact_lists": ["l"] * 11},
        ),
        (VOICE, {"max_attempts": 1}, {"max_attempts": 100}, {"max_attempts": 101}),
        (VOICE, {"retry_period": 1}, {"retry_period": 1440}, {"retry_period": 1441}),
        (VOICE, {"ring_time": 5}, {"ring_time": 120}, {"ring_time": 121}),
        (VOICE, {"max_skips": 0}, {"max_skips": 100}, {"max_skips": 101}),
    ],
)
def test_limits(given: Json, least: Json, most: Json, step: Json) -> None:
    for taken in (least, most):
        (field,) = taken
        campaign = ANY.validate_python(given | taken)
        assert campaign.model_dump(mode="json")[field] == taken[field]
    with pytest.raises(ValidationError):
        ANY.validate_python(given | step)


@pytest.mark.parametrize(
    ("given", "bad"),
    [
        (SMS, {"name": ""}),
        (SMS, {"name": "  "}),
        (SMS, {"message": ""}),
        (SMS, {"contact_lists": []}),
        (SMS, {"contact_lists": [""]}),
        (SMS, {"priority": 0}),
        (SMS, {"hours": HOURS | {"zone": "Mars/Olympus"}}),
        (SMS, {"kind": "fax"}),
        (SMS, {"surprise": 1}),
        (VOICE, {"dialing_mode": "Predictive"}),
        (VOICE, {"dialing_order": "RANDOM"}),
        (VOICE, {"max_attempts": 0}),
        (VOICE, {"retry_period": 0}),
        (VOICE, {"ring_time": 4}),
        (VOICE, {"max_skips": -1}),
    ],
)
def test_values_out_of_range_and_unknown_fields_are_refused(given: Json, bad: Json) -> None:
    with pytest.raises(ValidationError):
        ANY.validate_python(given | bad)


@pytest.mark.parametrize(
    ("given", "needed"),
    [
        (SHARED | {"kind": "sms", "format": "message"}, "message"),
        (SHARED | {"kind": "sms", "format": "template"}, "message, template"),
        (SHARED | {"kind": "sms", "format": "template", "message": "Hi"}, "template"),
        (SHARED | {"kind": "sms", "format": "flow"}, "flow"),
        (SHARED | {"kind": "voice", "dialing_mode": "Agentless"}, "flow, machine_detection"),
        (SHARED | {"kind": "voice", "dialing_mode": "Progressive"}, "queue"),
        (SHARED | {"kind": "voice", "dialing_mode": "Preview"}, "queue, max_skips"),
        (SHARED | {"kind": "voice", "dialing_mode": "Preview", "queue": "Sales"}, "max_skips"),
    ],
)
def test_a_format_or_mode_needs_its_own_fields(given: Json, needed: str) -> None:
    with pytest.raises(ValidationError, match=f"error, {needed} needed here"):
        ANY.validate_python(given)


def test_zero_skips_are_accepted() -> None:
    preview = SHARED | {"kind": "voice", "dialing_mode": "Preview", "queue": "Q", "max_skips": 0}
    assert VoiceCampaign.model_validate(preview).max_skips == 0


def test_a_voice_campaign_has_defaults() -> None:
    campaign = VoiceCampaign.model_validate(VOICE)
    assert (campaign.priority, campaign.dialing_order) == (5, "FIFO")
    assert (campaign.max_attempts, campaign.retry_period, campaign.ring_time) == (3, 60, 30)


@pytest.mark.parametrize(("given", "kind"), [(SMS, SmsCampaign), (VOICE, VoiceCampaign)])
def test_a_campaign_survives_being_stored_as_json(given: Json, kind: type[SmsCampaign]) -> None:
    campaign = ANY.validate_python(given)
    assert isinstance(campaign, kind)
    assert ANY.validate_json(ANY.dump_json(campaign)) == campaign


def test_a_campaign_cannot_be_changed() -> None:
    campaign = SmsCampaign.model_validate(SMS)
    with pytest.raises(ValidationError, match="frozen"):
        campaign.name = "Other"  # type: ignore[misc] # the test checks this error


def test_spaces_around_a_text_are_removed() -> None:
    assert SmsCampaign.model_validate(SMS | {"name": "  Spring sale "}).name == "Spring sale"


@pytest.mark.parametrize("status", Status)
def test_a_known_status_is_recognized_in_any_capitalization(status: Status) -> None:
    assert status_word(f" {status.value.upper()} ") == status.value


def test_an_unknown_status_is_kept() -> None:
    assert status_word(" Sleeping ") == "Sleeping"


def test_fields_that_kore_left_out_stay_empty_in_a_snapshot() -> None:
    known = Snapshot(id="cd-1", name="Spring sale", status="Ready", kind=Kind.SMS)
    told = known.model_dump(exclude_none=True)
    assert told == {
        "id": "cd-1",
        "name": "Spring sale",
        "status": "Ready",
        "kind": "sms",
        "contact_lists": (),
    }


def test_a_contacts_number_is_masked_when_printed() -> None:
    contact = Contact.model_validate({"phone_number": "+12025550123"})
    assert "2025550123" not in f"{contact} {contact!r} {contact.model_dump_json()}"
    assert contact.phone_number.get_secret_value() == "+12025550123"


def test_the_size_of_a_contact_list_is_unknown_by_default() -> None:
    assert ContactList(id="l1", name="VIP").contacts is None


def test_lasting_fields_that_an_answer_leaves_out_come_from_an_earlier_one() -> None:
    bare = Snapshot(id="cd-1", name="Spring sale", status="Active")
    told = Snapshot(
        id="cd-1", name="Spring", status="Ready", kind=Kind.VOICE, dialing_mode="Preview"
    )
    known = bare.knowing(told)
    assert (known.kind, known.dialing_mode, known.format) == (Kind.VOICE, "Preview", None)
    assert (known.name, known.status) == ("Spring sale", "Active")
    assert told.knowing(bare) == told
    assert bare.knowing(None) == bare
