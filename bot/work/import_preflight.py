"""Checks the campaigns of a file against Kore.ai and the records before their review."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from bot.campaigns.campaign_files import CampaignFile
from bot.campaigns.campaign_files.reading import Reading, read_campaigns
from bot.campaigns.campaign_import import CampaignRow, ImportCampaigns
from bot.campaigns.contacts import ContactList
from bot.campaigns.csv_files import Unreadable
from bot.campaigns.environment import Environment
from bot.campaigns.phones import Senders
from bot.campaigns.regions import region_of_zone
from bot.campaigns.review import Facts, Review, contact_load
from bot.campaigns.review.contacts import FileNotReceived
from bot.campaigns.review.findings import Finding
from bot.campaigns.review.imports import ImportUnreadable, ReviewedRow, review_row
from bot.campaigns.review.model import Load
from bot.campaigns.review.reviews import review_import
from bot.campaigns.roles import Permission
from bot.campaigns.runs import count_effective
from bot.campaigns.values import Kind
from bot.catalog import Catalog
from bot.kore import Listing
from bot.records import Records
from bot.work.questions import Questions, list_sizes, used_lists
from bot.work.uploads import NotDownloaded, SlackFiles

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ImportPreflight:
    """The check of one file of campaigns in its environment."""

    catalog: Catalog
    environment: Environment
    records: Records
    questions: Questions
    files: SlackFiles
    author: str

    async def check(self, command: ImportCampaigns) -> tuple[ImportCampaigns, Review]:
        """Return the command with the campaigns that can be created, and its review."""
        known = self.records.campaigns
        senders = await known.caller_ids(self.environment.name, Kind.SMS)
        file = await self._read(command, senders)
        if isinstance(file, Finding):
            return command, Review(action=command.action, findings=(file,))
        listing = await self.questions.in_time(self.catalog.contact_lists())
        dnc_lists = await known.dnc_lists(self.environment.name)
        rows = await self._reviewed(
            file.rows, listing, Facts(dnc_lists=dnc_lists, caller_ids=senders)
        )
        good = tuple(each.row for each in rows if not each.blockers)
        review = Review(
            action=command.action,
            imported=good,
            lists=_sizes(good, listing),
            load=_load(good, listing),
            findings=review_import(rows, file),
        )
        return command.model_copy(update={"rows": good}), review

    async def _read(
        self, command: ImportCampaigns, accepted: frozenset[str]
    ) -> CampaignFile | Finding:
        """Return what the file has, or the finding that it cannot be read."""
        try:
            data = await self.files.download(command.file, self.author)
        except NotDownloaded as error:
            log.warning("review.no_file", reason=error.reason)
            return FileNotReceived()
        region = command.region or region_of_zone(command.zone)
        senders = Senders(region=region, accepted=accepted)
        reading = Reading(command.zone, datetime.now(UTC), senders)
        try:
            return await asyncio.to_thread(read_campaigns, data, reading)
        except Unreadable as error:
            return ImportUnreadable(fault=error.fault, line=error.line)

    async def _reviewed(
        self, rows: Sequence[CampaignRow], listing: Listing[ContactList] | None, shared: Facts
    ) -> list[ReviewedRow]:
        facts = await asyncio.gather(*(self._facts(each, listing, shared) for each in rows))
        now, rules = datetime.now(UTC), self.environment.rules
        # A schedule of many years has thousands of runs, so they are computed off the event loop.
        pairs = zip(rows, facts, strict=True)
        return await asyncio.to_thread(
            lambda: [review_row(row, known, rules, now) for row, known in pairs]
        )

    async def _facts(
        self, row: CampaignRow, listing: Listing[ContactList] | None, shared: Facts
    ) -> Facts:
        campaign = row.campaign
        namesakes = self.catalog.namesakes(campaign.name, self.catalog.fresh)
        found = await self.questions.found(namesakes)
        own = {
            "same_name": found.campaigns,
            "names_read": found.progress,
            "contact_lists": used_lists(campaign.contact_lists, listing),
        }
        return shared.model_copy(update=own)


def schedules(rows: Sequence[CampaignRow]) -> list[tuple[Permission, datetime]]:
    """Return the permission to set each schedule, and when that takes effect: at its start."""
    return [(Permission.SCHEDULE, row.schedule.utc_start) for row in rows if row.schedule]


def _sizes(
    rows: Sequence[CampaignRow], listing: Listing[ContactList] | None
) -> tuple[tuple[str, int | None], ...]:
    names = tuple(dict.fromkeys(name for row in rows for name in row.campaign.contact_lists))
    return list_sizes(names, listing.rows if listing else None)


def _load(rows: Sequence[CampaignRow], listing: Listing[ContactList] | None) -> Load:
    """Return the contacts of all runs of all campaigns together; one that is not scheduled runs
    once, when somebody starts it.
    """
    loads = [_row_load(row, listing).product for row in rows]
    known = [each for each in loads if each is not None]
    return Load(contacts=sum(known) if len(known) == len(loads) else None, runs=1)


def _row_load(row: CampaignRow, listing: Listing[ContactList] | None) -> Load:
    campaign, schedule = row.campaign, row.schedule
    runs = count_effective(schedule, campaign.hours) if schedule else 1
    sizes = list_sizes(campaign.contact_lists, used_lists(campaign.contact_lists, listing))
    return contact_load(sizes, runs)
