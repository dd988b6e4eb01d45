"""What a line says becomes values that its form can be submitted with, and the rest is said."""

from datetime import UTC, date, datetime, time

import pytest

from blocks.drawing import draw
from blocks.form import Form, FormContext, Values, initial_values
from blocks.forms.schedule import ScheduleForm
from blocks.forms.sms import SmsForm
from blocks.forms.voice import VoiceForm
from blocks.one_line import NO_TEXT, FromLine, from_campaign_line, from_schedule
from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.commands import CreateSms, CreateVoice, ScheduleCampaign
from bot.campaigns.hours import Weekday
from bot.campaigns.one_line import ScheduleValues, read_campaign, read_schedule
from bot.campaigns.schedule import Recurrence
from bot.campaigns.values import DialingMode, Format, Kind
from sandbox.slack.blockkit import view_faults
from tests.blocks.samples import HOSTILE, as_json, mrkdwn_texts

NOW = datetime(2026, 11, 28, 15, tzinfo=UTC)
any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
REST: Values = {
    "description": "Reminds customers",
    "zone": "America/New_York",
    "channel": "C1",
    "campaign": "Spring sale",
}


def submitted(form: type[Form], line: FromLine) -> Form:
    """Return the form with the values of a line and what it cannot say, checked."""
    return form.parse(initial_values(form, REST | line.values), NOW)


def sms(line: str) -> SmsCampaign:
    read = from_campaign_line(read_campaign(line, Kind.SMS, ()))
    command = submitted(SmsForm, read).command()
    assert isinstance(command, CreateSms)
    return command.campaign


def voice(line: str) -> VoiceCampaign:
    read = from_campaign_line(read_campaign(line, Kind.VOICE, ()))
    command = submitted(VoiceForm, read).command()
    assert isinstance(command, CreateVoice)
    return command.campaign


def test_an_sms_line_and_a_description_are_a_campaign() -> None:
    made = sms('"Sale" to Gold, Silver from +1 202-555-0100 dnc No calls: Hello <First Name>')
    assert (made.name, made.contact_lists, made.dnc_list) == (
        "Sale",
        ("Gold", "Silver"),
        "No calls",
    )
    assert (made.caller_id, made.message) == ("+12025550100", "Hello <First Name>")
    assert made.format is Format.MESSAGE


def test_a_template_and_a_flow_choose_their_format() -> None:
    made = sms('"Sale" to Gold from +1 202-555-0100 template Welcome: Hi {{1}}')
    assert (made.format, made.template, made.message) == (Format.TEMPLATE, "Welcome", "Hi {{1}}")
    made = sms('"Sale" to Gold from +1 202-555-0100 flow Survey')
    assert (made.format, made.flow, made.message) == (Format.FLOW, "Survey", None)


def test_a_queue_and_a_flow_choose_their_dialing_mode() -> None:
    made = voice('"Sale" to Gold from +1 202-555-0100 queue Sales')
    assert (made.dialing_mode, made.queue, made.flow) == (DialingMode.PROGRESSIVE, "Sales", None)
    made = voice('"Sale" to Gold from +1 202-555-0100 preview queue Sales')
    assert (made.dialing_mode, made.max_skips) == (DialingMode.PREVIEW, 3)
    made = voice('"Sale" to Gold from +1 202-555-0100 flow Survey')
    assert (made.dialing_mode, made.queue, made.flow) == (DialingMode.AGENTLESS, None, "Survey")


def test_a_schedule_line_is_a_schedule() -> None:
    line = read_schedule("Spring sale every 2 weeks on Tue and Fri 10 am until Dec 31", ())
    command = submitted(ScheduleForm, from_schedule(line.values(NOW, "America/New_York"))).command()
    assert isinstance(command, ScheduleCampaign)
    schedule = command.schedule
    assert (schedule.recurrence, schedule.every) == (Recurrence.WEEKLY, 2)
    assert schedule.days == (Weekday.TUESDAY, Weekday.FRIDAY)
    assert schedule.start == datetime.combine(date(2026, 12, 1), time(10))
    assert schedule.end == datetime.combine(date(2026, 12, 31), time(18))


def test_what_a_line_does_not_say_is_left_to_the_form() -> None:
    assert from_schedule(ScheduleValues()).values == {}
    assert from_campaign_line(read_campaign("", Kind.SMS, ())).values == {}
    assert from_schedule(ScheduleValues(start_time=time())).values == {"start_time": "00:00"}


def test_nothing_is_said_if_all_was_understood() -> None:
    assert FromLine({"name": "Sale", "message": "Hello"}).note(SmsForm) == ""


def test_what_was_not_understood_is_said_with_what_to_do() -> None:
    pieces = [f"piece\n{number}" for number in range(7)]
    assert FromLine(not_understood=pieces[:1]).note(SmsForm) == (
        "Not understood: “piece 0”. Fill it in below."
    )
    assert (
        FromLine(not_understood=pieces)
        .note(SmsForm)
        .endswith("“piece 3”, “piece 4” and 2 more. Fill it in below.")
    )


def test_what_does_not_fit_and_a_remark_have_lines_of_their_own() -> None:
    values: Values = {"name": "n" * 49, "message": "m" * 1600, "hours_by_day": "Mon"}
    assert FromLine(values, ["x"], NO_TEXT).note(SmsForm).split("\n") == [
        "Not understood: “x”. Fill it in below.",
        "Campaign name: only the first 48 characters fit. The rest was left out.",
        NO_TEXT,
    ]


@any_text
def test_no_text_in_a_note_breaks_the_form_or_pings(text: str) -> None:
    line = FromLine({"message": text}, [text] * 6)
    context = FormContext(channel="C1", note=line.note(SmsForm))
    view = as_json(draw(SmsForm, initial_values(SmsForm, line.values), context))
    assert view_faults(view) == []
    assert len(context.note) <= 1200
    for said in mrkdwn_texts(view["blocks"]):
        assert "<" not in said
