"""Actions on an existing campaign, by command or button: first a question or a review."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from slack_sdk.models.views import View as Modal

from blocks import messages
from blocks.form import ENVIRONMENT, FormContext, FormErrors, read
from blocks.kit import Message
from blocks.questions import question
from bot.campaigns.actions import ACTIONS, Action
from bot.campaigns.commands import BY_NAME
from bot.campaigns.refs import CampaignRef
from bot.records import Origin, Submission
from handlers import review
from handlers.forms import environment_chosen
from handlers.payloads import Press, SlashCommand, Submit
from handlers.replies import CLOSE, Reply, errors
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


def confirmed(action: Action) -> Callable[[Services, Submit], Awaitable[Reply]]:
    """Return the handler that accepts the action after a person confirms its question."""

    async def accept(services: Services, sent: Submit) -> Reply:
        return await _accept(services, sent, action)

    return accept


async def _ask(
    services: Services, sent: SlashCommand | Press, typed: str, action: Action
) -> Message | None:
    """Open a review or a question, or return the reason why not."""
    ref, schedule = await services.meant(sent, typed)
    if ACTIONS[action].reviewed:
        return await _review(services, sent, ref, action)
    if refused := services.refusal(sent, ACTIONS[action].permission, ref.environment):
        return refused
    context = FormContext(
        channel=sent.channel,
        response_url=sent.response_url,
        environments=services.environments.choices,
    )
    services.tasks.start(_open(services, sent, question(action, ref, schedule, context)))
    return None


async def _open(services: Services, sent: SlashCommand | Press, asked: Modal) -> None:
    await services.open_modal(sent, asked)


async def _review(
    services: Services, sent: SlashCommand | Press, ref: CampaignRef, action: Action
) -> Message | None:
    environment = await services.environment_of(ref)
    if environment is None:
        return messages.names_no_environment(ref, action)
    if refused := services.refusal(sent, ACTIONS[action].permission, environment):
        return refused
    # The key comes from the review's view.
    review_origin = origin(sent, "").model_copy(update={"environment": environment})
    review.open_for(services, sent, review_origin, BY_NAME[action](campaign=ref))
    return None


async def _accept(services: Services, sent: Submit, action: Action) -> Reply:
    """Accept the confirmed action; the modal carries the campaign."""
    context = FormContext.load(sent.view.private_metadata)
    ref = CampaignRef.parse(context.carried("campaign"))
    try:
        chosen = read(sent.view.values, context).get(ENVIRONMENT)
        environment = ref.environment or environment_chosen(services, chosen)
    except FormErrors as faults:
        return errors(sent.view, faults.by_field)
    submission = Submission(
        key=sent.view.id,
        author=sent.user,
        channel=context.channel,
        asked_in=context.channel,
        response_url=context.response_url,
        environment=environment,
        command=BY_NAME[action](campaign=ref),
        accepted_at=datetime.now(UTC),
    )
    if denied := services.denied(submission, action):
        return denied
    await services.work.accept(submission)
    return CLOSE


def origin(sent: SlashCommand | Press, key: str) -> Origin:
    """Return who sent a command or pressed a button, and where."""
    return Origin(
        key=key,
        author=sent.user,
        channel=sent.channel,
        asked_in=sent.channel,
        response_url=sent.response_url,
    )
