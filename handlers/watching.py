"""Following: a channel follows campaigns, and is told what becomes of them."""

from datetime import UTC, datetime

from blocks import messages, watches
from blocks.kit import Message
from bot.campaigns.filters import CampaignFilter
from bot.campaigns.names import folded
from bot.campaigns.refs import CampaignRef
from bot.campaigns.roles import Permission
from bot.campaigns.watches import Watch
from handlers.channels import tell_channel
from handlers.payloads import Press, SlashCommand
from handlers.services import Services

# The word before a filter; without it, the text is a name or an ID.
ALL = "all"


async def watch(services: Services, command: SlashCommand, rest: str) -> Message | None:
    """Handle `/campaign watch [<name or ID>|all [filter]]`; alone, show what is followed."""
    if not rest:
        return await _page(services, command.channel)
    meant = await _meant(services, command, rest)
    return meant if isinstance(meant, Message) else await _begin(services, command, meant)


async def unwatch(services: Services, command: SlashCommand, rest: str) -> Message | None:
    """Handle `/campaign unwatch`, which takes the same; alone, show what is followed."""
    if not rest:
        return await _page(services, command.channel)
    meant = await _meant(services, command, rest)
    wanted = meant.id if isinstance(meant, Watch) else ""
    if await _end(services, command, wanted):
        return None
    return watches.not_followed(rest)


async def press_watch(services: Services, press: Press) -> None:
    """Handle the Watch option of a card."""
    ref = CampaignRef.parse(press.value)
    if refused := services.refusal(press, Permission.STATUS, ref.environment):
        services.answer(press, refused)
    elif not (known := await services.records.campaigns.known(ref.id or "")):
        services.answer(press, messages.campaign_gone(ref.label))
    elif answer := await _begin(services, press, _on(press, CampaignRef.of(known.snapshot))):
        services.answer(press, answer)


async def press_unwatch(services: Services, press: Press) -> None:
    """Handle the Unwatch button; a second press shows what is left."""
    if not await _end(services, press, press.value):
        services.answer(press, await _page(services, press.channel))


async def _meant(services: Services, command: SlashCommand, typed: str) -> Watch | Message:
    """Return what the channel would follow, or why it is not clear."""
    first, *others = typed.split(maxsplit=1)
    if folded(first) == ALL:
        wanted = CampaignFilter.parse(others[0] if others else "")
        return _filtered(services, command, wanted)
    ref, _ = await services.meant(command, typed)
    known = await services.records.campaigns.known(ref.id or "")
    if known is None:
        found = await services.records.campaigns.named(ref.name, ref.environment)
        return watches.which_one(typed, len(found))
    environment = known.snapshot.environment
    refused = services.refusal(command, Permission.STATUS, environment)
    return refused or _on(command, CampaignRef.of(known.snapshot))


def _on(request: SlashCommand | Press, ref: CampaignRef) -> Watch:
    return Watch(
        channel=request.channel, author=request.user, since=datetime.now(UTC), campaign=ref
    )


def _filtered(services: Services, command: SlashCommand, wanted: CampaignFilter) -> Watch:
    """Return a watch in the channel's environment, or in all in which the person may look."""
    own = services.environments.of_channel(command.channel)
    among = [own.name] if own else services.among(command, Permission.LIST)
    return Watch(
        channel=command.channel,
        author=command.user,
        since=datetime.now(UTC),
        filter=wanted,
        environments=None if among is None else tuple(among),
    )


async def _begin(services: Services, request: SlashCommand | Press, watch: Watch) -> Message | None:
    """Store a watch, and tell the channel after the answer to Slack."""
    if not await services.records.watches.add(watch):
        return watches.followed_already(watch, services.environments)
    said = watches.begun(watch, services.environments)
    services.start(request, _tell(services, request, said, watch))
    return None


async def _end(services: Services, request: SlashCommand | Press, watch_id: str) -> bool:
    """Forget a watch of the channel, and tell the channel; return False if it has none such."""
    followed = await services.records.watches.of(request.channel)
    watch = next((each for each in followed if each.id == watch_id), None)
    if watch is None or not await services.records.watches.remove(watch_id):
        return False
    said = watches.ended(watch, request.user, services.environments)
    services.start(request, _tell(services, request, said))
    return True


async def _tell(
    services: Services,
    request: SlashCommand | Press,
    said: Message,
    begun: Watch | None = None,
) -> None:
    """Post in the channel. Where the bot cannot post, nothing can be followed."""
    if not await tell_channel(services, request, said, "watch") and begun:
        await services.records.watches.remove(begun.id)


async def _page(services: Services, channel: str) -> Message:
    return watches.follows(await services.records.watches.of(channel), services.environments)
