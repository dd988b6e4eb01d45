"""Commands: one immutable type for each request to the bot.

A handler builds a command, the records store it as JSON, and a use case carries it out. A change
that is incompatible with stored JSON needs a migration.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from bot.campaigns.actions import Action
from bot.campaigns.base_command import BaseCommand
from bot.campaigns.campaign import Campaign, SmsCampaign, VoiceCampaign
from bot.campaigns.campaign_import import ImportCampaigns
from bot.campaigns.list_commands import AnyListCommand
from bot.campaigns.refs import CampaignRef, Ref
from bot.campaigns.schedule import Schedule
from bot.campaigns.stop_all import StopAll
from bot.campaigns.values import Frozen


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


class CampaignCommand(BaseCommand, ABC):
    """A command about a campaign."""

    @property
    @abstractmethod
    def ref(self) -> CampaignRef:
        """Return the reference to its campaign as the author gave it."""

    @property
    def label(self) -> str:
        """Return the campaign's name, else its ID."""
        return self.ref.label

    @property
    def target_id(self) -> str | None:
        """Return the campaign's ID, if the author or a review has chosen one."""
        return self.ref.id

    def may_share_target(self, other: BaseCommand) -> bool:
        """Return whether both may be about one campaign."""
        return isinstance(other, CampaignCommand) and self.ref.may_mean(other.ref)


class CreateSms(CampaignCommand):
    """Create an SMS campaign, perhaps like the one that was `cloned`."""

    action: ClassVar = Action.CREATE
    type: Literal["create_sms"] = "create_sms"
    campaign: SmsCampaign
    cloned: Ref | None = None
    retry: Retry | None = None

    @property
    def ref(self) -> CampaignRef:
        """Return the new campaign by its name."""
        return CampaignRef(name=self.campaign.name)


class CreateVoice(CampaignCommand):
    """Create a voice campaign, perhaps like the one that was `cloned`."""

    action: ClassVar = Action.CREATE
    type: Literal["create_voice"] = "create_voice"
    campaign: VoiceCampaign
    cloned: Ref | None = None
    retry: Retry | None = None

    @property
    def ref(self) -> CampaignRef:
        """Return the new campaign by its name."""
        return CampaignRef(name=self.campaign.name)


class OnCampaign(CampaignCommand):
    """A command on an existing campaign."""

    campaign: Ref

    @property
    def ref(self) -> CampaignRef:
        """Return the campaign as the author named it, or by its ID once a review has found it."""
        return self.campaign


class ScheduleCampaign(OnCampaign):
    """Set a campaign's schedule, replacing an existing one.

    `rest` is the part that was split off at a clock change; it is not set.
    """

    action: ClassVar = Action.SCHEDULE
    type: Literal["schedule"] = "schedule"
    schedule: Schedule
    rest: Schedule | None = None


class UnscheduleCampaign(OnCampaign):
    """Remove a campaign's schedule."""

    action: ClassVar = Action.UNSCHEDULE
    type: Literal["unschedule"] = "unschedule"


class StartCampaign(OnCampaign):
    """Start a campaign now."""

    action: ClassVar = Action.START
    type: Literal["start"] = "start"


class StopCampaign(OnCampaign):
    """Stop a campaign's run."""

    action: ClassVar = Action.STOP
    type: Literal["stop"] = "stop"


class ShowStatus(OnCampaign):
    """Show a campaign's card, or update the card with the timestamp `card_ts`.

    Search the environments `among`, or all of them if it is None.
    """

    action: ClassVar = Action.STATUS
    type: Literal["status"] = "status"
    card_ts: str | None = None
    among: tuple[str, ...] | None = None


class ShowResults(OnCampaign):
    """Show how many contacts of a voice campaign were reached; `as_file`, send each as CSV.

    `among` is the same as for `ShowStatus`.
    """

    action: ClassVar = Action.RESULTS
    type: Literal["results"] = "results"
    among: tuple[str, ...] | None = None
    as_file: bool = False


class EditCampaign(OnCampaign):
    """Replace a campaign's settings by those `edited`.

    `seen` are the marks of the settings that the edit replaces: those that its author saw last.
    Source: `bot.campaigns.edits`.
    """

    action: ClassVar = Action.EDIT
    type: Literal["edit"] = "edit"
    edited: Campaign
    seen: str


class DeleteCampaign(OnCampaign):
    """Delete a campaign."""

    action: ClassVar = Action.DELETE
    type: Literal["delete"] = "delete"


Create = CreateSms | CreateVoice
# The changes that need only the campaign.
ByName = UnscheduleCampaign | StartCampaign | StopCampaign | DeleteCampaign
LookUp = ShowStatus | ShowResults
AnyCampaignCommand = Create | ScheduleCampaign | EditCampaign | ByName | LookUp
AnyCommand = AnyCampaignCommand | AnyListCommand | StopAll | ImportCampaigns
BY_NAME: Mapping[Action, type[ByName]] = {each.action: each for each in get_args(ByName)}
# The type of a model's field; `type` in the JSON selects the command.
Command = Annotated[AnyCommand, Field(discriminator="type")]


def create(campaign: SmsCampaign | VoiceCampaign, cloned: CampaignRef | None = None) -> Create:
    """Return the command that creates a campaign of either kind."""
    if isinstance(campaign, SmsCampaign):
        return CreateSms(campaign=campaign, cloned=cloned)
    return CreateVoice(campaign=campaign, cloned=cloned)
