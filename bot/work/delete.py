"""Deletes a campaign."""

import contextlib
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.statuses import FITS
from bot.kore import NotFound
from bot.work.change import Change, change_once, kind_of
from bot.work.job import Job


async def delete(job: Job) -> None:
    """Delete the campaign, and let its cards say so."""
    target = await job.step("change", partial(change_once, _Delete(job)))
    if not isinstance(target, Failure):
        await job.show(target)


@dataclass(frozen=True, slots=True)
class _Delete(Change):
    done_if_gone: ClassVar = True

    def refusal(self, target: Snapshot) -> Reason | None:
        """Refuse a campaign that runs or is being prepared."""
        unclear = Reason.KIND_UNKNOWN if target.kind is None else None
        return FITS[Action.DELETE].refusal(target.status, scheduled=target.scheduled) or unclear

    async def send(self, target: Snapshot) -> Failure | None:
        """Delete the campaign, unless somebody else has deleted it since it was found."""
        with contextlib.suppress(NotFound):
            await self.job.kore.delete_campaign(target.id, kind_of(target))
        return None

    def is_done(self, target: Snapshot, now: Snapshot) -> bool | None:
        """Return False: the campaign is still there."""
        return False

    async def keep(self, target: Snapshot) -> None:
        """Record that the campaign is gone."""
        await self.job.records.campaigns.remember(target)
        await self.job.records.campaigns.gone(target.id)
