"""Reviews that were stored before revision 0009 are rewritten, and can be read again."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from bot.campaigns.review import Review
from bot.campaigns.review.findings import FINDING_CLASSES, Severity, read_finding
from bot.records.migrations.review_json import upgraded

HOURS: dict[str, Any] = {
    "zone": "America/New_York",
    "windows": [{"day": day, "start": "09:00:00", "end": "18:00:00"} for day in range(5)],
}
TARGET: dict[str, Any] = {
    "id": "cd-41460970-d6c1-4fb6-be65-eaa308e46750",
    "name": "Old campaign",
    "kind": "sms",
    "status": "Ready",
    "description": "Everybody on the spring list",
    "contact_lists": ["Spring leads", "VIP customers"],
    "dnc_list": "Do not call",
    "caller_id": "+12025550100",
    "priority": 5,
    "dialing_mode": None,
    "format": "simple",
    "hours": HOURS,
    "scheduled": False,
    "created_at": "2026-11-27T21:33:33.915000Z",
    "updated_at": "2026-11-27T21:33:33.915000Z",
    "environment": "production",
}
CREATE: dict[str, Any] = {
    "undertaking": "create",
    "campaign": {
        "name": "Old waiting",
        "description": "Everybody on the spring list",
        "contact_lists": ["Spring leads", "VIP customers"],
        "dnc_list": "Do not call",
        "caller_id": "+12025550100",
        "priority": 5,
        "hours": HOURS,
        "kind": "sms",
        "format": "message",
        "message": "Hello <First Name> & welcome",
        "template": None,
        "flow": None,
    },
    "target": None,
    "named": "",
    "schedule": None,
    "present": None,
    "parts": None,
    "rest": None,
    "lists": [["Spring leads", 80], ["VIP customers", 12]],
    "runs": [],
    "load": {"contacts": 92, "runs": 1},
    "findings": [],
    "reason": "",
    "ground": "action",
}
SCHEDULE: dict[str, Any] = {
    "undertaking": "schedule",
    "campaign": None,
    "target": TARGET,
    "named": "Old campaign",
    "schedule": {
        "recurrence": "Daily",
        "every": 1,
        "days": [],
        "zone": "America/New_York",
        "start": "2028-01-10T09:00:00",
        "end": "2028-02-10T18:00:00",
    },
    "present": None,
    "parts": None,
    "rest": None,
    "lists": [["Spring leads", 80], ["VIP customers", 12]],
    "runs": [
        {
            "at": "2028-01-10T14:00:00Z",
            "local": "2028-01-10T09:00:00",
            "moved": "PT0S",
            "gap": None,
            "inside": "PT9H",
            "opens": None,
        }
    ],
    "load": {"contacts": 92, "runs": 32},
    "findings": [
        {
            "topic": "outside_hours",
            "severity": "warning",
            "details": {
                "first": "2028-01-15T09:00:00",
                "zone": "America/New_York",
                "runs": 8,
                "of": 32,
                "gap": "no_hours",
                "opens": "2028-01-17T09:00:00",
            },
            "rule": None,
        },
        {
            "topic": "neighbors_unknown",
            "severity": "unchecked",
            "details": {"names": ["Old calls"]},
            "rule": None,
        },
    ],
    "reason": "",
    "ground": None,
}
START: dict[str, Any] = SCHEDULE | {
    "undertaking": "start",
    "target": TARGET | {"status": "Completed"},
    "schedule": None,
    "runs": [],
    "load": {"contacts": 92, "runs": 1},
    "findings": [
        {
            "topic": "started_again",
            "severity": "warning",
            "details": {"status": "Completed"},
            "rule": None,
        },
    ],
}
# One finding of each topic, as it was stored before revision 0009.
FINDINGS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "old_findings.jsonl").read_text("utf-8").splitlines()
]
# The severity is not stored, so these findings have a new one in old reviews too.
NEW_SEVERITIES = {"running": Severity.NEEDLESS}
# What a review can also be about by now.
ADDED = dict.fromkeys(("new_list", "contact_list", "list_change", "file", "imported"))
OLD = pytest.mark.parametrize("old", [CREATE, SCHEDULE, START], ids=["create", "schedule", "start"])


@OLD
def test_keys_are_renamed_and_all_other_values_stay(old: dict[str, Any]) -> None:
    new = upgraded(old)
    assert (new.pop("action"), new.pop("approval_reason")) == (old["undertaking"], old["ground"])
    changed = {"undertaking", "ground", "findings"}
    kept = {key: value for key, value in old.items() if key not in changed}
    assert new == kept | {"findings": new["findings"]}


def test_a_finding_becomes_one_flat_object() -> None:
    assert upgraded(SCHEDULE)["findings"] == [
        {
            "topic": "outside_hours",
            "first": "2028-01-15T09:00:00",
            "zone": "America/New_York",
            "runs": 8,
            "of": 32,
            "gap": "no_hours",
            "opens": "2028-01-17T09:00:00",
            "rule": None,
        },
        {"topic": "neighbors_unknown", "names": ["Old calls"], "rule": None},
    ]


@OLD
def test_the_old_review_is_not_modified(old: dict[str, Any]) -> None:
    before = deepcopy(old)
    upgraded(old)
    assert old == before


@OLD
def test_an_upgraded_review_is_read_and_stored_like_a_new_one(old: dict[str, Any]) -> None:
    new = upgraded(old)
    review = Review.model_validate(new).model_dump(mode="json", exclude={"replaced", "running"})
    for later in ("connection", "details"):
        (review["target"] or {}).pop(later, None)
    assert review == new | ADDED


def test_there_is_an_old_finding_of_each_old_topic() -> None:
    topics = {each["topic"] for each in FINDINGS}
    assert len(topics) == len(FINDINGS) == 36
    assert topics <= FINDING_CLASSES.keys()


@pytest.mark.parametrize("old", FINDINGS, ids=lambda old: old["topic"])
def test_an_upgraded_finding_is_read_with_its_severity_and_its_details(old: dict[str, Any]) -> None:
    (new,) = upgraded(START | {"findings": [old]})["findings"]
    finding = read_finding(new)
    assert finding.severity == NEW_SEVERITIES.get(old["topic"], old["severity"])
    stored = {"topic": old["topic"], **old["details"], "rule": old["rule"]}
    if "progress" in stored:
        stored["progress"]["goes_on"] = False
    assert finding.model_dump(mode="json") == stored


@pytest.mark.parametrize("topic", ["name_unchecked", "namesakes_unchecked", "campaign_unchecked"])
def test_an_old_finding_without_the_list_progress_is_read(topic: str) -> None:
    old: dict[str, Any] = {
        "topic": topic,
        "severity": "unchecked",
        "details": {},
        "rule": None,
    }
    (new,) = upgraded(START | {"findings": [old]})["findings"]
    assert read_finding(new) == FINDING_CLASSES[topic]()
