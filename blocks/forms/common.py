"""The fields that the voice and SMS forms share, and the campaign made from them."""

from abc import abstractmethod
from datetime import datetime, time
from typing import Annotated, Any, ClassVar, Self

from blocks.fields import (
    ChecksField,
    ChoiceField,
    HiddenField,
    LookupField,
    LookupsField,
    TextField,
    TimeField,
)
from blocks.form import NOTHING_KNOWN, ChannelForm, Values
from blocks.forms import phrases
from blocks.forms.typed_hours import UnreadableHours
from blocks.ids import COMMAND, Source
from blocks.words import REQUIRED
from bot.campaigns import hours, values
from bot.campaigns.actions import Action
from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.commands import Create, EditCampaign, create
from bot.campaigns.hours import CallingHours, Weekday
from bot.campaigns.phones import SenderFault, Senders, UnreadableSender, formatted, read_sender
from bot.campaigns.refs import CampaignRef
from bot.campaigns.saved_forms import SavedFor, SavedName

DAY_WORDS = {str(int(day)): day.name.title() for day in Weekday}
PRIORITY_WORDS = {"5": "5 (highest)", "4": "4", "3": "3", "2": "2", "1": "1 (lowest)"}
SAVED_FOR_WORDS = {
    SavedFor.CHANNEL: "The channel below",
    SavedFor.EVERYBODY: "Everybody, in every channel",
}
CALLER_ID = LookupField(
    label="Caller ID",
    source=Source.CALLER_IDS,
    shown=formatted,
    hint="The number people see. It must be verified in Kore.ai.",
)
_EXAMPLE = formatted("+12025550100")
_SENDER_FAULTS = {
    SenderFault.NOT_POSSIBLE: f"No country has such phone numbers. Compare it with {_EXAMPLE}.",
    SenderFault.NO_COUNTRY: f"Write the number with its country code, such as {_EXAMPLE}.",
    SenderFault.NO_SENDER: "Write a phone number, a short code of 3 to 8 digits, or a sender ID of "
    "up to 11 letters and digits.",
}


class CampaignForm(ChannelForm):
    """The fields that every campaign has. Subclasses add their own, and set the order of all."""

    action: ClassVar = Action.CREATE
    kind: ClassVar[values.Kind]

    name: Annotated[values.Name, TextField(label="Campaign name")]
    description: Annotated[
        values.Description | None,
        TextField(
            label="Description",
            multiline=True,
            optional=True,
            folds=True,
            hint="Kore.ai requires one. If you leave this empty, it is the campaign's name.",
        ),
    ] = None
    contact_lists: Annotated[
        values.ContactLists, LookupsField(label="Contact lists", source=Source.CONTACT_LISTS)
    ]
    dnc_list: Annotated[
        values.ExternalName | None,
        LookupField(
            label="DNC list",
            source=Source.DNC_LISTS,
            optional=True,
            folds=True,
            hint="Kore.ai contacts nobody on this do-not-call list. For voice it also leaves out "
            "its global list; for SMS it does not.",
        ),
    ] = None
    caller_id: Annotated[values.CallerId, CALLER_ID]
    priority: Annotated[
        values.Priority,
        ChoiceField(label="Priority", initial="5", words=PRIORITY_WORDS, folds=True),
    ]
    zone: Annotated[values.Zone, LookupField(label="Time zone", source=Source.ZONES, folds=True)]
    calling_days: Annotated[
        tuple[Weekday, ...],
        ChecksField(
            label="Calling days",
            words=DAY_WORDS,
            initial=["0", "1", "2", "3", "4"],
            optional=True,  # required unless `hours_by_day` names the days
            folds=True,
        ),
    ] = ()
    hours_from: Annotated[
        time, TimeField(label="Calling hours from", initial=f"{hours.OPENS:%H:%M}", folds=True)
    ]
    hours_to: Annotated[
        time, TimeField(label="Calling hours to", initial=f"{hours.CLOSES:%H:%M}", folds=True)
    ]
    hours_by_day: Annotated[
        str | None,
        TextField(
            label="Different hours by day",
            optional=True,
            folds=True,
            multiline=True,
            placeholder="Mon-Thu 9:00 AM-12:00 PM, 1:00 PM-6:00 PM",
            hint="Only if hours differ: a line for each day. It replaces the days and hours above.",
        ),
    ] = None

    saved_name: Annotated[
        SavedName | None,
        TextField(
            label="Save this form as",
            optional=True,
            folds=True,
            hint=f"To start from it again with `{COMMAND} saved`. Once you confirm the review, all "
            "its values are saved under this name, but not the environment and the channel.",
        ),
    ] = None
    saved_for: Annotated[
        SavedFor | None,
        ChoiceField(
            label="Saved form is for",
            words=SAVED_FOR_WORDS,
            initial=SavedFor.CHANNEL,
            optional=True,
            folds=True,
        ),
    ] = None
    cloned: Annotated[str | None, HiddenField(label="Cloned from")] = None

    @classmethod
    def phrases(cls, values: Values) -> dict[str, str]:
        """Return the calling hours, the priority, the DNC list and the description."""
        return {
            phrases.hours_field(values): phrases.hours(values),
            "priority": f"priority {phrases.typed(values, 'priority')}",
            "dnc_list": phrases.dnc_list(values, cls.kind),
            "description": phrases.description(values),
        } | phrases.saved(values)

    @classmethod
    def parse(cls, values: Values, now: datetime, senders: Senders = NOTHING_KNOWN) -> Self:
        """Return the values as a typed result, with the caller ID as it is sent.

        Raises:
            FormErrors: with a sentence for every invalid field.
        """
        form = super().parse(values, now, senders)
        sender = read_sender(form.caller_id, form.kind, senders)
        return form.model_copy(update={"caller_id": sender})

    def problems(self, now: datetime, senders: Senders) -> dict[str, str]:
        """Return what is wrong with the caller ID or the calling hours."""
        return self._caller_id_problems(senders) | self._hours_problems()

    def command(self) -> Create | EditCampaign:
        """Return the command that creates the campaign."""
        cloned = CampaignRef.parse(self.cloned) if self.cloned else None
        return create(self.campaign(), cloned)

    @abstractmethod
    def campaign(self) -> SmsCampaign | VoiceCampaign:
        """Return the campaign that the form describes."""

    def shared_values(self, model: type[SmsCampaign | VoiceCampaign]) -> dict[str, Any]:
        """Return the campaign's values, from the form's fields with the same names."""
        same = type(self).model_fields.keys() & model.model_fields.keys()
        typed = {name: getattr(self, name) for name in same}
        return typed | {
            "description": self.description or self.name,
            "hours": self._calling_hours(),
        }

    def _caller_id_problems(self, senders: Senders) -> dict[str, str]:
        try:
            read_sender(self.caller_id, self.kind, senders)
        except UnreadableSender as error:
            return {"caller_id": _SENDER_FAULTS[error.fault]}
        return {}

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
        return phrases.calling_hours(
            self.zone, self.calling_days, self.hours_from, self.hours_to, self.hours_by_day or ""
        )
