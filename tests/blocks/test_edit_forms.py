"""The form that edits a campaign is filled with its settings, and loses none of them."""

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blocks.drawing import draw
from blocks.form import FormContext, initial_values, read
from blocks.forms import EDIT_FORMS
from blocks.forms.edit import values_of_campaign
from bot.campaigns.campaign import Campaign, SmsCampaign, VoiceCampaign
from bot.campaigns.commands import EditCampaign
from bot.campaigns.hours import CallingHours, Weekday, Window
from bot.campaigns.values import DialingMode, Format, MachineDetection
from sandbox.slack.blockkit import view_faults
from tests.asked import sms_campaign
from tests.blocks.samples import ID, NOW, as_json, state_of

minutes = st.integers(0, 24 * 60 - 1)
clocks = minutes.map(lambda minute: time(minute // 60, minute % 60))
windows = st.tuples(st.sampled_from(Weekday), clocks, clocks).filter(lambda w: w[1] < w[2])


@st.composite
def any_hours(draw_: st.DrawFn) -> CallingHours:
    """Generate calling hours: windows that do not overlap, in any number on each day."""
    found: list[Window] = []
    for day, start, end in draw_(st.lists(windows, min_size=1, max_size=8)):
        if all(each.day != day or each.end <= start or end <= each.start for each in found):
            found.append(Window(day=day, start=start, end=end))
    return CallingHours(zone="Asia/Kolkata", windows=tuple(found))


def edited(campaign: Campaign) -> EditCampaign:
    """Open the form for a campaign, submit it as it is, and return its command."""
    form = EDIT_FORMS[campaign.kind]
    given_ = values_of_campaign(campaign.model_dump(mode="json"))
    place = {"target": f"{ID} Spring sale", "seen": "name=1", "channel": "C123"}
    values = initial_values(form, given_ | place)
    view = as_json(draw(form, values, FormContext(channel="C123")))
    assert view_faults(view) == []
    context = FormContext.load(view["private_metadata"])
    command = form.parse(read(state_of(view), context), NOW).command()
    assert isinstance(command, EditCampaign)
    return command


@settings(deadline=None)
@given(any_hours())
def test_calling_hours_are_read_back_as_they_were(hours: CallingHours) -> None:
    campaign = sms_campaign().model_copy(update={"hours": hours})
    assert edited(campaign).edited == campaign


SMS = sms_campaign().model_dump()
VOICE = {name: SMS[name] for name in ("name", "description", "contact_lists", "caller_id", "hours")}


@pytest.mark.parametrize(
    "campaign",
    [
        SmsCampaign.model_validate(SMS | {"dnc_list": "Do not call", "priority": 2}),
        SmsCampaign.model_validate(SMS | {"format": Format.TEMPLATE, "template": "Welcome"}),
        SmsCampaign.model_validate(
            SMS | {"format": Format.FLOW, "message": None, "flow": "Survey"}
        ),
        VoiceCampaign.model_validate(
            VOICE
            | {
                "dialing_mode": DialingMode.AGENTLESS,
                "flow": "Survey",
                "machine_detection": MachineDetection.DETECT,
            }
        ),
        VoiceCampaign.model_validate(
            VOICE | {"dialing_mode": DialingMode.PREVIEW, "queue": "Sales", "max_skips": 0}
        ),
    ],
    ids=["message", "template", "flow", "agentless", "preview"],
)
def test_every_setting_is_read_back_as_it_was(campaign: Campaign) -> None:
    command = edited(campaign)
    assert command.edited == campaign
    assert (command.ref.id, command.ref.name, command.seen) == (ID, "Spring sale", "name=1")


def test_what_is_not_known_must_be_filled_in() -> None:
    form = EDIT_FORMS[sms_campaign().kind]
    values = initial_values(form, {"format": "message", "target": ID, "channel": "C123"})
    assert {name for name in form.shown(values) if not values[name]} >= {"message", "description"}
