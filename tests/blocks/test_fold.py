"""A form folds what is rarely changed into one line that says its values."""

from itertools import pairwise
from typing import Any

import pytest

from blocks.drawing import draw
from blocks.form import Form, FormContext, Values, initial_values, read
from blocks.forms import EDIT_FORMS, FORMS
from blocks.forms.schedule import ScheduleForm
from blocks.forms.sms import SmsForm
from blocks.forms.voice import VoiceForm
from bot.campaigns.hours import Weekday
from sandbox.slack.blockkit import view_faults
from tests.blocks.samples import HOSTILE, SCHEDULE, SMS, VOICE, as_json, mrkdwn_texts, state_of

FOLDED = FormContext(channel="C123", response_url="https://hooks.slack.com/commands/T1/2/3")
UNFOLDED = FOLDED.model_copy(update={"unfolded": True})
FIRST = {
    "message": ["name", "format", "message", "contact_lists", "caller_id"],
    "template": ["name", "format", "message", "template", "contact_lists", "caller_id"],
    "flow": ["name", "format", "flow", "contact_lists", "caller_id"],
    "Agentless": [
        *("name", "dialing_mode", "flow", "machine_detection", "contact_lists", "caller_id"),
    ],
    "Progressive": ["name", "dialing_mode", "queue", "contact_lists", "caller_id"],
    "Preview": ["name", "dialing_mode", "queue", "max_skips", "contact_lists", "caller_id"],
}
# For each field that folds, another value than in the samples.
OTHERS: Values = {
    "description": "Another one",
    "dnc_list": "Another list",
    "priority": "1",
    "zone": "Asia/Kolkata",
    "calling_days": ["5"],
    "hours_from": "11:00",
    "hours_to": "16:00",
    "hours_by_day": "Tue 8:00 AM-10:00 AM",
    "saved_name": "Another form",
    "saved_for": "everybody",
    "dialing_order": "FIFO",
    "max_attempts": "9",
    "retry_period": "17",
    "ring_time": "31",
}
campaign_forms = pytest.mark.parametrize("form", [SmsForm, VoiceForm, *EDIT_FORMS.values()])


def drawn(form: type[Form], values: Values, context: FormContext = FOLDED) -> dict[str, Any]:
    return as_json(draw(form, values, context))


def names(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def line(form: type[Form], values: Values) -> str:
    """Return the line that stands for the folded fields."""
    (found,) = [b for b in drawn(form, values)["blocks"] if b.get("block_id") == "options"]
    assert found["accessory"]["text"]["text"] == "More options"
    text: str = found["text"]["text"]
    return text


def read_back(view: dict[str, Any]) -> Values:
    return read(state_of(view), FormContext.load(view["private_metadata"]))


def of(form: type[Form]) -> Values:
    return SMS["message"] if issubclass(form, SmsForm) else VOICE["Agentless"]


@pytest.mark.parametrize("shape", FIRST)
def test_what_must_be_decided_stands_first_and_the_rest_is_folded(shape: str) -> None:
    form, values = (SmsForm, SMS[shape]) if shape in SMS else (VoiceForm, VOICE[shape])
    blocks = [block["block_id"] for block in drawn(form, values)["blocks"]]
    assert blocks == [*FIRST[shape], "options", "channel"]


@pytest.mark.parametrize("shape", FIRST)
def test_unfolded_the_rest_stands_below_the_button_that_folds_it(shape: str) -> None:
    form, values = (SmsForm, SMS[shape]) if shape in SMS else (VoiceForm, VOICE[shape])
    view = drawn(form, values, UNFOLDED)
    blocks = [block["block_id"] for block in view["blocks"]]
    assert blocks == [*FIRST[shape], "options", *form.folding(values), "channel"]
    (button,) = view["blocks"][len(FIRST[shape])]["elements"]
    assert button["text"]["text"] == "Fewer options"


@pytest.mark.parametrize("values", SCHEDULE.values(), ids=SCHEDULE)
def test_the_schedule_form_folds_nothing(values: Values) -> None:
    assert names(drawn(ScheduleForm, values)) == list(ScheduleForm.shown(values))
    assert drawn(ScheduleForm, values)["blocks"] == drawn(ScheduleForm, values, UNFOLDED)["blocks"]


def test_the_line_of_a_new_sms_campaign() -> None:
    assert line(SmsForm, initial_values(SmsForm, {"zone": "Asia/Kolkata"})) == (
        "Mon-Fri 9:00 AM-6:00 PM (Asia/Kolkata) · priority 5 · *no DNC list* · "
        "description: same as the name"
    )


def test_the_line_of_a_voice_campaign() -> None:
    assert line(VoiceForm, VOICE["Agentless"]) == (
        "Mon, Fri 10:00 AM-5:30 PM (America/New_York) · priority 4 · DNC: Do not call · "
        "description: Reminds customers of the sale · saved for the channel as “Spring reminder” · "
        "LIFO · attempts: 2 · retry after 90 min · ring for 45 s"
    )


def test_only_sms_needs_a_dnc_list_to_stand_out() -> None:
    assert "· no DNC list ·" in line(VoiceForm, VOICE["Agentless"] | {"dnc_list": None})
    assert "· *no DNC list* ·" in line(SmsForm, SMS["message"] | {"dnc_list": None})


def test_hours_by_day_replace_the_days_and_hours_in_the_line() -> None:
    typed: Values = {"hours_by_day": "Mon-Thu 9 AM-12 PM, 1 PM-6 PM\nFri 9 AM-12 PM"}
    assert line(SmsForm, SMS["message"] | typed).startswith(
        "Mon-Thu 9:00 AM-12:00 PM, 1:00 PM-6:00 PM; Fri 9:00 AM-12:00 PM (America/New_York) · "
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"hours_by_day": "whenever\nit suits"}, "whenever it suits (America/New_York)"),
        ({"hours_by_day": "Mon <!here>"}, "Mon &lt;!here&gt; (America/New_York)"),
        ({"hours_by_day": " \n"}, "Mon, Fri 10:00 AM-5:30 PM (America/New_York)"),
        ({"hours_to": "09:00"}, "Mon, Fri 10:00-09:00 (America/New_York)"),
        ({"calling_days": []}, "no calling days 10:00-17:30 (America/New_York)"),
        ({"zone": "Mars & moon"}, "Mon, Fri 10:00-17:30 (Mars &amp; moon)"),
    ],
)
def test_hours_that_cannot_be_read_are_said_as_typed(typed: Values, said: str) -> None:
    assert line(SmsForm, SMS["message"] | typed).startswith(f"{said} · ")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_the_line_or_means_something_in_it(text: str) -> None:
    typed: Values = {"description": text, "dnc_list": text[:150], "hours_by_day": text[:3000]}
    view = drawn(SmsForm, SMS["message"] | typed, FOLDED)
    assert view_faults(view) == []
    assert not [said for said in mrkdwn_texts(view["blocks"]) if "<" in said]


@campaign_forms
def test_the_line_says_every_folded_value(form: type[Form]) -> None:
    values = of(form)
    folding = form.folding(values)
    assert set(folding) == OTHERS.keys() & form.shown(values).keys()
    for name in folding:
        assert line(form, values | {name: OTHERS[name]}) != line(form, values), name


@campaign_forms
def test_the_folded_fields_stand_together(form: type[Form]) -> None:
    folds = [field.folds for field in form.fields().values()]
    first, last = folds.index(True), len(folds) - folds[::-1].index(True)
    assert all(folds[first:last])


@campaign_forms
def test_a_required_field_without_a_value_is_not_folded(form: type[Form]) -> None:
    for name, field in form.fields().items():
        empty = of(form) | {name: None}
        folded = name not in names(drawn(form, empty))
        assert folded is (field.folds and field.optional) or name not in form.shown(empty)


@campaign_forms
def test_an_emptied_field_stays_empty_while_it_is_folded(form: type[Form]) -> None:
    """Its initial value must not come back in secret."""
    emptied: Values = {"calling_days": [], "dnc_list": None, "description": None}
    found = initial_values(form, read_back(drawn(form, of(form) | emptied)))
    assert {name: found[name] for name in emptied} == emptied


@campaign_forms
def test_values_survive_folding_and_unfolding(form: type[Form]) -> None:
    values = of(form)
    view = drawn(form, values)
    for context in (UNFOLDED, FOLDED, FOLDED, UNFOLDED):
        view = drawn(form, read_back(view), context)
    assert read_back(view).items() >= {n: values[n] for n in form.shown(values)}.items()


@pytest.mark.parametrize(
    "shown",
    [{"hours_by_day": "h" * 3000}, {"hours_from": None}, {"hours_to": None}, {"zone": None}],
)
def test_the_line_does_not_speak_of_a_field_that_is_shown(shown: Values) -> None:
    assert line(SmsForm, SMS["message"] | shown).startswith("priority 4 · ")


def test_hours_that_differ_on_every_day_are_said_with_their_zone() -> None:
    days = [f"{day.short} 9:00 AM-12:00 PM, 1:00 PM-6:{10 + day} PM" for day in Weekday]
    said = line(SmsForm, SMS["message"] | {"hours_by_day": "\n".join(days)})
    assert said.startswith(f"{'; '.join(days)} (America/New_York) · ")


def test_errors_stand_above_their_fields_and_are_named_on_top() -> None:
    errors = {"zone": "This is *not* a zone.", "hours_to": "Too early."}
    values = SMS["message"]
    blocks = as_json(draw(SmsForm, values, UNFOLDED, errors))["blocks"]
    texts = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    assert texts == [
        ":warning: *Nothing was sent yet.* Please change *Time zone*, *Calling hours to*.",
        ":warning: *Time zone*: `This is *not* a zone.`",
        ":warning: *Calling hours to*: Too early.",
    ]
    below = [
        after["block_id"]
        for before, after in pairwise(blocks)
        if before.get("text", {}).get("text") in texts[1:]
    ]
    assert below == ["zone", "hours_to"]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_choice_that_redraws_the_form_is_never_folded(form: type[Form]) -> None:
    assert not [name for name, field in form.fields().items() if field.folds and field.redraws]
