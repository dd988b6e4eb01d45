"""The forms, one module each. A field is added here and nowhere else."""

from blocks.form import Form
from blocks.forms.common import CampaignForm
from blocks.forms.schedule import ScheduleForm
from blocks.forms.sms import SmsForm
from blocks.forms.voice import VoiceForm
from blocks.ids import View
from bot.campaigns.values import Kind

CAMPAIGN_FORMS: dict[Kind, type[CampaignForm]] = {form.kind: form for form in (SmsForm, VoiceForm)}
FORMS: dict[View, type[Form]] = {form.view: form for form in (SmsForm, VoiceForm, ScheduleForm)}
