"""The form that creates an SMS campaign."""

from typing import Annotated, ClassVar

from blocks.fields import ChoiceField, LookupField, TextField
from blocks.forms.common import CampaignForm
from blocks.ids import Source, View
from bot.campaigns import values
from bot.campaigns.campaign import SmsCampaign
from bot.campaigns.values import Format, Kind

FORMAT_WORDS = {
    Format.MESSAGE: "Simple message",
    Format.TEMPLATE: "Template",
    Format.FLOW: "Experience flow",
}


class SmsForm(CampaignForm):
    """The fields of an SMS campaign."""

    view: ClassVar = View.SMS
    title: ClassVar = "New SMS campaign"
    kind: ClassVar = Kind.SMS
    order: ClassVar = (
        *("environment", "name", "description", "format", "message", "template", "flow"),
        *("contact_lists", "dnc_list", "caller_id", "priority"),
        *("zone", "calling_days", "hours_from", "hours_to", "hours_by_day", "channel"),
    )

    format: Annotated[
        Format,
        ChoiceField(label="Format", words=FORMAT_WORDS, initial=Format.MESSAGE, redraws=True),
    ]
    message: Annotated[
        values.Message | None,
        TextField(
            label="Message",
            multiline=True,
            when={"format": (Format.MESSAGE, Format.TEMPLATE)},
            hint="For a template, enter its registered text with its placeholders.",
        ),
    ] = None
    template: Annotated[
        values.ExternalName | None,
        LookupField(
            label="Template name", source=Source.TEMPLATES, when={"format": (Format.TEMPLATE,)}
        ),
    ] = None
    flow: Annotated[
        values.ExternalName | None,
        LookupField(label="Experience flow", source=Source.FLOWS, when={"format": (Format.FLOW,)}),
    ] = None

    def campaign(self) -> SmsCampaign:
        """Return the campaign that the form describes."""
        return SmsCampaign(**self.shared_values(SmsCampaign))
