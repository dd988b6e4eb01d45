"""Slack accepts every form in every shape, and no typed value is lost when it is redrawn."""

from typing import Any

import pytest

from blocks.drawing import draw
from blocks.fields import FileField, HiddenField, TextField, Value
from blocks.form import METADATA_MAX, Form, FormContext, Values, initial_values, read
from blocks.forms import FORMS
from blocks.forms.schedule import ScheduleForm
from blocks.forms.sms import SmsForm
from blocks.forms.voice import VoiceForm
from sandbox.slack.blockkit import view_faults
from tests.blocks.samples import (
    FILLED,
    FILLED_IDS,
    HOSTILE,
    ID,
    SCHEDULE,
    SMS,
    VOICE,
    as_json,
    state_of,
    typed,
)

FOLDED = FormContext(channel="C123", response_url="https://hooks.slack.com/commands/T1/2/3")
CONTEXT = FOLDED.model_copy(update={"unfolded": True})

_SMS_ABOVE = ("Campaign name", "Format")
_CALLS_ABOVE = ("Campaign name", "Dialing mode")
_AUDIENCE = ("Contact lists", "Caller ID", "Description", "DNC list", "Priority")
_DIALING = ("Dialing order", "Maximum attempts", "Retry period (minutes)", "Ring time (seconds)")
_HOURS = (
    *("Time zone", "Calling days", "Calling hours from", "Calling hours to"),
    *("Different hours by day", "Save this form as", "Saved form is for", "Post in channel"),
)
_TIMES = ("Time zone", "Start date", "Start time", "End date", "End time")
LABELS = [
    (*_SMS_ABOVE, "Message", *_AUDIENCE, *_HOURS),
    (*_SMS_ABOVE, "Message", "Template name", *_AUDIENCE, *_HOURS),
    (*_SMS_ABOVE, "Experience flow", *_AUDIENCE, *_HOURS),
    (*_CALLS_ABOVE, "Experience flow", "Answering machine", *_AUDIENCE, *_DIALING, *_HOURS),
    (*_CALLS_ABOVE, "Queue", *_AUDIENCE, *_DIALING, *_HOURS),
    (*_CALLS_ABOVE, "Queue", "Maximum skips", *_AUDIENCE, *_DIALING, *_HOURS),
    ("Campaign", "Recurrence", "Repeat every", *_TIMES, "Post in channel"),
    ("Campaign", "Recurrence", "Repeat every", "On these days", *_TIMES, "Post in channel"),
    ("Name", "Description", "May a number be on it twice?"),
    ("Contact list", "New name", "New description"),
    ("Contact list", "Type its name"),
    ("Contact list", "File", "Country of the numbers", "Columns"),
    ("File", "Time zone", "Country of the numbers", "Post in channel"),
]
_USUAL: Values = {
    "calling_days": ["0", "1", "2", "3", "4"],
    "hours_from": "09:00",
    "hours_to": "18:00",
    "saved_for": "channel",
}
every_shape = pytest.mark.parametrize(("form", "values"), FILLED, ids=FILLED_IDS)
either_way = pytest.mark.parametrize("context", [CONTEXT, FOLDED], ids=["unfolded", "folded"])
every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def drawn(form: type[Form], values: Values, context: FormContext = CONTEXT) -> dict[str, Any]:
    return as_json(draw(form, values, context))


def elements(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block["element"] for block in inputs(view)}


def inputs(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in view["blocks"] if block["type"] == "input"]


def read_back(view: dict[str, Any]) -> Values:
    context = FormContext.model_validate_json(view["private_metadata"])
    return read(state_of(view), context)


@every_shape
@either_way
def test_a_filled_form_is_valid(form: type[Form], values: Values, context: FormContext) -> None:
    assert view_faults(drawn(form, values, context)) == []


@every_form
@either_way
def test_an_empty_form_is_valid(form: type[Form], context: FormContext) -> None:
    assert view_faults(drawn(form, initial_values(form, {}), context)) == []


@every_shape
def test_a_form_without_values_is_valid(form: type[Form], values: Values) -> None:
    chosen = {name: values.get(name) for name, field in form.fields().items() if field.redraws}
    assert view_faults(drawn(form, dict.fromkeys(values) | chosen)) == []


@pytest.mark.parametrize(
    ("form", "values", "labels"),
    [(*filled, labels) for filled, labels in zip(FILLED, LABELS, strict=True)],
    ids=FILLED_IDS,
)
def test_the_fields_are_in_the_right_order(
    form: type[Form], values: Values, labels: tuple[str, ...]
) -> None:
    found = inputs(drawn(form, values))
    assert [block["label"]["text"] for block in found] == list(labels)


@every_shape
@either_way
def test_every_value_is_read_back(form: type[Form], values: Values, context: FormContext) -> None:
    # No app can put a file into a form: docs.slack.dev/reference/block-kit/block-elements.
    files = {name for name, field in form.fields().items() if isinstance(field, FileField)}
    shown = {name: values.get(name) for name in form.shown(values) if name not in files}
    assert read_back(drawn(form, values, context)) == shown | {name: [] for name in files}


@pytest.mark.parametrize(
    ("form", "initial"),
    [
        (
            SmsForm,
            _USUAL | {"format": "message", "priority": "5"},
        ),
        (
            VoiceForm,
            _USUAL
            | {"dialing_mode": "Agentless", "machine_detection": "no", "priority": "5"}
            | {"dialing_order": "FIFO", "max_attempts": "3", "retry_period": "60"}
            | {"ring_time": "30"},
        ),
        (
            ScheduleForm,
            {"recurrence": "Daily", "every": "1", "start_time": "09:00", "end_time": "18:00"},
        ),
    ],
)
def test_a_form_starts_with_its_defaults(form: type[Form], initial: Values) -> None:
    found = read(state_of(drawn(form, initial_values(form, {}))), FormContext())
    assert {name: value for name, value in found.items() if value} == initial


def test_given_values_replace_the_defaults() -> None:
    values = initial_values(SmsForm, {"name": "Spring sale", "priority": "2"})
    found = elements(drawn(SmsForm, values))
    assert found["name"]["initial_value"] == "Spring sale"
    assert found["priority"]["initial_option"]["value"] == "2"


@every_form
@any_text
@either_way
def test_no_text_breaks_a_form(form: type[Form], text: str, context: FormContext) -> None:
    for values in (each for kind, each in FILLED if kind is form):
        full: Values = {
            name: text[: form.limits()[name].get("maxLength", 3000)]
            for name, field in form.shown(values).items()
            if isinstance(field, TextField)
        }
        view = drawn(form, values | full, context)
        assert view_faults(view) == []
        assert full.items() <= read_back(view).items()


@pytest.mark.parametrize("length", [1, 75, 76, 150])
@either_way
def test_no_looked_up_name_breaks_a_form(length: int, context: FormContext) -> None:
    names = [str(each).rjust(length, "x")[:length] for each in range(10)]
    picked: Values = {
        "template": names[0],
        "contact_lists": list(names),
        "dnc_list": names[0],
        "caller_id": names[0],
    }
    view = drawn(SmsForm, SMS["template"] | picked, context)
    assert view_faults(view) == []
    assert picked.items() <= read_back(view).items()


@pytest.mark.parametrize(
    ("form", "values", "typed"),
    [
        (SmsForm, SMS["message"], {"name": "n" * 49}),
        (SmsForm, SMS["message"], {"name": "n" * 4000}),
        (VoiceForm, VOICE["Preview"], {"max_skips": "101"}),
        (VoiceForm, VOICE["Agentless"], {"ring_time": "4"}),
        (ScheduleForm, SCHEDULE["Weekly"], {"every": "100"}),
        (ScheduleForm, SCHEDULE["Weekly"], {"campaign": "c" * 151}),
    ],
)
def test_a_form_can_be_drawn_with_what_it_would_refuse(
    form: type[Form], values: Values, typed: Values
) -> None:
    """A command can bring such a name, and a form is redrawn before its values are checked."""
    assert view_faults(drawn(form, values | typed)) == []


@every_form
def test_only_fields_that_change_the_form_dispatch_actions(form: type[Form]) -> None:
    blocks = drawn(form, initial_values(form, {}))["blocks"]
    dispatching = {block["block_id"] for block in blocks if block.get("dispatch_action")}
    fields = form.fields()
    depended_on = {name for field in fields.values() for name in field.when}
    depended_on -= {name for name in depended_on if isinstance(fields[name], HiddenField)}
    assert dispatching == depended_on


def test_a_campaign_option_shows_the_name_and_its_value_has_the_id() -> None:
    option = elements(drawn(ScheduleForm, SCHEDULE["Daily"]))["campaign"]["initial_option"]
    assert option["text"]["text"] == "Spring sale"
    assert option["value"] == f"{ID} Spring sale"


@pytest.mark.parametrize("zone", ["UTC", None])
def test_the_zone_field_reports_choices_until_a_zone_was_chosen(zone: str | None) -> None:
    view = drawn(SmsForm, SMS["message"], CONTEXT.model_copy(update={"zone": zone}))
    dispatching = {block["block_id"] for block in view["blocks"] if block.get("dispatch_action")}
    assert ("zone" in dispatching) is (zone is not None)


def test_a_reset_field_shows_the_value_of_the_bot() -> None:
    context = CONTEXT.model_copy(update={"reset": frozenset({"zone"})})
    view = drawn(SmsForm, SMS["message"], context)
    assert elements(view)["zone"]["action_id"] == "zone_reset"
    assert elements(view)["name"]["action_id"] == "name"
    assert read_back(view)["zone"] == "America/New_York"


@pytest.mark.parametrize(
    ("form", "values", "field", "hides", "shows"),
    [
        (SmsForm, SMS["template"], "message", {"format": "flow"}, {"format": "message"}),
        (SmsForm, SMS["template"], "template", {"format": "message"}, {"format": "template"}),
        (SmsForm, SMS["flow"], "flow", {"format": "template"}, {"format": "flow"}),
        (
            VoiceForm,
            VOICE["Preview"],
            "max_skips",
            {"dialing_mode": "Agentless"},
            {"dialing_mode": "Preview"},
        ),
        (
            ScheduleForm,
            SCHEDULE["Weekly"],
            "days",
            {"recurrence": "Daily"},
            {"recurrence": "Weekly"},
        ),
    ],
)
def test_a_hidden_value_is_kept_until_its_field_is_shown_again(
    form: type[Form], values: Values, field: str, hides: Values, shows: Values
) -> None:
    hidden = drawn(form, values | hides)
    assert field not in elements(hidden)
    again = drawn(form, read_back(hidden) | shows)
    assert read_back(again)[field] == values[field]


def test_typed_values_replace_kept_ones() -> None:
    context = FormContext(kept={"message": "old"})
    state = {"message": {"message": {"type": "plain_text_input", "value": "new"}}}
    assert read(typed(state), context) == {"message": "new"}


@pytest.mark.parametrize(
    "message", ["m" * 1600, "\n".join(["“Hi”, it's 9:00 AM."] * 80), "🎉" * 1600]
)
def test_a_long_hidden_message_is_kept(message: str) -> None:
    hidden = drawn(SmsForm, SMS["flow"] | {"message": message})
    assert len(hidden["private_metadata"]) <= METADATA_MAX
    assert read_back(hidden)["message"] == message


def test_a_note_is_at_the_top_and_stays_when_the_form_is_redrawn() -> None:
    context = CONTEXT.model_copy(update={"note": "Not understood: “please”."})
    view = drawn(SmsForm, SMS["message"], context)
    assert view["blocks"][0]["text"]["text"] == "Not understood: “please”."
    again = FormContext.load(view["private_metadata"])
    assert drawn(SmsForm, SMS["flow"], again)["blocks"][0] == view["blocks"][0]
    assert view_faults(view) == []


def test_a_hidden_value_is_kept_rather_than_the_note() -> None:
    context = CONTEXT.model_copy(update={"note": "n" * 1200})
    hidden = drawn(SmsForm, SMS["flow"] | {"message": "m" * 2000}, context)
    assert len(hidden["private_metadata"]) <= METADATA_MAX
    assert read_back(hidden)["message"] == "m" * 2000
    assert hidden["blocks"][0]["text"]["text"] == "n" * 1200


@pytest.mark.parametrize("length", [0, 2000, 3000, 10_000])
def test_private_metadata_stays_within_slacks_limit(length: int) -> None:
    kept: Value = "k" * length
    view = drawn(SmsForm, SMS["flow"] | {"message": kept})
    assert len(view["private_metadata"]) <= METADATA_MAX
    context = FormContext.model_validate_json(view["private_metadata"])
    assert (context.channel, context.response_url) == (CONTEXT.channel, CONTEXT.response_url)
