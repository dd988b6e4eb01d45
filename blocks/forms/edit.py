"""The forms that edit a campaign: those that create one, filled with what is there."""

from collections.abc import Mapping
from itertools import groupby
from typing import Annotated, ClassVar

from pydantic import JsonValue

from blocks import times
from blocks.fields import HiddenField, Value
from blocks.form import Values
from blocks.forms.common import CampaignForm
from blocks.forms.sms import SmsForm
from blocks.forms.voice import VoiceForm
from blocks.ids import View
from bot.campaigns.actions import Action
from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.commands import EditCampaign
from bot.campaigns.edits import Settings
from bot.campaigns.hours import CallingHours
from bot.campaigns.refs import CampaignRef
from bot.campaigns.saved_forms import SavedFor
from bot.campaigns.values import DialingMode, Format


class _Editing(CampaignForm):
    """What both forms carry: the campaign, and the marks of the settings that they began with."""

    action: ClassVar = Action.EDIT

    environment: Annotated[str | None, HiddenField(label="Environment")] = None
    saved_name: Annotated[str | None, HiddenField(label="Save this form as")] = None
    saved_for: Annotated[SavedFor | None, HiddenField(label="Saved form is for")] = None
    target: Annotated[str, HiddenField(label="Campaign")]
    seen: Annotated[str, HiddenField(label="Settings before")]

    def edit(self, edited: SmsCampaign | VoiceCampaign) -> EditCampaign:
        """Return the command that replaces the campaign's settings."""
        return EditCampaign(campaign=CampaignRef.parse(self.target), edited=edited, seen=self.seen)


class EditSmsForm(_Editing, SmsForm):
    """The fields of an SMS campaign that exists; Kore.ai cannot change its format."""

    view: ClassVar = View.EDIT_SMS
    title: ClassVar = "Edit SMS campaign"
    order: ClassVar[tuple[str, ...]] = (*SmsForm.order, "target", "seen")

    format: Annotated[Format, HiddenField(label="Format")]

    def command(self) -> EditCampaign:
        """Return the command that edits the campaign."""
        return self.edit(self.campaign())


class EditVoiceForm(_Editing, VoiceForm):
    """The fields of a voice campaign that exists; Kore.ai cannot change its dialing mode."""

    view: ClassVar = View.EDIT_VOICE
    title: ClassVar = "Edit voice campaign"
    order: ClassVar[tuple[str, ...]] = (*VoiceForm.order, "target", "seen")

    dialing_mode: Annotated[DialingMode, HiddenField(label="Dialing mode")]

    def command(self) -> EditCampaign:
        """Return the command that edits the campaign."""
        return self.edit(self.campaign())


def values_of_campaign(settings: Settings) -> Values:
    """Return a form's values for a campaign with these settings."""
    hours = settings.get("hours")
    plain = {name: _value(each) for name, each in settings.items() if name not in {"hours", "kind"}}
    return {**plain, **(_values_of_hours(CallingHours.model_validate(hours)) if hours else {})}


def _value(setting: JsonValue) -> Value:
    if isinstance(setting, list):
        return [str(each) for each in setting]
    return None if setting is None else str(setting)


def _values_of_hours(hours: CallingHours) -> Mapping[str, Value]:
    """Return the same hours on some days as such, and any others line by line."""
    spans = {(each.start, each.end) for each in hours.windows}
    days = [each.day for each in hours.windows]
    if len(spans) == 1 and len(set(days)) == len(days):
        ((start, end),) = spans
        return {
            "zone": hours.zone,
            "calling_days": [str(int(day)) for day in days],
            "hours_from": f"{start:%H:%M}",
            "hours_to": f"{end:%H:%M}",
        }
    by_day = groupby(hours.windows, key=lambda window: window.day)
    lines = [f"{day.short} {times.spans(windows)}" for day, windows in by_day]
    return {"zone": hours.zone, "hours_by_day": "\n".join(lines)}
