"""The emergency stop of all running campaigns, after a review."""

from blocks import messages
from blocks.kit import Message
from bot.campaigns.actions import Action
from bot.campaigns.names import folded
from bot.campaigns.roles import Permission
from bot.campaigns.stop_all import StopAll
from handlers import actions, review
from handlers.payloads import Press, SlashCommand
from handlers.services import Services

ALL = "all"
_stop_one = actions.by_command(Action.STOP)


async def stop(services: Services, command: SlashCommand, rest: str) -> Message | None:
    """Handle `/campaign stop <name or ID>`, and `stop all`; a campaign called all needs quotes."""
    first, *others = rest.split(maxsplit=1) or [""]
    named = others[0] if others else ""
    is_all = first.casefold() == ALL and (not named or services.environments.named(folded(named)))
    if is_all:
        return await stop_all(services, command, named)
    return await _stop_one(services, command, rest)


async def stop_all(services: Services, command: SlashCommand, rest: str) -> Message | None:
    """Handle `/campaign stop-all [environment]`: open its review."""
    environment = _environment(services, command, folded(rest))
    if environment is None:
        return messages.names_no_environment(each.name for each in services.environments.all)
    if refused := services.refusal(command, Permission.STOP_ALL, environment):
        return refused
    _open(services, command, environment)
    return None


async def press_stop_all(services: Services, press: Press) -> None:
    """Handle the button on an admin's Home tab, which names the environment."""
    found = services.environments.named(press.value)
    refused = services.refusal(press, Permission.STOP_ALL, found.name if found else None)
    if refused or found is None:
        services.answer(press, refused or messages.form_gone())
        return
    _open(services, press, found.name)


def _open(services: Services, sent: SlashCommand | Press, environment: str) -> None:
    asked = actions.origin(sent, "").model_copy(update={"environment": environment})
    review.open_for(services, sent, asked, StopAll(environment=environment))


def _environment(services: Services, command: SlashCommand, typed: str) -> str | None:
    """Return the environment that was typed, or the only one, or that of the channel."""
    environments = services.environments
    if typed:
        found = environments.named(typed)
    elif environments.several:
        found = environments.of_channel(command.channel)
    else:
        found = environments.first
    return found.name if found else None
