"""Commands: one immutable type for each request to the bot.

A handler builds a command, the records store it as JSON, and a use case carries it out. A change
that is incompatible with stored JSON needs a migration.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import BeforeValidator, Field, JsonValue, PlainSerializer

from bot.campaigns.actions import Action
from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Frozen

# Fields of a command's JSON that are not content.
_ENVELOPE = frozenset({"type", "version"})


class RetryMode(StrEnum):
    """How to continue a creation with an unknown outcome.

    `LOOK`: check whether the campaign exists by now. `CREATE`: create it unless it exists.
    """

    LOOK = "look"
    CREATE = "create"


class Retry(Frozen):
    """The creation to continue, and how.

    `first` is the key of the original submission. `attempt` counts the retries: two notices about
    the same unknown outcome lead to the same next attempt.
    """

    mode: RetryMode
    first: str
    attempt: int


def _parsed(value: object) -> object:
    return CampaignRef.parse(value) if isinstance(value, str) else value


# One line of text in JSON, as in buttons and views.
Ref = Annotated[CampaignRef, BeforeValidator(_parsed), PlainSerializer(str, when_used="json")]


class BaseCommand(Frozen, ABC):
    """The base class of all commands."""

    action: ClassVar[Action]
    version: Literal[1] = 1

    @property
    @abstractmethod
    def ref(self) -> CampaignRef:
        """Return the reference to its campaign as the author gave it."""

    def content(self) -> dict[str, JsonValue]:
        """Return what is to be done, as JSON."""
        return content_of(self.model_dump(mode="json"))


def content_of(command: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the content of a command's JSON, which a review's digest covers."""
    return {
        name: value
        for name, value in command.items()
        if name not in _ENVELOPE and value is not None
    }


class CreateSms(BaseCommand):
    """Create an SMS campaign."""

    action: ClassVar = Action.CREATE
    type: Literal["create_sms"] = "create_sms"
    campaign: SmsCampaign
    retry: Retry | None = None

    @property
    def ref(self) -> CampaignRef:
        """Return the new campaign by its name."""
        return CampaignRef(name=self.campaign.name)


class CreateVoice(BaseCommand):
    """Create a voice campaign."""

    action: ClassVar = Action.CREATE
    type: Literal["create_voice"] = "create_voice"
    campaign: VoiceCampaign
    retry: Retry | None = None

    @property
    def ref(self) -> CampaignRef:
        """Return the new campaign by its name."""
        return CampaignRef(name=self.campaign.name)


class _OnCampaign(BaseCommand):
    """A command on an existing campaign."""

    campaign: Ref

    @property
    def ref(self) -> CampaignRef:
        """Return the campaign as the author named it, or by its ID once a review has found it."""
        return self.campaign


class ScheduleCampaign(_OnCampaign):
    """Set a campaign's schedule, replacing an existing one.

    `rest` is the part that was split off at a clock change; it is not set.
    """

    action: ClassVar = Action.SCHEDULE
    type: Literal["schedule"] = "schedule"
    schedule: Schedule
    rest: Schedule | None = None


class UnscheduleCampaign(_OnCampaign):
    """Remove a campaign's schedule."""

    action: ClassVar = Action.UNSCHEDULE
    type: Literal["unschedule"] = "unschedule"


class StartCampaign(_OnCampaign):
    """Start a campaign now."""

    action: ClassVar = Action.START
    type: Literal["start"] = "start"


class StopCampaign(_OnCampaign):
    """Stop a campaign's run."""

    action: ClassVar = Action.STOP
    type: Literal["stop"] = "stop"


class ShowStatus(_OnCampaign):
    """Show a campaign's card, or update the card with the timestamp `card_ts`.

    Search the environments `among`, or all of them if it is None.
    """

    action: ClassVar = Action.STATUS
    type: Literal["status"] = "status"
    card_ts: str | None = None
    among: tuple[str, ...] | None = None


Create = CreateSms | CreateVoice
# The changes that need only the campaign.
ByName = UnscheduleCampaign | StartCampaign | StopCampaign
AnyCommand = Create | ScheduleCampaign | ByName | ShowStatus
BY_NAME: Mapping[Action, type[ByName]] = {each.action: each for each in get_args(ByName)}
# The type of a model's field; `type` in the JSON selects the command.
Command = Annotated[AnyCommand, Field(discriminator="type")]


def create(campaign: SmsCampaign | VoiceCampaign, retry: Retry | None = None) -> Create:
    """Return the command that creates a campaign of either kind."""
    if isinstance(campaign, SmsCampaign):
        return CreateSms(campaign=campaign, retry=retry)
    return CreateVoice(campaign=campaign, retry=retry)
