"""What every handler has at hand."""

from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks.kit import Message
from bot.records import Records
from bot.work import Directory, Errands, Poster, Work


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

    async def zone_of(self, user: str) -> str:
        """The IANA zone of a person's Slack profile; UTC where Slack does not say."""
        try:
            answer = await self.slack.users_info(user=user)
        except SlackApiError:
            return "UTC"
        return str(answer["user"].get("tz") or "UTC")
