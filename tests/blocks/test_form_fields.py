"""Every field of every form refuses bad values, with an error on that field alone."""

import pytest

from blocks.fields import HiddenField, Value
from blocks.form import Form, FormErrors, Values
from blocks.forms import EDIT_FORMS, FORMS
from blocks.forms.campaign_import import ImportForm
from blocks.forms.schedule import ScheduleForm
from blocks.forms.sms import SmsForm
from blocks.forms.voice import VoiceForm
from tests.blocks.list_forms import LIST_CASES, LIST_TAKEN
from tests.blocks.samples import FILLED, FILLED_IDS, IMPORTS, NOW, SCHEDULE, SMS, VOICE

REQUIRED = "Fill this in."
WHOLE = "Enter a whole number."
LISTED = "Choose one from the list."
PICK_DATE = "Choose a date with the picker."
PICK_TIME = "Choose a time with the picker."
ZONE = "This is not an IANA time zone."
COUNTRY = "Write the two letters of a country, such as US."
PHONE = "Write the number with its country code, such as +1 202-555-0100."
NOT_POSSIBLE = "No country has such phone numbers. Compare it with +1 202-555-0100."
SENDER = (
    "Write a phone number, a short code of 3 to 8 digits, or a sender ID of up to 11 letters and "
    "digits."
)
ORDER = "Calling hours must end after they begin, and must not overlap."

# Rows of field, bad value and error; these are for the fields of both campaign forms.
Rows = list[tuple[str, Value, str]]
SHARED: Rows = [
    ("environment", "", REQUIRED),
    ("name", None, REQUIRED),
    ("name", "   ", REQUIRED),
    ("name", "n" * 49, "At most 48 characters; this has 49."),
    ("description", "d" * 257, "At most 256 characters; this has 257."),
    ("contact_lists", None, REQUIRED),
    ("contact_lists", [], REQUIRED),
    ("contact_lists", [str(each) for each in range(11)], "At most 10; these are 11."),
    ("contact_lists", ["VIP", "l" * 151], "At most 150 characters; this has 151."),
    ("dnc_list", "l" * 151, "At most 150 characters; this has 151."),
    ("caller_id", None, REQUIRED),
    ("caller_id", "+" + "1" * 64, "At most 64 characters; this has 65."),
    ("caller_id", "+1202555", NOT_POSSIBLE),
    ("caller_id", "+SPRINGCO", NOT_POSSIBLE),
    ("caller_id", "0044 20 7946", NOT_POSSIBLE),
    ("caller_id", "(202) 555-0100", PHONE),
    ("priority", None, REQUIRED),
    ("priority", "0", "Between 1 and 5."),
    ("priority", "6", "Between 1 and 5."),
    ("priority", "high", WHOLE),
    ("zone", None, REQUIRED),
    ("zone", "America/Springfield", ZONE),
    ("calling_days", None, REQUIRED),
    ("calling_days", ["7"], LISTED),
    ("hours_from", None, REQUIRED),
    ("hours_from", "9 o'clock", PICK_TIME),
    ("hours_to", None, REQUIRED),
    ("hours_to", "25:00", PICK_TIME),
    ("hours_to", "10:00", ORDER),
    ("hours_to", "09:59", ORDER),
    (
        "hours_by_day",
        "Mon 9:00 AM-6:00 PM\nsometimes",
        "“sometimes”: a day and its hours are expected. Example: Mon-Fri 9:00 AM-6:00 PM",
    ),
    ("hours_by_day", "Mon 9:00 AM-1:00 PM, 12:00 PM-6:00 PM", ORDER),
    ("saved_name", "n" * 61, "At most 60 characters; this has 61."),
    ("saved_for", "nobody", LISTED),
    ("channel", None, REQUIRED),
]
CASES: dict[type[Form], list[tuple[Values, Rows]]] = {
    SmsForm: [
        (SMS["message"], SHARED),
        (
            SMS["message"],
            [
                ("format", None, REQUIRED),
                ("format", "carrier pigeon", LISTED),
                ("message", None, REQUIRED),
                ("message", "m" * 1601, "At most 1600 characters; this has 1601."),
                ("caller_id", "2025550100", PHONE),
                ("caller_id", "Twelve signs", SENDER),
                ("caller_id", "agent-7.example", SENDER),
            ],
        ),
        (
            SMS["template"],
            [
                ("message", None, REQUIRED),
                ("template", None, REQUIRED),
                ("template", "t" * 151, "At most 150 characters; this has 151."),
            ],
        ),
        (
            SMS["flow"],
            [
                ("flow", None, REQUIRED),
                ("flow", "f" * 151, "At most 150 characters; this has 151."),
            ],
        ),
    ],
    VoiceForm: [
        (VOICE["Agentless"], SHARED),
        (
            VOICE["Agentless"],
            [
                ("dialing_mode", None, REQUIRED),
                ("dialing_mode", "Telepathic", LISTED),
                ("flow", None, REQUIRED),
                ("machine_detection", None, REQUIRED),
                ("machine_detection", "perhaps", LISTED),
                ("dialing_order", None, REQUIRED),
                ("dialing_order", "FILO", LISTED),
                ("max_attempts", None, REQUIRED),
                ("max_attempts", "0", "Between 1 and 100."),
                ("max_attempts", "101", "Between 1 and 100."),
                ("max_attempts", "1.5", WHOLE),
                ("retry_period", None, REQUIRED),
                ("retry_period", "0", "Between 1 and 1440."),
                ("retry_period", "1441", "Between 1 and 1440."),
                ("ring_time", None, REQUIRED),
                ("ring_time", "4", "Between 5 and 120."),
                ("ring_time", "121", "Between 5 and 120."),
                ("ring_time", "9" * 5000, WHOLE),
            ],
        ),
        (
            VOICE["Progressive"],
            [
                ("queue", None, REQUIRED),
                ("queue", "q" * 151, "At most 150 characters; this has 151."),
            ],
        ),
        (
            VOICE["Preview"],
            [
                ("queue", None, REQUIRED),
                ("max_skips", None, REQUIRED),
                ("max_skips", "-1", "Between 0 and 100."),
                ("max_skips", "101", "Between 0 and 100."),
            ],
        ),
    ],
    ScheduleForm: [
        (
            SCHEDULE["Daily"],
            [
                ("environment", "", REQUIRED),
                ("campaign", None, REQUIRED),
                ("campaign", "c" * 151, "At most 150 characters; this has 151."),
                ("recurrence", None, REQUIRED),
                ("recurrence", "Hourly", LISTED),
                ("every", None, REQUIRED),
                ("every", "0", "Between 1 and 99."),
                ("every", "100", "Between 1 and 99."),
                ("zone", None, REQUIRED),
                ("zone", "EST5EDT4", ZONE),
                ("start_date", None, REQUIRED),
                ("start_date", "2027-02-30", PICK_DATE),
                (
                    "start_date",
                    "2027-01-14",
                    "This is in the past in America/New_York. Choose a later start.",
                ),
                ("start_time", None, REQUIRED),
                ("start_time", "noon", PICK_TIME),
                ("end_date", None, REQUIRED),
                ("end_date", "tomorrow", PICK_DATE),
                ("end_date", "2027-01-31", "The end must be after the start."),
                ("end_time", None, REQUIRED),
                ("end_time", "18:60", PICK_TIME),
                ("channel", None, REQUIRED),
            ],
        ),
        (SCHEDULE["Weekly"], [("days", None, REQUIRED), ("days", ["7"], LISTED)]),
    ],
    **LIST_CASES,
    ImportForm: [
        (
            IMPORTS["import"],
            [
                ("environment", "", REQUIRED),
                ("files", [], REQUIRED),
                ("files", ["F1", "F2"], "At most 1; these are 2."),
                ("zone", None, REQUIRED),
                ("zone", "EST5EDT4", ZONE),
                ("region", "ZZ", COUNTRY),
                ("region", "USA", COUNTRY),
                ("channel", None, REQUIRED),
            ],
        )
    ],
}
FAULTS = [
    pytest.param(form, good, *row, id=f"{form.__name__}-{row[0]}-{row[1]!s:.20}")
    for form, groups in CASES.items()
    for good, rows in groups
    for row in rows
]
# Values at their limits, which are accepted.
SHARED_TAKEN: list[tuple[str, Value]] = [
    ("name", "n" * 48),
    ("name", f"  {'n' * 48} "),
    ("description", "d" * 256),
    ("description", None),
    ("contact_lists", [str(each) for each in range(10)]),
    ("contact_lists", ["l" * 150]),
    ("dnc_list", "l" * 150),
    ("dnc_list", None),
    ("priority", "1"),
    ("priority", "5"),
    ("calling_days", ["6"]),
    ("hours_to", "10:01"),
    ("hours_by_day", "Fri-Mon 8 AM-12:00, 13:00-20:00"),
]
TAKEN: list[tuple[type[Form], Values, str, Value]] = [
    *((SmsForm, SMS["message"], *row) for row in SHARED_TAKEN),
    *((VoiceForm, VOICE["Agentless"], *row) for row in SHARED_TAKEN),
    (SmsForm, SMS["message"], "message", "m" * 1600),
    (SmsForm, SMS["message"], "caller_id", "123"),
    (SmsForm, SMS["message"], "caller_id", "12345678"),
    (SmsForm, SMS["message"], "caller_id", "Eleven sign"),
    (SmsForm, SMS["template"], "template", "t" * 150),
    (SmsForm, SMS["flow"], "flow", "f" * 150),
    (VoiceForm, VOICE["Agentless"], "caller_id", "agent-7.example"),
    (VoiceForm, VOICE["Agentless"], "caller_id", "s" * 64),
    (VoiceForm, VOICE["Agentless"], "max_attempts", "1"),
    (VoiceForm, VOICE["Agentless"], "max_attempts", "100"),
    (VoiceForm, VOICE["Agentless"], "retry_period", "1"),
    (VoiceForm, VOICE["Agentless"], "retry_period", "1440"),
    (VoiceForm, VOICE["Agentless"], "ring_time", "5"),
    (VoiceForm, VOICE["Agentless"], "ring_time", "120"),
    (VoiceForm, VOICE["Progressive"], "queue", "q" * 150),
    (VoiceForm, VOICE["Preview"], "max_skips", "0"),
    (VoiceForm, VOICE["Preview"], "max_skips", "100"),
    (ScheduleForm, SCHEDULE["Daily"], "campaign", "c" * 150),
    (ScheduleForm, SCHEDULE["Daily"], "every", "1"),
    (ScheduleForm, SCHEDULE["Daily"], "every", "99"),
    (ScheduleForm, SCHEDULE["Daily"], "end_date", "2027-02-01"),
    (ScheduleForm, SCHEDULE["Weekly"], "days", [str(day) for day in range(7)]),
    *LIST_TAKEN,
]


@pytest.mark.parametrize(("form", "good", "field", "bad", "sentence"), FAULTS)
def test_a_bad_value_gets_an_error_on_its_own_field(
    form: type[Form], good: Values, field: str, bad: Value, sentence: str
) -> None:
    with pytest.raises(FormErrors) as refused:
        form.parse(good | {field: bad}, NOW)
    assert refused.value.by_field == {field: sentence}


@pytest.mark.parametrize(
    ("form", "good", "field", "value"),
    TAKEN,
    ids=[f"{form.__name__}-{field}-{value!s:.12}" for form, _, field, value in TAKEN],
)
def test_a_value_at_its_limit_is_accepted(
    form: type[Form], good: Values, field: str, value: Value
) -> None:
    values = good | {field: value}
    assert form.parse(values, NOW).model_fields_set == {
        name for name in form.shown(values) if values.get(name) is not None
    }


@pytest.mark.parametrize(("form", "good"), FILLED, ids=FILLED_IDS)
def test_every_shape_of_a_form_can_be_submitted(form: type[Form], good: Values) -> None:
    assert form.parse(good, NOW).chosen_channel == good.get("channel")


@pytest.mark.parametrize("form", CASES, ids=[form.view for form in CASES])
def test_every_field_is_tested(form: type[Form]) -> None:
    tried = {field for _, rows in CASES[form] for field, _, _ in rows}
    fields = form.fields().items()
    assert tried == {name for name, field in fields if not isinstance(field, HiddenField)}


def test_every_form_is_tested_or_has_the_fields_of_one_that_is() -> None:
    assert set(FORMS.values()) == {*CASES, *EDIT_FORMS.values()}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_order_names_every_field_of_the_model(form: type[Form]) -> None:
    assert sorted(form.order) == sorted(form.model_fields)


def test_all_errors_are_shown_at_once() -> None:
    with pytest.raises(FormErrors) as refused:
        SmsForm.parse(SMS["message"] | {"name": None, "priority": "9", "zone": "Mars"}, NOW)
    assert refused.value.by_field == {
        "name": REQUIRED,
        "priority": "Between 1 and 5.",
        "zone": ZONE,
    }


def test_a_hidden_field_is_ignored() -> None:
    values = SMS["flow"] | {"message": "m" * 9999, "template": "spring"}
    form = SmsForm.parse(values, NOW)
    assert (form.flow, form.message, form.template) == ("Survey", None, None)
