"""The form that schedules a campaign."""

from datetime import datetime, time
from typing import Annotated, ClassVar

from blocks.fields import (
    ChecksField,
    ChoiceField,
    DateField,
    LookupField,
    NumberField,
    TimeField,
)
from blocks.form import ChannelForm, Values
from blocks.forms.common import DAY_WORDS
from blocks.ids import Source, View
from bot.campaigns import values
from bot.campaigns.actions import Action
from bot.campaigns.commands import ScheduleCampaign
from bot.campaigns.hours import Weekday
from bot.campaigns.phones import Senders
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Recurrence, Schedule, exists, to_utc

RECURRENCE_WORDS = {recurrence: recurrence.value for recurrence in Recurrence}


def _label(ref: str) -> str:
    return CampaignRef.parse(ref).label


class ScheduleForm(ChannelForm):
    """The fields for scheduling a campaign, daily or weekly."""

    view: ClassVar = View.SCHEDULE
    title: ClassVar = "Schedule a campaign"
    action: ClassVar = Action.SCHEDULE
    order: ClassVar = (
        *("environment", "campaign", "recurrence", "every", "days"),
        *("zone", "start_date", "start_time", "end_date", "end_time", "channel"),
    )

    campaign: Annotated[
        values.ExternalName,
        LookupField(label="Campaign", source=Source.CAMPAIGNS, shown=_label),
    ]
    recurrence: Annotated[
        Recurrence,
        ChoiceField(
            label="Recurrence",
            words=RECURRENCE_WORDS,
            initial=Recurrence.DAILY,
            redraws=True,
            hint="Every run contacts the whole contact list again.",
        ),
    ]
    every: Annotated[
        values.Repeat,
        NumberField(
            label="Repeat every",
            initial="1",
            hint="1 is every day or week, 2 every other, and so on.",
        ),
    ]
    days: Annotated[
        tuple[Weekday, ...],
        ChecksField(
            label="On these days", words=DAY_WORDS, when={"recurrence": (Recurrence.WEEKLY,)}
        ),
    ] = ()
    zone: Annotated[values.Zone, LookupField(label="Time zone", source=Source.ZONES)]
    start_date: Annotated[values.Day, DateField(label="Start date")]
    start_time: Annotated[time, TimeField(label="Start time", initial="09:00")]
    end_date: Annotated[values.Day, DateField(label="End date")]
    end_time: Annotated[time, TimeField(label="End time", initial="18:00")]

    def problems(self, now: datetime, senders: Senders) -> dict[str, str]:
        """Return errors: a campaign of another environment, times skipped or out of order."""
        chosen_in = CampaignRef.parse(self.campaign).environment
        if self.environment and chosen_in not in {None, self.environment}:
            return {"campaign": f"This campaign is in {chosen_in}, not in {self.environment}."}
        skipped = {
            name: f"The clocks in {self.zone} skip this time on that day. Choose another."
            for name, moment in (("start_time", self._start), ("end_time", self._end))
            if not exists(moment, self.zone)
        }
        return skipped or self._order_problems(now)

    def command(self) -> ScheduleCampaign:
        """Return the command that schedules the chosen campaign."""
        return ScheduleCampaign(campaign=CampaignRef.parse(self.campaign), schedule=self.schedule())

    def schedule(self) -> Schedule:
        """Return the schedule that the form describes."""
        return Schedule(
            recurrence=self.recurrence,
            every=self.every,
            days=self.days,
            zone=self.zone,
            start=self._start,
            end=self._end,
        )

    def _order_problems(self, now: datetime) -> dict[str, str]:
        start, end = to_utc(self._start, self.zone), to_utc(self._end, self.zone)
        if start <= now:
            return {"start_date": f"This is in the past in {self.zone}. Choose a later start."}
        if end <= start:
            return {"end_date": "The end must be after the start."}
        return {}

    @property
    def _start(self) -> datetime:
        return datetime.combine(self.start_date, self.start_time)

    @property
    def _end(self) -> datetime:
        return datetime.combine(self.end_date, self.end_time)


def values_of(schedule: Schedule) -> Values:
    """Return the form's values for changing a schedule."""
    return {
        "recurrence": schedule.recurrence,
        "every": str(schedule.every),
        "days": [str(int(day)) for day in schedule.days],
        "zone": schedule.zone,
        "start_date": f"{schedule.start:%Y-%m-%d}",
        "start_time": f"{schedule.start:%H:%M}",
        "end_date": f"{schedule.end:%Y-%m-%d}",
        "end_time": f"{schedule.end:%H:%M}",
    }
