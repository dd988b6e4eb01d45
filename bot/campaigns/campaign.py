"""Campaigns as a person requests them, and as Kore.ai reports them."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.campaigns.hours import CallingHours
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import (
    Attempts,
    CallerId,
    ContactLists,
    Description,
    DialingMode,
    DialingOrder,
    ExternalName,
    Format,
    Frozen,
    Kind,
    MachineDetection,
    Message,
    Name,
    Priority,
    RetryMinutes,
    RingSeconds,
    Skips,
    Status,
    same_name,
)


class _Campaign(Frozen):
    """The fields that voice and SMS campaigns share."""

    name: Name
    description: Description
    contact_lists: ContactLists
    dnc_list: ExternalName | None = None
    caller_id: CallerId
    hours: CallingHours
    priority: Priority = 5

    def _needs(self, **fields: object) -> None:
        """Raise ValueError if any of these fields, which other fields require, is None."""
        if missing := [name for name, value in fields.items() if value is None]:
            raise ValueError(f"{', '.join(missing)} needed here")


class SmsCampaign(_Campaign):
    """A requested SMS campaign. Texts are plain; `bot.kore` encodes them."""

    kind: Literal[Kind.SMS] = Kind.SMS
    format: Format
    message: Message | None = None
    template: ExternalName | None = None
    flow: ExternalName | None = None

    @model_validator(mode="after")
    def _has_what_its_format_sends(self) -> Self:
        match self.format:
            case Format.MESSAGE:
                self._needs(message=self.message)
            case Format.TEMPLATE:
                self._needs(message=self.message, template=self.template)
            case Format.FLOW:
                self._needs(flow=self.flow)
        return self


class VoiceCampaign(_Campaign):
    """A requested voice campaign. `retry_period` is in minutes, `ring_time` in seconds."""

    kind: Literal[Kind.VOICE] = Kind.VOICE
    dialing_mode: DialingMode
    queue: ExternalName | None = None
    flow: ExternalName | None = None
    machine_detection: MachineDetection | None = None
    max_skips: Skips | None = None
    dialing_order: DialingOrder = DialingOrder.FIFO
    max_attempts: Attempts = 3
    retry_period: RetryMinutes = 60
    ring_time: RingSeconds = 30

    @model_validator(mode="after")
    def _has_what_its_mode_needs(self) -> Self:
        match self.dialing_mode:
            case DialingMode.AGENTLESS:
                self._needs(flow=self.flow, machine_detection=self.machine_detection)
            case DialingMode.PROGRESSIVE:
                self._needs(queue=self.queue)
            case DialingMode.PREVIEW:
                self._needs(queue=self.queue, max_skips=self.max_skips)
        return self


# Kore.ai never changes these; only lists, and what the bot sent, say the connection.
_CONSTANT = ("kind", "dialing_mode", "format", "environment", "created_at", "connection")
Campaign = Annotated[SmsCampaign | VoiceCampaign, Field(discriminator="kind")]


class Details(Frozen):
    """The settings that Kore.ai reports of a single campaign, but not in lists.

    None means that the response omitted the value, or that it does not fit the campaign.
    """

    message: str | None = None
    template: str | None = None
    machine_detection: MachineDetection | None = None
    max_skips: int | None = None
    dialing_order: DialingOrder | None = None
    max_attempts: int | None = None
    retry_period: int | None = None
    ring_time: int | None = None


class Snapshot(Frozen):
    """A campaign as Kore.ai last reported it. None means that the response omitted the value.

    `connection` is the queue or the flow, which only lists name. `environment` is the name of the
    environment in which it was found. The records do not keep `details`.
    """

    id: str
    name: str
    kind: Kind | None = None
    status: str
    description: str | None = None
    contact_lists: tuple[str, ...] = ()
    dnc_list: str | None = None
    caller_id: str | None = None
    priority: int | None = None
    dialing_mode: str | None = None
    format: str | None = None
    connection: str | None = None
    hours: CallingHours | None = None
    details: Details | None = None
    scheduled: bool | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    environment: str | None = None

    @property
    def connects_to_flow(self) -> bool:
        """Return whether its connection is an experience flow, and no queue."""
        return self.kind is not Kind.VOICE or self.dialing_mode == DialingMode.AGENTLESS

    def looks_like(self, other: "Snapshot") -> bool:
        """Return whether both are the same to a person: their times of change may differ."""
        unseen = dict.fromkeys(("updated_at", "created_at", "details", "environment"))
        return self.model_copy(update=unseen) == other.model_copy(update=unseen)

    def is_called(self, name: str) -> bool:
        """Return whether Kore.ai may match this campaign by the name."""
        return same_name(self.name, name)

    def starts_by_itself(self, own: Schedule | None, now: datetime) -> bool | None:
        """Return whether a schedule that is not over will start the campaign; None if unknown.

        `own` is the schedule that the bot set: Kore.ai reports only whether there is one. It
        reports Completed once every contact is done or the schedule's end has passed
        (contact-center/campaigns), and may then still report a schedule.
        """
        if self.scheduled is False:
            return False
        if self.status in {Status.SCHEDULED, Status.RESCHEDULED}:
            return True
        if own is not None:
            return own.utc_end > now
        return None if self.status == Status.COMPLETED else self.scheduled

    def knowing(self, earlier: "Snapshot | None") -> "Snapshot":
        """Return a copy with the values that this response omits, as far as they are known.

        Constants come from any earlier snapshot, other values from one of the same version. If the
        earlier one is of a later version, this response was late: return the earlier one.
        """
        if earlier is None:
            return self
        if self.updated_at and earlier.updated_at and self.updated_at < earlier.updated_at:
            return earlier.model_copy(
                update={"environment": self.environment or earlier.environment}
            )
        same = self.updated_at is not None and self.updated_at == earlier.updated_at
        names = type(self).model_fields if same else _CONSTANT
        unsaid = [name for name in names if getattr(self, name) in {None, ()}]
        return self.model_copy(update={name: getattr(earlier, name) for name in unsaid})
