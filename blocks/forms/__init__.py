"""The forms, one module each. A field is added here and nowhere else."""

from blocks.form import Form
from blocks.forms.campaign_import import ImportForm
from blocks.forms.common import CampaignForm
from blocks.forms.contacts import AddContactsForm
from blocks.forms.edit import EditSmsForm, EditVoiceForm
from blocks.forms.lists import CreateListForm, DeleteListForm, RenameListForm
from blocks.forms.schedule import ScheduleForm
from blocks.forms.sms import SmsForm
from blocks.forms.voice import VoiceForm
from blocks.ids import View
from bot.campaigns.values import Kind

_FORMS = (
    *(SmsForm, VoiceForm, EditSmsForm, EditVoiceForm, ScheduleForm),
    *(CreateListForm, RenameListForm, DeleteListForm, AddContactsForm, ImportForm),
)
CAMPAIGN_FORMS: dict[Kind, type[CampaignForm]] = {form.kind: form for form in (SmsForm, VoiceForm)}
EDIT_FORMS: dict[Kind, type[CampaignForm]] = {
    form.kind: form for form in (EditSmsForm, EditVoiceForm)
}
FORMS: dict[View, type[Form]] = {form.view: form for form in _FORMS}
# The calling hours are one setting, and several fields.
_LABELS = {"hours": "Calling hours", "kind": "Kind"} | {
    name: field.label for form in CAMPAIGN_FORMS.values() for name, field in form.fields().items()
}


def setting_label(name: str) -> str:
    """Return the label of a campaign's setting; of an unknown one, its name."""
    return _LABELS.get(name, name)
