"""The form that creates several campaigns from a file."""

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import Field

from blocks.fields import FileField, LookupField
from blocks.form import ChannelForm
from blocks.forms.region import COUNTRY
from blocks.ids import Source, View
from blocks.state import SlackId
from bot.campaigns import values
from bot.campaigns.actions import Action
from bot.campaigns.campaign_files import CAMPAIGNS_MAX
from bot.campaigns.campaign_import import ImportCampaigns
from bot.campaigns.phones import Senders
from bot.campaigns.regions import Region


class ImportForm(ChannelForm):
    """The fields for creating several campaigns: from which file, and how to read it."""

    view: ClassVar = View.IMPORT
    title: ClassVar = "Import campaigns"
    action: ClassVar = Action.IMPORT
    order: ClassVar = ("environment", "files", "zone", "region", "channel")

    files: Annotated[
        tuple[SlackId, ...],
        Field(min_length=1, max_length=1),
        FileField(
            label="File",
            filetypes=("csv", "txt", "tsv"),
            hint=f"A CSV file with up to {CAMPAIGNS_MAX} SMS campaigns. Columns: Name, Message or "
            "Flow, Contact lists (with ; between them), Caller ID; if you like also Template, "
            "Description, DNC list, Priority, Calling days, Calling hours, and Schedule, such as "
            "“every Tuesday 10 am until Dec 31”.",
        ),
    ]
    zone: Annotated[
        values.Zone,
        LookupField(
            label="Time zone",
            source=Source.ZONES,
            hint="Of the calling hours and the schedules in the file.",
        ),
    ]
    region: Annotated[Region | None, COUNTRY] = None

    def problems(self, now: datetime, senders: Senders) -> dict[str, str]:
        """Return nothing: the review says what is wrong with the file."""
        return {}

    def command(self) -> ImportCampaigns:
        """Return the command that creates the campaigns, once a review has read the file."""
        return ImportCampaigns(file=self.files[0], zone=self.zone, region=self.region)
