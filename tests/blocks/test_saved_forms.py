"""What is kept of a form, and what people read about saved forms."""

from datetime import UTC, datetime

import pytest

from blocks.form import Form, Values
from blocks.forms.common import CampaignForm
from blocks.forms.kept import as_last_used, repeated_values, saved_as, saved_values
from blocks.forms.sms import SmsForm
from blocks.forms.voice import VoiceForm
from blocks.saved_forms import is_saved, saved_form_page, started_from
from bot.campaigns.saved_forms import SavedFor, SavedForm
from bot.campaigns.values import Kind
from sandbox.slack.blockkit import message_faults
from tests.blocks.samples import HOSTILE, SMS, VOICE, mrkdwn_texts

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
SHAPES: list[tuple[type[CampaignForm], Values]] = [
    *((SmsForm, values) for values in SMS.values()),
    *((VoiceForm, values) for values in VOICE.values()),
]
every_shape = pytest.mark.parametrize(("form", "values"), SHAPES, ids=[*SMS, *VOICE])


def saved(name: str = "Monthly", **changes: object) -> SavedForm:
    made = SavedForm(id="a" * 32, name=name, kind=Kind.SMS, author="U1", saved_at=NOW, values={})
    return made.model_copy(update=changes)


@every_shape
def test_a_saved_form_has_all_that_was_shown_but_where(
    form: type[CampaignForm], values: Values
) -> None:
    kept = saved_values(form, values | {"environment": "production", "cloned": "cd-1"})
    where = {"channel", "saved_name", "saved_for"}
    assert kept == {name: values.get(name) for name in form.shown(values) if name not in where}


def test_a_saved_form_has_nothing_of_fields_that_were_hidden() -> None:
    assert "message" not in saved_values(SmsForm, SMS["flow"] | {"message": "Typed before"})


@every_shape
def test_whom_a_campaign_reaches_and_what_it_says_is_never_preset(
    form: type[CampaignForm], values: Values
) -> None:
    never = {"name", "description", "contact_lists", "message", "template", "flow", "format"}
    assert not repeated_values(form, values).keys() & never


def test_what_is_preset_includes_the_hours_with_their_zone_and_the_queue() -> None:
    assert repeated_values(VoiceForm, VOICE["Progressive"]) == {
        "queue": "Sales",
        "dnc_list": "Do not call",
        "caller_id": "+12025550100",
        "priority": "4",
        "zone": "America/New_York",
        "calling_days": ["0", "4"],
        "hours_from": "10:00",
        "hours_to": "17:30",
        "hours_by_day": None,
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ({"saved_name": None}, None),
        ({"saved_name": "  "}, None),
        ({"saved_name": " Monthly "}, ("Monthly", SavedFor.CHANNEL)),
        ({"saved_for": None}, ("Spring reminder", SavedFor.CHANNEL)),
        ({"saved_for": "everybody"}, ("Spring reminder", SavedFor.EVERYBODY)),
    ],
)
def test_under_which_name_a_form_is_saved(
    typed: Values, meant: tuple[str, SavedFor] | None
) -> None:
    assert saved_as(SmsForm, SMS["message"] | typed) == meant


@pytest.mark.parametrize(
    ("form", "usual", "said"),
    [
        (SmsForm, {}, ""),
        (SmsForm, {"priority": "5", "dnc_list": None}, ""),
        (SmsForm, {"priority": "4", "dnc_list": None}, "Priority"),
        (VoiceForm, {"queue": "Sales", "caller_id": "+1"}, "Queue and Caller ID"),
        (
            SmsForm,
            {"caller_id": "+1", "dnc_list": "Do not call", "zone": "UTC", "hours_to": "18:00"},
            "Caller ID, DNC list and calling hours with their time zone",
        ),
    ],
)
def test_the_form_says_what_is_as_last_used(form: type[Form], usual: Values, said: str) -> None:
    assert as_last_used(form, usual) == (said and f"As last used in this channel: {said}.")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_name_breaks_a_message_or_means_something_in_it(text: str) -> None:
    form = saved(text[:60])
    page = saved_form_page([form] * 8, text[:60], 1, more=True, may_delete=[form.id])
    assert message_faults(page.payload()) == []
    said = [*mrkdwn_texts(page.payload()["blocks"]), started_from(form), is_saved(form, form)]
    assert not [each for each in said if "<!" in each.replace("<!date", "")]


def test_only_forms_that_may_be_deleted_have_the_button_which_asks_first() -> None:
    ours, theirs = saved("Ours", id="1" * 32), saved("Theirs", id="2" * 32, channel="C1")
    page = saved_form_page([ours, theirs], "", 0, more=False, may_delete=[ours.id])
    rows = [block["elements"] for block in page.payload()["blocks"] if block["type"] == "actions"]
    assert [[each["text"]["text"] for each in row] for row in rows] == [["Use", "Delete"], ["Use"]]
    asked = rows[0][1]["confirm"]
    assert asked["text"]["text"] == (
        "Nobody can start from “Ours” then. Campaigns created from it stay."
    )


def test_the_review_says_what_is_replaced() -> None:
    assert (
        is_saved(saved(), None) == "This form is saved as “Monthly” for everybody once you confirm."
    )
    replacing = is_saved(saved("MONTHLY", channel="C1"), saved())
    assert replacing.startswith("This form is saved as “MONTHLY” for <#C1> once you confirm.\n")
    assert ":warning: It replaces your saved form “Monthly” of <!date" in replacing
