"""The operations that set and remove a campaign's daily or weekly schedule.

Requests identify the campaign by its name only, and all times are UTC:
https://docs.kore.ai/ai-for-service/release-notes/contact-center-ai (11.21.0)
"""

from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from sandbox.kore.account import Account
from sandbox.kore.calls import Call, Json
from sandbox.kore.fields import Nothing, Strict, read
from sandbox.kore.refusals import invalid, not_found
from sandbox.kore.running import await_occurrence
from sandbox.kore.state import Campaign, Schedule, State, Status

FORMAT = "%Y-%m-%d %H:%M:%S"
Interval = Annotated[int, Field(ge=1)]
Day = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def _utc(text: str) -> datetime:
    return datetime.strptime(text, FORMAT).replace(tzinfo=UTC)


def _zero_padded(text: str) -> str:
    """Require the documented time format; strptime alone would accept a one-digit day."""
    try:
        padded = _utc(text).strftime(FORMAT) == text
    except ValueError:
        padded = False
    if not padded:
        raise ValueError("must be YYYY-MM-DD HH:mm:ss")
    return text


Moment = Annotated[str, AfterValidator(_zero_padded)]


class DailyDetails(Strict):
    """The number of days between runs; 1 is daily."""

    once_every_ndays: Interval


class WeeklyDetails(Strict):
    """The number of weeks between repeats, and the weekdays of the runs."""

    once_every_nweeks: Interval
    which_days: Annotated[list[Day], Field(min_length=1)]


class DailyRecurrence(Strict):
    """A run every N days."""

    recur_type: Literal["Daily"]
    daily_details: DailyDetails


class WeeklyRecurrence(Strict):
    """Runs every N weeks. One page's table has dailyDetails here; its sample does not."""

    recur_type: Literal["Weekly"]
    weekly_details: WeeklyDetails


class ScheduleBody(Strict):
    """The start and end of a schedule, and how it repeats."""

    start_date_time: Moment
    end_date_time: Moment
    recurrence_object: Annotated[
        DailyRecurrence | WeeklyRecurrence, Field(discriminator="recur_type")
    ]

    @model_validator(mode="after")
    def ends_after_start(self) -> Self:
        """Refuse an end that is not after the start, as the page requires."""
        if _utc(self.end_date_time) <= _utc(self.start_date_time):
            raise ValueError("endDateTime must be after startDateTime")
        return self


def schedule(account: Account, call: Call) -> Json:
    """Set a campaign's schedule; it replaces an earlier one."""
    body = read(ScheduleBody, call.body)
    state = account.state
    campaign = _named(state, call)
    if _utc(body.end_date_time) <= state.now:
        raise invalid("endDateTime must be after the current time")
    if campaign.status is Status.ACTIVE:
        raise invalid("status: an Active campaign cannot be scheduled")
    campaign.schedule = _schedule(body)
    await_occurrence(campaign, state.now)
    state.turn(campaign, Status.SCHEDULED)
    return _answer(campaign, "scheduled successfully")


def unschedule(account: Account, call: Call) -> Json:
    """Remove a campaign's schedule."""
    read(Nothing, call.body)
    state = account.state
    campaign = _named(state, call)
    drop_schedule(state, campaign)
    return _answer(campaign, "schedule has been disabled successfully")


def drop_schedule(state: State, campaign: Campaign) -> None:
    """Remove a campaign's schedule: a Scheduled campaign becomes Ready, a run continues."""
    campaign.schedule = campaign.due = None
    unscheduled = Status.READY if campaign.status is Status.SCHEDULED else campaign.status
    state.turn(campaign, unscheduled)


def _named(state: State, call: Call) -> Campaign:
    name = call.query.get("campaignName")
    if not name:
        raise invalid("campaignName in the query is required")
    campaign = state.campaign_named(name)
    if campaign is None:
        raise not_found("Campaign")
    return campaign


def _schedule(body: ScheduleBody) -> Schedule:
    recurrence = body.recurrence_object
    start, end = _utc(body.start_date_time), _utc(body.end_date_time)
    if isinstance(recurrence, DailyRecurrence):
        return Schedule(start, end, "Daily", recurrence.daily_details.once_every_ndays)
    weekly = recurrence.weekly_details
    return Schedule(start, end, "Weekly", weekly.once_every_nweeks, tuple(weekly.which_days))


def _answer(campaign: Campaign, outcome: str) -> Json:
    message = f"Campaign {campaign.name} {outcome}"
    return {"status": "success", "message": message, "id": campaign.id}
