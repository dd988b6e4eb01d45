from typing import Any

import pytest
from pydantic import ValidationError

from bot.campaigns.campaign import Snapshot
from bot.campaigns.values import Kind
from bot.kore.campaign_answers import CampaignAnswer, CampaignRow, TriggerAnswer

ROW: dict[str, Any] = {"_id": "cd-1", "name": "Survey", "status": "Ready"}


def read(**fields: object) -> Snapshot:
    return CampaignRow.model_validate(ROW | fields).snapshot()


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"_id": "cd-1", "name": "Survey", "status": "Ready"}},
        {"data": {"id": "cd-1", "name": "Survey", "status": "Ready"}},
        {"id": "cd-1", "data": {"name": "Survey", "status": "Ready"}},
        {"id": "cd-0", "data": {"_id": "cd-1", "id": "cd-2", "name": "Survey", "status": "Ready"}},
        {"id": "cd-0", "data": {"_id": None, "id": "cd-1", "name": "Survey", "status": "Ready"}},
    ],
)
def test_the_id_is_found_in_each_of_its_places(body: dict[str, Any]) -> None:
    assert CampaignAnswer.model_validate(body).data.id == "cd-1"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data": None},
        {"data": []},
        {"id": "cd-1", "data": "text"},
        {"data": {"name": "Survey", "status": "Ready"}},
        {"data": {"_id": "", "name": "Survey", "status": "Ready"}},
        {"data": {"_id": "cd-1", "status": "Ready"}},
    ],
)
def test_an_answer_without_a_campaign_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CampaignAnswer.model_validate(body)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"dialingMode": "Preview"}, Kind.VOICE),
        ({"format": "simple"}, Kind.SMS),
        ({"format": "advanced", "dialingStrategy": {"maxRingTime": 30}}, Kind.VOICE),
        ({}, None),
    ],
)
def test_the_kind_follows_from_fields_that_only_one_kind_has(
    fields: dict[str, Any], kind: Kind | None
) -> None:
    assert read(**fields).kind == kind


@pytest.mark.parametrize("priority", ["5", 5])
def test_a_priority_may_be_a_text_or_a_number(priority: object) -> None:
    assert read(priority=priority).priority == 5


@pytest.mark.parametrize("detects", ["no", False])
def test_machine_detection_may_be_a_word_or_a_boolean(detects: object) -> None:
    assert read(enableMachineDetect=detects).id == "cd-1"


def test_a_known_status_gets_its_usual_spelling() -> None:
    assert read(status="READY").status == "Ready"
    assert read(status="Run as Emergency").status == "Run as Emergency"


@pytest.mark.parametrize(
    "hours",
    [
        "always",
        {},
        {"timezone": "Mars/Olympus", "days": [{"day": "MO", "start": "9:00 AM", "end": "6:00 PM"}]},
        {"timezone": "UTC", "days": [{"day": "MO", "start": "nine", "end": "6:00 PM"}]},
        {"timezone": "UTC", "days": [{"day": "Someday", "start": "9:00 AM", "end": "6:00 PM"}]},
        {"timezone": "UTC", "days": [{"day": "MO", "start": "6:00 PM", "end": "9:00 AM"}]},
        {"timezone": "UTC", "days": []},
        {"timezone": "UTC", "days": [None]},
    ],
)
def test_unreadable_calling_hours_are_left_out(hours: object) -> None:
    snapshot = read(
        dialingStrategy={"callingHours": hours, "callerId": {"phoneNumber": "+12025550100"}}
    )

    assert snapshot.hours is None
    assert snapshot.caller_id == "+12025550100"


def test_unreadable_details_are_left_out() -> None:
    odd = dict.fromkeys(
        ["dncLists", "contactLists", "priority", "schedule", "createdAt", "dialingStrategy"], "odd"
    )

    assert read(**odd, somethingNew={"a": 1}) == read()


def test_start_and_stop_answer_with_the_campaigns_status() -> None:
    answer = TriggerAnswer.model_validate(
        {"status": "Stopped", "message": "Campaign Stopped", "campaignInstanceId": "cid-1"}
    ).value()

    assert (answer.status, answer.run_id, answer.updated_at) == ("Stopped", "cid-1", None)
