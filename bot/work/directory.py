"""What Kore.ai can list for the typeaheads, kept for a short while so that typing never waits."""

import time
from collections.abc import Sequence

import structlog

from bot.campaigns.campaign import Snapshot
from bot.campaigns.contacts import ContactList
from bot.campaigns.values import Kind
from bot.kore import KoreClient, KoreError, in_background

log = structlog.get_logger()

# Three calls of the account's sixty a minute, at most once in this time.
FRESH_SECONDS = 60.0
CAMPAIGNS_MAX = 200


class Directory:
    """Contact lists and campaigns as Kore.ai last listed them."""

    def __init__(self, kore: KoreClient) -> None:
        self._kore = kore
        self._fresh_until = 0.0
        self.contact_lists: Sequence[ContactList] = ()
        self.campaigns: Sequence[Snapshot] = ()

    async def refresh(self) -> None:
        """List anew, unless that was done a short while ago; on a failure keep what is there."""
        if time.monotonic() < self._fresh_until:
            return
        self._fresh_until = time.monotonic() + FRESH_SECONDS
        try:
            with in_background():
                await self._list_anew()
        except KoreError as error:
            self._fresh_until = 0.0
            log.warning("directory.not_refreshed", reason=type(error).__name__)

    async def _list_anew(self) -> None:
        self.contact_lists = await self._kore.list_contact_lists()
        self.campaigns = [c for kind in Kind for c in await self._list(kind)]

    async def _list(self, kind: Kind) -> list[Snapshot]:
        listed: list[Snapshot] = []
        async for campaign in self._kore.list_campaigns(kind):
            listed.append(campaign)
            if len(listed) == CAMPAIGNS_MAX:
                break
        return listed
