"""Actions on an existing campaign, by command or button: each is reviewed first."""

from collections.abc import Awaitable, Callable

from blocks import messages
from blocks.ask_environment import environment_question
from blocks.form import ENVIRONMENT, FormContext, FormErrors, read
from blocks.kit import Message
from bot.campaigns.actions import ACTIONS, Action
from bot.campaigns.commands import BY_NAME
from bot.campaigns.refs import CampaignRef
from bot.records import Origin
from handlers import review
from handlers.forms import environment_chosen
from handlers.payloads import Press, SlashCommand, Submit
from handlers.replies import Reply, errors
from handlers.services import Services


def by_command(
    action: Action,
) -> Callable[[Services, SlashCommand, str], Awaitable[Message | None]]:
    """Return the handler of `/campaign <action> <name or ID>`."""

    async def ask(services: Services, command: SlashCommand, rest: str) -> Message | None:
        return await _ask(services, command, rest, action) if rest else names_none

    names_none = messages.names_no_campaign(action)
    return ask


def by_button(action: Action) -> Callable[[Services, Press], Awaitable[None]]:
    """Return the handler of the button on a card."""

    async def ask(services: Services, press: Press) -> None:
        if refused := await _ask(services, press, press.value, action):
            services.answer(press, refused)

    return ask


def in_environment(action: Action) -> Callable[[Services, Submit], Awaitable[Reply]]:
    """Return the handler that opens the review once a person has chosen the environment."""

    async def show(services: Services, sent: Submit) -> Reply:
        return await _review_there(services, sent, action)

    return show


async def _ask(
    services: Services, sent: SlashCommand | Press, typed: str, action: Action
) -> Message | None:
    """Open the review, or first ask for the environment; or return the reason why not."""
    ref, _ = await services.meant(sent, typed)
    environment = await services.environment_of(ref)
    if refused := services.refusal(sent, ACTIONS[action].permission, environment):
        return refused
    if environment is None:
        services.tasks.start(_ask_environment(services, sent, ref, action))
        return None
    # The key comes from the review's view.
    review_origin = origin(sent, "").model_copy(update={"environment": environment})
    review.open_for(services, sent, review_origin, BY_NAME[action](campaign=ref))
    return None


async def _ask_environment(
    services: Services, sent: SlashCommand | Press, ref: CampaignRef, action: Action
) -> None:
    context = FormContext(
        channel=sent.channel,
        response_url=sent.response_url,
        environments=services.choices(sent, ACTIONS[action].permission),
    )
    await services.open_modal(sent, environment_question(action, ref, context))


async def _review_there(services: Services, sent: Submit, action: Action) -> Reply:
    """Review the action in the chosen environment; the modal carries the campaign."""
    context = FormContext.load(sent.view.private_metadata)
    command = BY_NAME[action](campaign=CampaignRef.parse(context.carried("campaign")))
    try:
        chosen = read(sent.view.values, context).get(ENVIRONMENT)
        environment = environment_chosen(services, chosen)
    except FormErrors as faults:
        return errors(sent.view, faults.by_field)
    asked = Origin(
        key=sent.view.id,
        author=sent.user,
        channel=context.channel,
        asked_in=context.channel,
        response_url=context.response_url,
        environment=environment,
    )
    if denied := services.denied(asked, action):
        return denied
    return await review.begin(services, asked, command, sent.trigger_id)


def origin(sent: SlashCommand | Press, key: str) -> Origin:
    """Return who sent a command or pressed a button, and where."""
    return Origin(
        key=key,
        author=sent.user,
        channel=sent.channel,
        asked_in=sent.channel,
        response_url=sent.response_url,
    )
