"""What is kept of an accepted form: for a saved form, and for the next one in the channel."""

from blocks.fields import is_empty
from blocks.form import ENVIRONMENT, Form, Values
from blocks.forms.common import CampaignForm
from bot.campaigns.saved_forms import SavedFor

_NOT_SAVED = {ENVIRONMENT, "channel", "saved_name", "saved_for"}
# The hours are one setting with their zone: without it, the same hours would be other ones, at
# which nobody in the channel has chosen to call.
_HOURS = ("zone", "calling_days", "hours_from", "hours_to", "hours_by_day")
# Whom a campaign reaches and what it says are never among them.
_REPEATED = ("caller_id", "dnc_list", "priority", "queue", *_HOURS)


def saved_values(form: type[CampaignForm], values: Values) -> Values:
    """Return the values that a saved form has."""
    return {name: values.get(name) for name in form.shown(values) if name not in _NOT_SAVED}


def repeated_values(form: type[CampaignForm], values: Values) -> Values:
    """Return the values that the next new form in the channel is preset with."""
    return {name: values.get(name) for name in form.shown(values) if name in _REPEATED}


def saved_as(form: type[CampaignForm], values: Values) -> tuple[str, SavedFor] | None:
    """Return the name under which the form is saved, and for whom; None if it is not saved."""
    name = values.get("saved_name")
    if "saved_name" not in form.shown(values) or is_empty(name):
        return None
    return str(name).strip(), SavedFor(str(values.get("saved_for") or SavedFor.CHANNEL))


def as_last_used(form: type[Form], usual: Values) -> str:
    """Say which values are preset as last used in the channel; nothing if none is."""
    fields = form.fields()
    others = [name for name, value in usual.items() if name not in _HOURS and not is_empty(value)]
    preset = [fields[each].label for each in others if usual[each] != fields[each].initial]
    if "zone" in usual:
        preset.append("calling hours with their time zone")
    if not preset:
        return ""
    listed = " and ".join(filter(None, (", ".join(preset[:-1]), preset[-1])))
    return f"As last used in this channel: {listed}."
