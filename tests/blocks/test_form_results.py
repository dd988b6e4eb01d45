"""The command that a valid form gives, and the errors for fields that do not fit together."""

from datetime import UTC, datetime, time

import pytest

from blocks.form import FormErrors, Values
from blocks.forms.schedule import ScheduleForm
from blocks.forms.sms import SmsForm
from blocks.forms.voice import VoiceForm
from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.commands import CreateSms, CreateVoice, ScheduleCampaign
from bot.campaigns.hours import CallingHours, Weekday, Window
from bot.campaigns.phones import Senders
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Recurrence, Schedule
from bot.campaigns.values import DialingMode, DialingOrder, Format, MachineDetection
from tests.blocks.samples import ID, NOW, SCHEDULE, SMS, VOICE

HOURS = CallingHours.same_every_day(
    "America/New_York", (Weekday.MONDAY, Weekday.FRIDAY), time(10), time(17, 30)
)


def test_an_sms_form_becomes_a_campaign() -> None:
    assert SmsForm.parse(SMS["template"], NOW).campaign() == SmsCampaign(
        name="Spring sale",
        description="Reminds customers of the sale",
        contact_lists=("Newsletter", "VIP"),
        dnc_list="Do not call",
        caller_id="+12025550100",
        priority=4,
        hours=HOURS,
        format=Format.TEMPLATE,
        message="Hi {{1}}",
        template="spring",
    )


def test_a_voice_form_becomes_a_campaign() -> None:
    assert VoiceForm.parse(VOICE["Agentless"], NOW).campaign() == VoiceCampaign(
        name="Spring sale",
        description="Reminds customers of the sale",
        contact_lists=("Newsletter", "VIP"),
        dnc_list="Do not call",
        caller_id="+12025550100",
        priority=4,
        hours=HOURS,
        dialing_mode=DialingMode.AGENTLESS,
        flow="Survey",
        machine_detection=MachineDetection.DETECT,
        dialing_order=DialingOrder.LIFO,
        max_attempts=2,
        retry_period=90,
        ring_time=45,
    )


@pytest.mark.parametrize("typed", [None, "", "  \n"])
def test_a_campaign_without_a_description_is_described_by_its_name(typed: str | None) -> None:
    form = SmsForm.parse(SMS["message"] | {"description": typed}, NOW)
    assert form.campaign().description == "Spring sale"


def test_a_schedule_form_becomes_a_schedule() -> None:
    form = ScheduleForm.parse(SCHEDULE["Weekly"], NOW)
    assert form.schedule() == Schedule(
        recurrence=Recurrence.WEEKLY,
        every=2,
        days=(Weekday.MONDAY, Weekday.WEDNESDAY),
        zone="America/New_York",
        start=datetime(2027, 2, 1, 9),  # noqa: DTZ001 # schedules are in local time
        end=datetime(2027, 3, 1, 18),  # noqa: DTZ001 # as above
    )


def test_a_campaign_form_gives_a_create_command() -> None:
    sms, voice = SmsForm.parse(SMS["flow"], NOW), VoiceForm.parse(VOICE["Preview"], NOW)
    assert sms.command() == CreateSms(campaign=sms.campaign())
    assert voice.command() == CreateVoice(campaign=voice.campaign())


def test_a_schedule_form_gives_a_schedule_command() -> None:
    form = ScheduleForm.parse(SCHEDULE["Weekly"], NOW)
    ref = CampaignRef(id=ID, name="Spring sale")
    assert form.command() == ScheduleCampaign(campaign=ref, schedule=form.schedule())


@pytest.mark.parametrize(
    ("typed", "region", "sender"),
    [
        ("+1 (202) 555-0100", None, "+12025550100"),
        ("(202) 555-0100", "US", "+12025550100"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("0044 20 7946 0018", "US", "+442079460018"),
        ("72345", "US", "72345"),
        ("SPRINGCO", "US", "SPRINGCO"),
    ],
)
def test_a_caller_id_is_sent_as_kore_needs_it(typed: str, region: str | None, sender: str) -> None:
    form = SmsForm.parse(SMS["message"] | {"caller_id": typed}, NOW, Senders(region=region))
    assert form.caller_id == sender
    assert form.campaign().caller_id == sender


def test_a_number_without_its_country_code_is_refused_with_the_other_faults() -> None:
    values = VOICE["Agentless"] | {"caller_id": "(202) 555-0100", "hours_to": "08:00"}
    with pytest.raises(FormErrors) as refused:
        VoiceForm.parse(values, NOW, Senders(region="NO"))
    assert refused.value.by_field == {
        "caller_id": "Write the number with its country code, such as +1 202-555-0100.",
        "hours_to": "Calling hours must end after they begin, and must not overlap.",
    }


def test_typed_hours_replace_the_days_and_hours_above() -> None:
    values = SMS["message"] | {"hours_by_day": "Sat 8 AM-9 AM\nSun 10:00-11:00"}
    assert SmsForm.parse(values, NOW).campaign().hours.windows == (
        Window(day=Weekday.SATURDAY, start=time(8), end=time(9)),
        Window(day=Weekday.SUNDAY, start=time(10), end=time(11)),
    )


def test_typed_hours_need_no_calling_days() -> None:
    values = SMS["message"] | {"calling_days": [], "hours_by_day": "Sat 8 AM-9 AM"}
    assert SmsForm.parse(values, NOW).campaign().hours.windows == (
        Window(day=Weekday.SATURDAY, start=time(8), end=time(9)),
    )


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        (
            {"start_date": "2027-03-14", "start_time": "02:30", "end_date": "2027-04-01"},
            {"start_time"},
        ),
        ({"end_date": "2027-03-14", "end_time": "02:30"}, {"end_time"}),
        (
            dict.fromkeys(["start_date", "end_date"], "2027-03-14")
            | {"start_time": "02:00", "end_time": "02:59"},
            {"start_time", "end_time"},
        ),
    ],
)
def test_times_skipped_by_a_clock_change_are_refused(changed: Values, errors: set[str]) -> None:
    with pytest.raises(FormErrors) as refused:
        ScheduleForm.parse(SCHEDULE["Daily"] | changed, NOW)
    sentence = "The clocks in America/New_York skip this time on that day. Choose another."
    assert refused.value.by_field == dict.fromkeys(errors, sentence)


def test_a_schedule_may_start_in_a_minute_but_not_now() -> None:
    values = SCHEDULE["Daily"] | {"start_date": "2027-01-15", "start_time": "07:00"}
    before, at = (
        datetime(2027, 1, 15, 11, 59, tzinfo=UTC),
        datetime(2027, 1, 15, 12, tzinfo=UTC),
    )
    assert str(ScheduleForm.parse(values, before).start_date) == "2027-01-15"
    with pytest.raises(FormErrors) as refused:
        ScheduleForm.parse(values, at)
    assert list(refused.value.by_field) == ["start_date"]


@pytest.mark.parametrize(
    ("zone", "changed"),
    [
        ("America/Los_Angeles", {"end_date": "9999-12-31", "end_time": "18:00"}),
        ("Asia/Tokyo", {"start_date": "0001-01-01", "start_time": "00:00"}),
    ],
)
def test_the_first_and_last_days_of_the_calendar_raise_only_form_errors(
    zone: str, changed: Values
) -> None:
    with pytest.raises(FormErrors) as refused:
        ScheduleForm.parse(SCHEDULE["Daily"] | {"zone": zone} | changed, NOW)
    assert set(refused.value.by_field) <= set(changed)
