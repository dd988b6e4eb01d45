"""Findings are stored and read back, and each has its severity."""

import json

import pytest
from pydantic import JsonValue, ValidationError

from bot.campaigns.actions import Action
from bot.campaigns.reasons import ListProgress
from bot.campaigns.review import Review
from bot.campaigns.review.findings import FINDING_CLASSES, Finding, Severity, read_finding
from bot.campaigns.review.form import NameUnchecked
from bot.campaigns.values import Kind
from tests.bot.campaigns.review.every_finding import EVERY

# Stored reviews contain these topics, so they must not change.
TOPICS = {
    Severity.BLOCKER: {
        *(
            "name_taken",
            "campaign_missing",
            "campaign_gone",
            "several_campaigns",
            "name_shared",
            "start_passed",
        ),
        *("no_effective_run", "starts_by_itself", "not_in_status"),
        *("list_name_taken", "contact_list_missing", "list_in_use", "list_renamed_since"),
        *("file_unreadable", "file_not_received", "no_contacts", "list_name_shared"),
        *("no_campaigns", "import_unreadable", "import_too_long"),
    },
    Severity.NEEDLESS: {
        *("running", "not_running", "not_scheduled", "schedule_over", "nothing_changed"),
        "nothing_runs",
        "list_unchanged",
    },
    Severity.WARNING: {
        *("schedule_deleted", "changed_elsewhere", "schedule_kept"),
        *("schedule_replaced", "scheduled_while_running", "not_known_to_start", "started_again"),
        "unfinished_change",
        *("no_dnc_list", "dnc_list_not_seen", "dnc_list_not_shown"),
        *("calling_hours", "weekdays", "night"),
        *("outside_hours", "clock_change", "strayed", "same_time", "list_not_found"),
        *("list_empty", "list_not_validated", "list_without_time_zones", "attempts", "caller_id"),
        *("no_column", "links_without_https"),
        "caller_id_not_seen",
        *("list_renamed_in_use", "contacts_lost", "rows_left_out"),
        *("row_refused", "row_blocked", "rows_warned", "rows_without_dnc_list"),
        "columns_left_out",
    },
    Severity.UNCHECKED: {
        *(
            "name_unchecked",
            "dnc_list_unchecked",
            "namesakes_unchecked",
            "campaign_unchecked",
            "hours_unknown",
        ),
        *("present_unknown", "lists_unchecked", "list_not_said", "neighbors_unchecked"),
        *("neighbors_unknown", "run_unchecked", "schedule_unchecked", "columns_unchecked"),
        *("list_names_unchecked", "contact_list_unchecked", "running_unchecked"),
        "rows_unchecked",
    },
}

READ = ListProgress(kind=Kind.SMS, read=100, total=300)

each_finding = pytest.mark.parametrize(
    "finding", [*EVERY, NameUnchecked(progress=READ)], ids=lambda each: each.topic
)


def as_json(finding: Finding) -> dict[str, JsonValue]:
    stored: dict[str, JsonValue] = json.loads(finding.model_dump_json())
    return stored


def test_there_is_a_sample_of_each_finding() -> None:
    assert {each.topic: type(each) for each in EVERY} == FINDING_CLASSES


def test_each_finding_keeps_its_topic_and_its_severity() -> None:
    topics = {
        severity: {each.topic for each in EVERY if each.severity is severity}
        for severity in Severity
    }
    assert topics == TOPICS


@each_finding
def test_a_review_reads_a_stored_finding_back(finding: Finding) -> None:
    stored = json.loads(Review(action=Action.START, findings=(finding,)).model_dump_json())
    assert stored["findings"] == [as_json(finding)]
    assert stored["findings"][0].keys() == {"topic", *type(finding).model_fields}
    assert Review.model_validate(stored).findings == (finding,)


@each_finding
def test_a_stored_finding_with_a_field_missing_or_unknown_is_refused(finding: Finding) -> None:
    stored = as_json(finding)
    fields = type(finding).model_fields.items()
    for missing in [name for name, field in fields if field.is_required()]:
        with pytest.raises(ValidationError, match=missing):
            read_finding({name: value for name, value in stored.items() if name != missing})
    with pytest.raises(ValidationError, match="detail"):
        read_finding(stored | {"detail": 1})


@pytest.mark.parametrize(
    ("stored", "fault"),
    [
        ({"topic": "full_moon"}, "no finding has the topic 'full_moon'"),
        ({"topic": ["night"]}, "no finding has the topic"),
        ({}, "no finding has the topic"),
        ("night", "a finding is an object"),
    ],
)
def test_a_review_with_an_unknown_topic_cannot_be_read(stored: JsonValue, fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        Review.model_validate({"action": "start", "findings": [stored]})


@pytest.mark.parametrize(
    "unreadable",
    [
        {"findings": [{"caller_id": ["+12025550100"], "topic": "caller_id"}]},
        {"findings": [{"caller_id": "+12025550100", "topic": "full_moon"}]},
        {"target": ["+12025550100"]},
    ],
)
def test_an_unreadable_review_does_not_show_its_phone_numbers(
    unreadable: dict[str, JsonValue],
) -> None:
    with pytest.raises(ValidationError) as fault:
        Review.model_validate({"action": "create"} | unreadable)
    assert "2025550100" not in str(fault.value)


def test_two_findings_cannot_have_one_topic() -> None:
    with pytest.raises(TypeError, match="RunsAtNight has the topic 'night' already"):

        class _Dark(Finding, topic="night", severity=Severity.WARNING):
            pass

    assert FINDING_CLASSES["night"].__name__ == "RunsAtNight"


def test_an_unknown_severity_is_refused() -> None:
    with pytest.raises(ValueError, match="fatal"):

        class _Fatal(Finding, topic="fatal", severity="fatal"):
            pass

    assert "fatal" not in FINDING_CLASSES
