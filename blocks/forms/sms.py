"""The form that creates an SMS campaign."""

from dataclasses import replace
from typing import Annotated, ClassVar

from blocks.fields import ChoiceField, LookupField, TextField
from blocks.forms.common import CALLER_ID, CampaignForm
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
    order: ClassVar[tuple[str, ...]] = (
        *("environment", "name", "format", "message", "template", "flow"),
        *("contact_lists", "caller_id", "description", "dnc_list", "priority"),
        *("zone", "calling_days", "hours_from", "hours_to", "hours_by_day"),
        *("saved_name", "saved_for", "channel", "cloned"),
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
    caller_id: Annotated[
        values.CallerId,
        replace(
            CALLER_ID,
            source=Source.SMS_CALLER_IDS,
            hint="The number, short code or sender ID people see. It must be verified in Kore.ai.",
        ),
    ]

    def campaign(self) -> SmsCampaign:
        """Return the campaign that the form describes."""
        return SmsCampaign(**self.shared_values(SmsCampaign))
