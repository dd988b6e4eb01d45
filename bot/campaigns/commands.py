"""Commands: what the bot is asked to do, one frozen type for each.

A handler builds a command, the records keep it as JSON, and a use case carries it out. A change
that JSON kept by an older version does not fit takes a migration of the records.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, JsonValue, PlainSerializer

from bot.campaigns.actions import Action
from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Frozen

# What JSON of a command says beside its content.
_ENVELOPE = frozenset({"type", "version"})


class RetryMode(StrEnum):
    """How a creation whose outcome is unknown is gone on with.

    `LOOK`: find out whether the campaign is there by now. `CREATE`: create it unless it is there.
    """

    LOOK = "look"
    CREATE = "create"


class Retry(Frozen):
    """Which creation is gone on with, and how.

    `first` is the key of the submission that began it. `attempt` counts how often it was begun
    anew: two notices of one unknown outcome lead to the same next attempt.
    """

    mode: RetryMode
    first: str
    attempt: int


def _parsed(value: object) -> object:
    return CampaignRef.parse(value) if isinstance(value, str) else value


# As one line of text, as buttons and views carry it too.
Ref = Annotated[CampaignRef, BeforeValidator(_parsed), PlainSerializer(str, when_used="json")]


class BaseCommand(Frozen, ABC):
    """What all commands have in common."""

    action: ClassVar[Action]
    version: Literal[1] = 1

    @property
    @abstractmethod
    def ref(self) -> CampaignRef:
        """The campaign that it is about, as it was named."""

    def content(self) -> dict[str, JsonValue]:
        """All that says what is to be done, as JSON."""
        return content_of(self.model_dump(mode="json"))


def content_of(command: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The content of a command's JSON: what a review's digest is taken of."""
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
        """The new campaign, by its name."""
        return CampaignRef(name=self.campaign.name)


class CreateVoice(BaseCommand):
    """Create a voice campaign."""

    action: ClassVar = Action.CREATE
    type: Literal["create_voice"] = "create_voice"
    campaign: VoiceCampaign
    retry: Retry | None = None

    @property
    def ref(self) -> CampaignRef:
        """The new campaign, by its name."""
        return CampaignRef(name=self.campaign.name)


class _OnCampaign(BaseCommand):
    """A command about a campaign that is there."""

    campaign: Ref

    @property
    def ref(self) -> CampaignRef:
        """The campaign, as it was named; by its ID once a review has found it."""
        return self.campaign


class ScheduleCampaign(_OnCampaign):
    """Set a campaign's schedule in place of any it has.

    `rest` is what was split off the schedule at a clock change, and is not set with it.
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
    """Run a campaign now."""

    action: ClassVar = Action.START
    type: Literal["start"] = "start"


class StopCampaign(_OnCampaign):
    """End a campaign's run."""

    action: ClassVar = Action.STOP
    type: Literal["stop"] = "stop"


class ShowStatus(_OnCampaign):
    """Show a campaign's card, or bring the card with the timestamp `card_ts` up to date.

    It is looked for in the environments `among`, or in all of them.
    """

    action: ClassVar = Action.STATUS
    type: Literal["status"] = "status"
    card_ts: str | None = None
    among: tuple[str, ...] | None = None


Create = CreateSms | CreateVoice
OnCampaign = ScheduleCampaign | UnscheduleCampaign | StartCampaign | StopCampaign | ShowStatus
AnyCommand = Create | OnCampaign
# As a field of a model: which of them it is, JSON says by its `type`.
Command = Annotated[AnyCommand, Field(discriminator="type")]


def create(campaign: SmsCampaign | VoiceCampaign, retry: Retry | None = None) -> Create:
    """The command that creates a campaign of either kind."""
    if isinstance(campaign, SmsCampaign):
        return CreateSms(campaign=campaign, retry=retry)
    return CreateVoice(campaign=campaign, retry=retry)
