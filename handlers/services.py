"""What every handler has at hand."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from weakref import WeakValueDictionary

import stamina
import structlog
from slack_sdk.models.views import View as Modal

from blocks import messages
from blocks.kit import Message, message_view
from bot.background import BackgroundTasks
from bot.campaigns.actions import ACTIONS, Action
from bot.campaigns.environment import Environments
from bot.campaigns.refs import CampaignRef
from bot.campaigns.roles import Permission
from bot.campaigns.schedule import Schedule
from bot.records import Known, Origin, Records
from bot.slack import ShownView, SlackClient, SlackError, TriggerUsed
from bot.work import Directory, MessageKey, Poster, Work
from handlers.access import Access
from handlers.payloads import Press, SlashCommand
from handlers.replies import Reply, on_top

log = structlog.get_logger()

UNKNOWN_ZONE = "UTC"
# For how long somebody is told what they asked for, while Slack fails.
TOLD_WITHIN = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Services:
    """The bot's services, as handlers use them."""

    slack: SlackClient
    records: Records
    work: Work
    environments: Environments
    directories: Mapping[str, Directory]
    poster: Poster
    tasks: BackgroundTasks
    access: Access
    _turns: WeakValueDictionary[str, asyncio.Lock] = field(
        default_factory=WeakValueDictionary, init=False
    )

    def turn(self, view: str) -> asyncio.Lock:
        """Held while a view is drawn again, so that it ends as the last choice in it has it."""
        return self._turns.setdefault(view, asyncio.Lock())

    def refusal(
        self, asked: SlashCommand | Press, needed: Permission | None, environment: str | None = None
    ) -> Message | None:
        """What to say to whoever may not do this; None if they may.

        What counts is the environment it is for, once that is known, else that of the channel.
        """
        if needed is None:
            return None
        self.tasks.start(self.access.refresh())
        here = self.environments.of_channel(asked.channel)
        name = environment or (here.name if here else None)
        others = self.access.refusal(asked.user, asked.channel, needed, name)
        return None if others is None else messages.not_permitted(needed, others)

    def among(self, asked: SlashCommand | Press, needed: Permission) -> list[str] | None:
        """The environments in which they may do this; None where there are not several."""
        if not self.environments.several:
            return None
        return self.permitted(asked.user, needed, asked.channel)

    def permitted(self, person: str, needed: Permission, channel: str = "") -> list[str]:
        """The environments in which somebody may do this, by the channel too if there is one."""
        names = (each.name for each in self.environments.all)
        return [n for n in names if self.access.refusal(person, channel, needed, n) is None]

    def choices(self, asked: SlashCommand | Press, needed: Permission) -> dict[str, bool]:
        """The environments a form offers: those in which they may do what it is for."""
        may = self.among(asked, needed) or ()
        return {n: looks for n, looks in self.environments.choices.items() if n in may}

    def denied(self, asked: Origin, action: Action) -> Reply | None:
        """The answer to a modal for whoever may not do what they submitted; None if they may."""
        needed = ACTIONS[action].permission
        others = self.access.refusal(asked.author, asked.asked_in, needed, asked.environment)
        return None if others is None else on_top(messages.not_permitted_view(needed, others))

    def answer(self, press: Press, message: Message, *, replace: bool = False) -> None:
        """Answer a button privately, after the answer to Slack."""
        self.tasks.start(self._answer(press, message, replace=replace))

    async def _answer(self, press: Press, message: Message, *, replace: bool) -> None:
        """Beside the message that was pressed; where it was none, in a modal."""
        url = press.response_url
        if url and await self.poster.respond(url, message, replace_original=replace):
            return
        try:
            await self._show(press, message_view(message), replace=replace)
        except TriggerUsed:
            return
        except SlackError as error:
            log.warning("answer.not_shown", reason=error.reason)
            await self.tell(press, message)

    async def _show(self, press: Press, shown: Modal, *, replace: bool) -> None:
        """On top of the modal that was pressed, or in its place; else as the first one."""
        if not press.modal:
            await self.slack.open_view(press.trigger_id, shown)
        elif replace:
            await self.slack.update_view(shown, view_id=press.modal.id)
        else:
            await self.slack.push_view(press.trigger_id, shown)

    async def open_modal(self, asked: SlashCommand | Press, view: Modal) -> ShownView | None:
        """Open a modal; None if it is not this request that opened it, which the person is told."""
        try:
            return await self.slack.open_view(asked.trigger_id, view)
        except TriggerUsed:
            log.info("modal.opened_before", view=view.callback_id)
        except SlackError as error:
            log.warning("modal.not_opened", view=view.callback_id, reason=error.reason)
            await self.tell(asked, messages.form_not_opened())
        return None

    async def tell(self, asked: SlashCommand | Press, message: Message) -> None:
        """Tell whoever asked, beside what they used; as a direct message where there is none.

        Raises:
            SlackError: Slack took neither, asked for ten minutes.
        """
        key = MessageKey(asked.trigger_id, "answer", datetime.now(UTC))
        await self.answer_person(asked.user, asked.response_url, message, key)

    async def answer_person(
        self, person: str, url: str | None, message: Message, key: MessageKey
    ) -> None:
        """As `tell`, where somebody has only a response_url."""
        async for attempt in _until_told():
            with attempt:
                await self.poster.answer(person, url, message, key)

    async def environment_of(self, ref: CampaignRef) -> str | None:
        """The name of the environment a campaign is in; None where that is not certain."""
        if ref.environment or not self.environments.several:
            return ref.environment or self.environments.first.name
        known = await self.records.known(ref.id) if ref.id else None
        return known.snapshot.environment if known else None

    def list_anew(self, environment: str | None) -> None:
        """Have the suggestions from this environment renewed, after the answer to Slack."""
        if directory := self.directories.get(environment or ""):
            self.tasks.start(directory.refresh())

    async def meant(
        self, asked: SlashCommand | Press, typed: str
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
        among = [environment] if environment else None
        fitting = await self.records.search(text=name, environments=among, limit=20)
        return [each for each in fitting if each.snapshot.name.lower() == name.lower()]

    async def kept_zone(self, person: str) -> str:
        """The IANA zone that Slack told last for a person; UTC if it never did."""
        return await self.records.zone(person) or UNKNOWN_ZONE

    async def zone_of(self, person: str) -> str:
        """The IANA zone of a person's Slack profile, asked of Slack; the one kept if it fails."""
        kept = await self.kept_zone(person)
        try:
            zone = await self.slack.time_zone(person) or kept
        except SlackError:
            return kept
        if zone != kept:
            await self.records.remember_zone(person, zone)
        return zone


def _until_told() -> AsyncIterator[stamina.Attempt]:
    return stamina.retry_context(
        on=SlackError,
        attempts=None,
        timeout=TOLD_WITHIN,
        wait_initial=1.0,
        wait_max=LONGEST_PAUSE,
    )
