"""What every handler has at hand."""

from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks.kit import Message
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
