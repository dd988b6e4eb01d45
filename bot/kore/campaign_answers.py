"""Models of responses about campaigns.

A response does not name the kind of a campaign, but only voice has `dialingMode` and `maxRingTime`,
and only SMS has `format`. The ID is `data._id`, `data.id` or a top-level `id`, depending on the
operation.

Source: the sample responses of docs.kore.ai/ai-for-service/apis/contact-center.
"""

from datetime import datetime
from typing import Any

from pydantic import AliasChoices, AwareDatetime, Field, model_validator

from bot.campaigns.campaign import Details, Snapshot
from bot.campaigns.hours import CallingHours
from bot.campaigns.values import DialingOrder, Frozen, Kind, MachineDetection, status_word
from bot.kore.answer_models import Answered, Maybe, Rows, Text, without_nulls
from bot.kore.translate import calling_hours, decoded_text

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
        """Return the calling hours; None if their text cannot be parsed."""
        try:
            return calling_hours(
                self.timezone, ((day.day, day.start, day.end) for day in self.days)
            )
        except ValueError:
            return None


class _Strategy(Answered):
    caller_id: Maybe[_CallerId] = Field(None, alias="callerId")
    hours: Maybe[_Hours] = Field(None, alias="callingHours")
    dialing_order: Maybe[DialingOrder] = Field(None, alias="dialingOrder")
    max_attempts: Maybe[int] = Field(None, alias="maxAttemptsPerRecord")
    retry_period: Maybe[int] = Field(None, alias="defaultRetryPeriod")
    ring_time: Maybe[int] = Field(None, alias="maxRingTime")


class _Message(Answered):
    text: Text = Field(None, alias="message")
    template: Text = Field(None, alias="template_name")


class _Scheduling(Answered):
    enabled: Maybe[bool] = Field(None, alias="isSchedulingEnabled")


class CampaignRow(Answered):
    """A campaign as in any response; lists omit many fields."""

    id: str = Field(validation_alias=ID, min_length=1)
    name: str
    status: str
    description: Text = None
    contact_lists: Maybe[tuple[str, ...]] = Field(None, alias="contactLists")
    dnc_list: Maybe[_Named] = Field(None, alias="dncLists")
    priority: Maybe[int] = None
    dialing_mode: Text = Field(None, alias="dialingMode")
    format: Text = None
    connection: Text = None
    message: Maybe[_Message] = None
    machine_detection: Maybe[bool | MachineDetection] = Field(None, alias="enableMachineDetect")
    max_skips: Maybe[int] = Field(None, alias="maxSkips")
    strategy: Maybe[_Strategy] = Field(None, alias="dialingStrategy")
    schedule: Maybe[_Scheduling] = None
    created_at: Maybe[AwareDatetime] = Field(None, alias="createdAt")
    updated_at: Maybe[AwareDatetime] = Field(None, alias="updatedAt")

    _nulls = model_validator(mode="before")(without_nulls)

    def snapshot(self, kind: Kind | None = None) -> Snapshot:
        """Return the domain snapshot; `kind` is given if the request was for one kind."""
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
            connection=self.connection,
            hours=strategy.hours.value() if strategy.hours else None,
            scheduled=self.schedule.enabled if self.schedule else None,
            created_at=self.created_at,
            updated_at=self.updated_at,
        )

    def details(self) -> Details:
        """Return the settings that lists omit."""
        message, strategy = self.message or _Message(), self.strategy or _Strategy()
        return Details(
            message=decoded_text(message.text) if message.text else None,
            template=message.template,
            machine_detection=_machine_detection(self.machine_detection),
            max_skips=self.max_skips,
            dialing_order=strategy.dialing_order,
            max_attempts=strategy.max_attempts,
            retry_period=strategy.retry_period,
            ring_time=strategy.ring_time,
        )

    def _kind(self) -> Kind | None:
        if self.dialing_mode or (self.strategy and self.strategy.ring_time):
            return Kind.VOICE
        return Kind.SMS if self.format else None


def _machine_detection(
    answered: bool | MachineDetection | None,  # noqa: FBT001 # as Kore.ai answers
) -> MachineDetection | None:
    """Version 2 answers with a boolean too; True says only that machines are detected."""
    if isinstance(answered, MachineDetection):
        return answered
    return MachineDetection.NO if answered is False else None


class CampaignAnswer(Answered):
    """The response to create, get and update."""

    data: CampaignRow

    @model_validator(mode="before")
    @classmethod
    def _move_id_into_data(cls, body: dict[str, Any]) -> dict[str, Any]:
        """Move a top-level ID into `data`."""
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
    """The response to a status query; the outer `status` is that of the request."""

    data: _Status


class RunAnswer(Frozen):
    """The result of start and stop: the campaign's new status, and the run's ID, only for voice."""

    status: str
    run_id: str | None = None
    updated_at: datetime | None = None


class TriggerAnswer(Answered):
    """The response to start and stop. Here, unlike elsewhere, `status` is the campaign's."""

    status: str
    run_id: Text = Field(None, alias="campaignInstanceId")
    updated_at: Maybe[AwareDatetime] = Field(None, alias="updatedAt")

    def value(self) -> RunAnswer:
        """Return the domain value."""
        return RunAnswer(
            status=status_word(self.status), run_id=self.run_id, updated_at=self.updated_at
        )


class ScheduleAnswer(Answered):
    """The response to enabling or disabling a schedule: the ID of the affected campaign."""

    id: str = Field(min_length=1)
