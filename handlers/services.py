"""The services that every handler uses."""

import asyncio
from collections.abc import AsyncIterator, Collection, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

import stamina
import structlog
from slack_sdk.models.views import View as Modal

from blocks import messages
from blocks.campaign_lists import AsRead
from blocks.kit import Message, message_view
from blocks.not_done import DATABASE_CLOSED
from bot.background import BackgroundTasks
from bot.campaigns.environment import Environments
from bot.campaigns.names import best
from bot.campaigns.phones import Senders
from bot.campaigns.refs import CampaignRef
from bot.campaigns.regions import region_of_zone
from bot.campaigns.roles import Permission
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Kind
from bot.catalog import Reader
from bot.records import DatabaseFault, Known, Origin, Records
from bot.slack import Gone, MessageKey, Poster, ShownView, SlackClient, SlackError, TriggerUsed
from bot.work import Work
from handlers.access import Access
from handlers.filled import LastDrawn
from handlers.payloads import Press, SlashCommand
from handlers.replies import Reply, on_top

log = structlog.get_logger()

UNKNOWN_ZONE = "UTC"
# How long the bot tries to answer a person while Slack fails. Nobody waits for it longer, and what
# must be told is in the outbox.
TOLD_WITHIN = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Services:
    """The bot's services, as handlers use them; `default_region` is the workspace's, if set."""

    slack: SlackClient
    records: Records
    work: Work
    environments: Environments
    readers: Mapping[str, Reader]
    poster: Poster
    tasks: BackgroundTasks
    access: Access
    default_region: str | None = None
    _turns: WeakValueDictionary[str, asyncio.Lock] = field(
        default_factory=WeakValueDictionary, init=False
    )
    last_drawn: LastDrawn = field(default_factory=LastDrawn, init=False)

    def turn(self, view: str) -> asyncio.Lock:
        """Return the lock for redrawing a view, so that the last choice in it wins."""
        return self._turns.setdefault(view, asyncio.Lock())

    def refusal(
        self,
        request: SlashCommand | Press,
        needed: Permission | None,
        environment: str | None = None,
    ) -> Message | None:
        """Return the message for a person who may not do this; None if they may.

        The request's environment counts, if it is known; else the channel's.
        """
        if needed is None:
            return None
        self.tasks.start(self.access.refresh())
        here = self.environments.of_channel(request.channel)
        name = environment or (here.name if here else None)
        refusal = self.access.refusal(request.user, request.channel, needed, name)
        return messages.not_permitted(refusal) if refusal else None

    def among(self, request: SlashCommand | Press, needed: Permission) -> list[str] | None:
        """Return the environments in which they may do this; None if there is only one."""
        if not self.environments.several:
            return None
        return self.permitted(request.user, needed, request.channel)

    def permitted(self, person: str, needed: Permission, channel: str = "") -> list[str]:
        """Return the environments in which a person may do this; count channel roles if given."""
        names = (each.name for each in self.environments.all)
        return [n for n in names if self.access.refusal(person, channel, needed, n) is None]

    def choices(self, request: SlashCommand | Press, needed: Permission) -> dict[str, bool]:
        """Return the environments that a form offers: those in which its action is allowed."""
        may = self.among(request, needed) or ()
        return {n: looks for n, looks in self.environments.choices.items() if n in may}

    def offered(self, asked: Origin, needed: Permission) -> dict[str, bool]:
        """Return the same as `choices`, for whoever asked before a modal was opened."""
        if not self.environments.several:
            return {}
        may = self.permitted(asked.author, needed, asked.asked_in)
        return {n: looks for n, looks in self.environments.choices.items() if n in may}

    def denied(self, origin: Origin, needed: Permission) -> Reply | None:
        """Return the answer to a modal if the person may not do its action; None if they may."""
        refusal = self.access.refusal(origin.author, origin.asked_in, needed, origin.environment)
        return on_top(messages.not_permitted_view(refusal)) if refusal else None

    def answer(self, press: Press, message: Message, *, replace: bool = False) -> None:
        """Answer a button privately, after the answer to Slack."""
        self.tasks.start(self._answer(press, message, replace=replace))

    async def _answer(self, press: Press, message: Message, *, replace: bool) -> None:
        """Answer beside the message with the button; without a message, in a modal."""
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
        """Show the modal on top of the pressed one or in its place; else as the first one."""
        if not press.modal:
            await self.slack.open_view(press.trigger_id, shown)
        elif replace:
            await self.slack.update_view(shown, view_id=press.modal.id)
        else:
            await self.slack.push_view(press.trigger_id, shown)

    async def open_modal(
        self, request: SlashCommand | Press, view: Modal, *, on_top: bool = False
    ) -> ShownView | None:
        """Open a modal, in place of the one with the pressed button if there is one: Slack shows at
        most three on top of each other. Only if `on_top`, it comes on top, with a way back.

        Return None if another request opened it, if the pressed modal is closed, or if it failed
        and the person was told.
        """
        pressed = request.modal if isinstance(request, Press) else None
        try:
            if pressed and on_top:
                return await self.slack.push_view(request.trigger_id, view)
            if pressed:
                return await self.slack.update_view(view, view_id=pressed.id)
            return await self.slack.open_view(request.trigger_id, view)
        except Gone:
            log.info("modal.closed_before", view=view.callback_id)
        except TriggerUsed:
            log.info("modal.opened_before", view=view.callback_id)
        except SlackError as error:
            log.warning("modal.not_opened", view=view.callback_id, reason=error.reason)
            await self.tell(request, messages.form_not_opened())
        return None

    def start(self, request: SlashCommand | Press, work: Coroutine[Any, Any, None]) -> None:
        """Do some work after the answer to Slack; tell the person if the database fails."""
        self.tasks.start(self._do_or_tell(request, work))

    async def _do_or_tell(
        self, request: SlashCommand | Press, work: Coroutine[Any, Any, None]
    ) -> None:
        try:
            await work
        except DatabaseFault as fault:
            log.warning("request.refused", fault=str(fault))
            await self.tell(request, DATABASE_CLOSED.message())

    async def tell(self, request: SlashCommand | Press, message: Message) -> None:
        """Tell the person beside what they used; without that, in a direct message."""
        key = MessageKey(request.trigger_id, "answer", datetime.now(UTC))
        await self.answer_person(request.user, request.response_url, message, key)

    async def answer_person(
        self, person: str, url: str | None, message: Message, key: MessageKey
    ) -> None:
        """Do the same as `tell`, if there is only a person and perhaps a response_url."""
        try:
            async for attempt in _until_told():
                with attempt:
                    await self.poster.answer(person, url, message, key)
        except SlackError as error:
            log.warning("answer.given_up", reason=error.reason)

    async def environment_of(self, ref: CampaignRef) -> str | None:
        """Return the name of a campaign's environment; None if it is not certain."""
        if ref.environment or not self.environments.several:
            return ref.environment or self.environments.first.name
        known = await self.records.campaigns.known(ref.id) if ref.id else None
        return known.snapshot.environment if known else None

    def list_anew(self, environment: str | None) -> None:
        """Refresh the suggestions from this environment, after the answer to Slack."""
        if reader := self.readers.get(environment or ""):
            self.tasks.start(reader.hurry())

    async def as_read(self, environments: Collection[str] | None) -> AsRead:
        """Return as of when all campaigns of these environments are known, or how many are read."""
        catalogs = self.work.catalogs
        among = [each for name, each in catalogs.items() if name in (environments or catalogs)]
        found = [kind for each in among for kind in await each.coverage()]
        unread = [each.progress for each in found if each.as_of is None]
        if unread:
            return AsRead(progress=unread[0])
        return AsRead(as_of=min((each.as_of for each in found if each.as_of), default=None))

    async def meant(
        self, request: SlashCommand | Press, typed: str
    ) -> tuple[CampaignRef, Schedule | None]:
        """Return the campaign meant, with its ID if only one of that name is known; its schedule.

        A name is looked up in the channel's environment, if the channel has one.
        """
        ref = CampaignRef.parse(typed)
        own = self.environments.of_channel(request.channel)
        environment = own.name if own else None
        if ref.id:
            known = await self.records.campaigns.known(ref.id)
            found = [known] if known else []
        else:
            found = await self._named(ref.name, environment)
        if len(found) != 1:
            return ref.model_copy(update={"environment": ref.environment or environment}), None
        return CampaignRef.of(found[0].snapshot), found[0].schedule

    async def _named(self, name: str, environment: str | None) -> list[Known]:
        if not name:
            return []
        found = await self.records.campaigns.named(name, environment)
        return best(found, name, lambda each: each.snapshot.name)

    async def unused(self, names: Iterable[str], environment: str | None) -> str:
        """Return the first of these names that no known campaign has; else the last."""
        name = ""
        for name in names:
            if not await self.records.campaigns.named(name, environment):
                break
        return name

    async def kept_zone(self, person: str) -> str:
        """Return the IANA zone that Slack last reported for a person; UTC if none."""
        return await self.records.zone(person) or UNKNOWN_ZONE

    async def senders(self, person: str, environment: str | None, kind: Kind) -> Senders:
        """Return what is known of the senders that a person may mean in a form."""
        region = self.default_region or region_of_zone(await self.kept_zone(person))
        if environment is None:
            return Senders(region=region)
        accepted = await self.records.campaigns.caller_ids(environment, kind)
        return Senders(region=region, accepted=accepted)

    async def zone_of(self, person: str) -> str:
        """Return the IANA zone in a person's Slack profile; the stored one if Slack fails."""
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
