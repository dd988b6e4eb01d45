"""The fields that the voice and SMS forms share, and the campaign made from them."""

from abc import abstractmethod
from datetime import datetime, time
from typing import Annotated, Any, ClassVar

from blocks.fields import (
    ChecksField,
    ChoiceField,
    LookupField,
    LookupsField,
    TextField,
    TimeField,
)
from blocks.form import Form
from blocks.forms.typed_hours import UnreadableHours, read_windows
from blocks.ids import Source
from blocks.words import REQUIRED
from bot.campaigns import hours, values
from bot.campaigns.actions import Action
from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.commands import Create, create
from bot.campaigns.hours import CallingHours, Weekday
from bot.campaigns.phones import as_dialed, is_dialable

DAY_WORDS = {str(int(day)): day.name.title() for day in Weekday}
PRIORITY_WORDS = {"5": "5 (highest)", "4": "4", "3": "3", "2": "2", "1": "1 (lowest)"}


class CampaignForm(Form):
    """The fields that every campaign has. Subclasses add their own, and set the order of all."""

    action: ClassVar = Action.CREATE
    kind: ClassVar[values.Kind]

    name: Annotated[values.Name, TextField(label="Campaign name")]
    description: Annotated[values.Description, TextField(label="Description", multiline=True)]
    contact_lists: Annotated[
        values.ContactLists, LookupsField(label="Contact lists", source=Source.CONTACT_LISTS)
    ]
    dnc_list: Annotated[
        values.ExternalName | None,
        LookupField(
            label="DNC list",
            source=Source.DNC_LISTS,
            optional=True,
            hint="Kore.ai contacts nobody on this do-not-call list. For voice it also leaves out "
            "its global list; for SMS it does not.",
        ),
    ] = None
    caller_id: Annotated[
        values.CallerId,
        LookupField(
            label="Caller ID",
            source=Source.CALLER_IDS,
            hint="The number people see, with country code. It must be verified in Kore.ai.",
        ),
    ]
    priority: Annotated[
        values.Priority, ChoiceField(label="Priority", initial="5", words=PRIORITY_WORDS)
    ]
    zone: Annotated[values.Zone, LookupField(label="Time zone", source=Source.ZONES)]
    calling_days: Annotated[
        tuple[Weekday, ...],
        ChecksField(
            label="Calling days",
            words=DAY_WORDS,
            initial=["0", "1", "2", "3", "4"],
            optional=True,  # required unless `hours_by_day` names the days
        ),
    ] = ()
    hours_from: Annotated[
        time, TimeField(label="Calling hours from", initial=f"{hours.OPENS:%H:%M}")
    ]
    hours_to: Annotated[time, TimeField(label="Calling hours to", initial=f"{hours.CLOSES:%H:%M}")]
    hours_by_day: Annotated[
        str | None,
        TextField(
            label="Different hours by day",
            optional=True,
            multiline=True,
            placeholder="Mon-Thu 9:00 AM-12:00 PM, 1:00 PM-6:00 PM",
            hint="Only if hours differ: a line for each day. It replaces the days and hours above.",
        ),
    ] = None

    def problems(self, now: datetime) -> dict[str, str]:
        """Return what is wrong with the caller ID or the calling hours."""
        return self._caller_id_problems() | self._hours_problems()

    def command(self) -> Create:
        """Return the command that creates the campaign."""
        return create(self.campaign())

    @abstractmethod
    def campaign(self) -> SmsCampaign | VoiceCampaign:
        """Return the campaign that the form describes."""

    def shared_values(self, model: type[SmsCampaign | VoiceCampaign]) -> dict[str, Any]:
        """Return the campaign's values, from the form's fields with the same names."""
        same = type(self).model_fields.keys() & model.model_fields.keys()
        typed = {name: getattr(self, name) for name in same}
        return typed | {"caller_id": as_dialed(self.caller_id), "hours": self._calling_hours()}

    def _caller_id_problems(self) -> dict[str, str]:
        if is_dialable(self.caller_id, self.kind):
            return {}
        return {"caller_id": "Write the number with its country code, such as +12025550100."}

    def _hours_problems(self) -> dict[str, str]:
        if not (self.calling_days or self.hours_by_day):
            return {"calling_days": REQUIRED}
        try:
            self._calling_hours()
        except UnreadableHours as error:
            return {
                "hours_by_day": f"“{error.line}”: {error.reason}. Example: Mon-Fri 9:00 AM-6:00 PM"
            }
        except ValueError:
            field = "hours_by_day" if self.hours_by_day else "hours_to"
            return {field: "Calling hours must end after they begin, and must not overlap."}
        return {}

    def _calling_hours(self) -> CallingHours:
        if self.hours_by_day:
            return CallingHours(zone=self.zone, windows=read_windows(self.hours_by_day))
        return CallingHours.same_every_day(
            self.zone, self.calling_days, self.hours_from, self.hours_to
        )
