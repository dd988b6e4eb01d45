"""Reading answers about campaigns.

An answer does not say whether a campaign is voice or SMS, but only voice has a `dialingMode` and
a `maxRingTime`, and SMS a `format`. The id is `data._id`, `data.id` or a top-level `id`,
depending on the operation.
Source: the sample answers of docs.kore.ai/ai-for-service/apis/contact-center.
"""

from datetime import datetime
from typing import Any

from pydantic import AliasChoices, AwareDatetime, Field, model_validator

from bot.campaigns.campaign import Snapshot
from bot.campaigns.hours import CallingHours
from bot.campaigns.values import Frozen, Kind, status_word
from bot.kore.answer_models import Answered, Maybe, Rows, Text, without_nulls
from bot.kore.translate import calling_hours

ID = AliasChoices("_id", "id")


class _Named(Answered):
    name: str


class _CallerId(Answered):
    phone_number: Text = Field(None, alias="phoneNumber")


class _Day(Answered):
    day: str
    start: str
    end: str


class _Hours(Answered):
    timezone: str
    days: list[_Day]

    def value(self) -> CallingHours | None:
        """The hours; None where their text is not understood."""
        try:
            return calling_hours(
                self.timezone, ((day.day, day.start, day.end) for day in self.days)
            )
        except ValueError:
            return None


class _Strategy(Answered):
    caller_id: Maybe[_CallerId] = Field(None, alias="callerId")
    hours: Maybe[_Hours] = Field(None, alias="callingHours")
    ring_time: Maybe[int] = Field(None, alias="maxRingTime")


class _Scheduling(Answered):
    enabled: Maybe[bool] = Field(None, alias="isSchedulingEnabled")


class CampaignRow(Answered):
    """A campaign as any answer shows it; lists leave much out."""

    id: str = Field(validation_alias=ID, min_length=1)
    name: str
    status: str
    description: Text = None
    contact_lists: Maybe[tuple[str, ...]] = Field(None, alias="contactLists")
    dnc_list: Maybe[_Named] = Field(None, alias="dncLists")
    priority: Maybe[int] = None
    dialing_mode: Text = Field(None, alias="dialingMode")
    format: Text = None
    strategy: Maybe[_Strategy] = Field(None, alias="dialingStrategy")
    schedule: Maybe[_Scheduling] = None
    created_at: Maybe[AwareDatetime] = Field(None, alias="createdAt")
    updated_at: Maybe[AwareDatetime] = Field(None, alias="updatedAt")

    _nulls = model_validator(mode="before")(without_nulls)

    def snapshot(self, kind: Kind | None = None) -> Snapshot:
        """The campaign in the domain's words; `kind` where the question told it."""
        strategy = self.strategy or _Strategy()
        return Snapshot(
            id=self.id,
            name=self.name,
            kind=kind or self._kind(),
            status=status_word(self.status),
            description=self.description,
            contact_lists=self.contact_lists or (),
            dnc_list=self.dnc_list.name if self.dnc_list else None,
            caller_id=strategy.caller_id.phone_number if strategy.caller_id else None,
            priority=self.priority,
            dialing_mode=self.dialing_mode,
            format=self.format,
            hours=strategy.hours.value() if strategy.hours else None,
            scheduled=self.schedule.enabled if self.schedule else None,
            created_at=self.created_at,
            updated_at=self.updated_at,
        )

    def _kind(self) -> Kind | None:
        if self.dialing_mode or (self.strategy and self.strategy.ring_time):
            return Kind.VOICE
        return Kind.SMS if self.format else None


class CampaignAnswer(Answered):
    """The answer to create, get and update."""

    data: CampaignRow

    @model_validator(mode="before")
    @classmethod
    def _id_from_above(cls, body: dict[str, Any]) -> dict[str, Any]:
        """Move a top-level id to where the others stand."""
        data = body.get("data")
        if "id" not in body or not isinstance(data, dict):
            return body
        return body | {"data": {"id": body["id"], **data}}


class CampaignPage(Answered):
    """One page of a list of campaigns."""

    data: Rows[CampaignRow]


class _Status(Answered):
    status: str


class StatusAnswer(Answered):
    """The answer to "where does it stand?"; the outer `status` only says that this worked."""

    data: _Status


class RunAnswer(Frozen):
    """What start and stop answer: the campaign's status now, and the run, which voice alone has."""

    status: str
    run_id: str | None = None
    updated_at: datetime | None = None


class TriggerAnswer(Answered):
    """The answer to start and stop; unlike elsewhere, `status` is the campaign's own."""

    status: str
    run_id: Text = Field(None, alias="campaignInstanceId")
    updated_at: Maybe[AwareDatetime] = Field(None, alias="updatedAt")

    def value(self) -> RunAnswer:
        """The same in the domain's words."""
        return RunAnswer(
            status=status_word(self.status), run_id=self.run_id, updated_at=self.updated_at
        )


class ScheduleAnswer(Answered):
    """The answer to enabling or disabling a schedule: which campaign it was."""

    id: str = Field(min_length=1)
