"""What every handler has at hand."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks import messages
from blocks.kit import Message
from bot.campaigns.environment import Environments
from bot.campaigns.refs import CampaignRef
from bot.campaigns.roles import Permission
from bot.campaigns.schedule import Schedule
from bot.records import Known, Records, Submission
from bot.work import Directory, Errands, Poster, Work
from handlers.access import Access
from handlers.payloads import Command, Press
from handlers.replies import Reply, on_top

UNKNOWN_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Desk:
    """The bot's services, as handlers use them."""

    slack: AsyncWebClient
    records: Records
    work: Work
    environments: Environments
    directories: Mapping[str, Directory]
    poster: Poster
    errands: Errands
    access: Access
    _turns: WeakValueDictionary[str, asyncio.Lock] = field(
        default_factory=WeakValueDictionary, init=False
    )

    def turn(self, view: str) -> asyncio.Lock:
        """Held while a view is drawn again, so that it ends as the last choice in it has it."""
        return self._turns.setdefault(view, asyncio.Lock())

    def refusal(
        self, asked: Command | Press, needed: Permission | None, environment: str | None = None
    ) -> Message | None:
        """What to say to whoever may not do this; None if they may.

        What counts is the environment it is for, once that is known, else that of the channel.
        """
        if needed is None:
            return None
        self.errands.start(self.access.refresh())
        here = self.environments.of_channel(asked.channel)
        name = environment or (here.name if here else None)
        others = self.access.refusal(asked.user, asked.channel, needed, name)
        return None if others is None else messages.not_permitted(needed, others)

    def among(self, asked: Command | Press, needed: Permission) -> list[str] | None:
        """The environments in which they may do this; None where there are not several."""
        if not self.environments.several:
            return None
        names = (each.name for each in self.environments.all)
        person, channel = asked.user, asked.channel
        return [n for n in names if self.access.refusal(person, channel, needed, n) is None]

    def choices(self, asked: Command | Press, needed: Permission) -> dict[str, bool]:
        """The environments a form offers: those in which they may do what it is for."""
        may = self.among(asked, needed) or ()
        return {n: looks for n, looks in self.environments.choices.items() if n in may}

    def denied(self, asked: Submission) -> Reply | None:
        """The answer to a modal for whoever may not do what they submitted; None if they may."""
        needed = Permission(asked.action)
        others = self.access.refusal(asked.author, asked.asked_in, needed, asked.environment)
        return None if others is None else on_top(messages.not_permitted_view(needed, others))

    def answer(self, url: str | None, message: Message, *, replace: bool = False) -> None:
        """Answer a button privately, after the answer to Slack."""
        self.errands.start(self._answer(url, message, replace=replace))

    async def _answer(self, url: str | None, message: Message, *, replace: bool) -> None:
        await self.poster.respond(url, message, replace_original=replace)

    async def environment_of(self, ref: CampaignRef) -> str | None:
        """The name of the environment a campaign is in; None where that is not certain."""
        if ref.environment or not self.environments.several:
            return ref.environment or self.environments.first.name
        known = await self.records.known(ref.id) if ref.id else None
        return known.snapshot.environment if known else None

    def list_anew(self, environment: str | None) -> None:
        """Have the suggestions from this environment renewed, after the answer to Slack."""
        if directory := self.directories.get(environment or ""):
            self.errands.start(directory.refresh())

    async def meant(
        self, asked: Command | Press, typed: str
    ) -> tuple[CampaignRef, Schedule | None]:
        """The campaign meant, with its ID if the bot knows only one of that name; its schedule.

        By its name it is one of the channel's environment, where the channel has one.
        """
        ref = CampaignRef.parse(typed)
        own = self.environments.of_channel(asked.channel)
        environment = own.name if own else None
        if ref.id:
            known = await self.records.known(ref.id)
            found = [known] if known else []
        else:
            found = await self._named(ref.name, environment)
        if len(found) != 1:
            return ref.model_copy(update={"environment": ref.environment or environment}), None
        return CampaignRef.of(found[0].snapshot), found[0].schedule

    async def _named(self, name: str, environment: str | None) -> list[Known]:
        if not name:
            return []
        fitting = await self.records.search(text=name, environment=environment, limit=20)
        return [each for each in fitting if each.snapshot.name.lower() == name.lower()]

    async def kept_zone(self, person: str) -> str:
        """The IANA zone that Slack told last for a person; UTC if it never did."""
        return await self.records.zone(person) or UNKNOWN_ZONE

    async def zone_of(self, person: str) -> str:
        """The IANA zone of a person's Slack profile, asked of Slack; the one kept if it fails."""
        kept = await self.kept_zone(person)
        try:
            answer = await self.slack.users_info(user=person)
        except SlackApiError:
            return kept
        zone = str(answer["user"].get("tz") or kept)
        if zone != kept:
            await self.records.remember_zone(person, zone)
        return zone
