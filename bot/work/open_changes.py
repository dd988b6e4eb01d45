"""Finds the other unfinished changes of a campaign or contact list, which a review names."""

from collections.abc import Callable

from bot.campaigns.approval import ApprovalState
from bot.campaigns.base_command import BaseCommand
from bot.campaigns.campaign import Snapshot
from bot.campaigns.commands import AnyCommand, CampaignCommand, ScheduleCampaign
from bot.campaigns.refs import CampaignRef
from bot.campaigns.review import OpenChange
from bot.records import Records, State, Submission


async def open_changes(
    records: Records, environment: str, ref: CampaignRef, target: Snapshot | None
) -> tuple[OpenChange, ...]:
    """Return the unfinished changes of the campaign; `target` is None if it was not looked up."""
    meant = CampaignRef.of(target) if target else ref
    return await _among(
        records,
        environment,
        lambda each: isinstance(each, CampaignCommand) and meant.may_mean(each.ref),
    )


async def open_list_changes(
    records: Records, environment: str, command: BaseCommand
) -> tuple[OpenChange, ...]:
    """Return the unfinished changes of the contact list that a command is about."""
    return await _among(records, environment, command.may_share_target)


async def _among(
    records: Records, environment: str, is_same: Callable[[AnyCommand], bool]
) -> tuple[OpenChange, ...]:
    others = await records.open_changes(environment)
    same = [each for each in others if is_same(each.command)]
    return tuple([await _open_change(records, each) for each in same])


async def _open_change(records: Records, asked: Submission) -> OpenChange:
    approval = await records.approvals.get(asked.key)
    held = approval if approval and approval.state is ApprovalState.HELD else None
    return OpenChange(
        action=asked.action,
        by=asked.author,
        waits=asked.state is State.WAITING and held is None,
        release_at=held.release_at if held else None,
        schedule=asked.command.schedule if isinstance(asked.command, ScheduleCampaign) else None,
    )
