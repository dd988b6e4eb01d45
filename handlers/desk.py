"""What every handler has at hand."""

from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks.kit import Message
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Schedule
from bot.records import Records
from bot.work import Directory, Errands, Poster, Work

UNKNOWN_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Desk:
    """The bot's services, as handlers use them."""

    slack: AsyncWebClient
    records: Records
    work: Work
    directory: Directory
    poster: Poster
    errands: Errands

    def answer(self, url: str | None, message: Message, *, replace: bool = False) -> None:
        """Answer a button privately, after the answer to Slack."""
        self.errands.start(self._answer(url, message, replace=replace))

    async def _answer(self, url: str | None, message: Message, *, replace: bool) -> None:
        await self.poster.respond(url, message, replace_original=replace)

    async def meant(self, typed: str) -> tuple[CampaignRef, Schedule | None]:
        """The campaign meant, with its ID if the bot knows only one of that name; its schedule."""
        ref = CampaignRef.parse(typed)
        if ref.id:
            found = [known] if (known := await self.records.known(ref.id)) else []
        else:
            fitting = await self.records.search(text=ref.name, limit=20) if ref.name else []
            found = [each for each in fitting if each.snapshot.name.lower() == ref.name.lower()]
        if len(found) != 1:
            return ref, None
        snapshot = found[0].snapshot
        return CampaignRef(id=snapshot.id, name=snapshot.name), found[0].schedule

    async def zone_of(self, person: str) -> str:
        """The IANA zone of a person's Slack profile, asked of Slack; the one kept if it fails."""
        kept = await self.records.zone(person)
        try:
            answer = await self.slack.users_info(user=person)
        except SlackApiError:
            return kept or UNKNOWN_ZONE
        zone = str(answer["user"].get("tz") or kept or UNKNOWN_ZONE)
        if zone != kept:
            await self.records.remember_zone(person, zone)
        return zone
