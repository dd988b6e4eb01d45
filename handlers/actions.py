"""Actions on a campaign that is there, by command or button: first a question, or a review."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from slack_sdk.models.views import View as Modal

from blocks import messages
from blocks.form import ENVIRONMENT, FormContext, FormErrors, read
from blocks.kit import Message
from blocks.questions import QUESTIONS
from bot.campaigns.actions import ACTIONS, Action
from bot.campaigns.commands import StartCampaign, StopCampaign, UnscheduleCampaign
from bot.campaigns.refs import CampaignRef
from bot.records import Origin, Submission
from handlers import review
from handlers.desk import Desk
from handlers.forms import environment_chosen
from handlers.payloads import Command, Press, Submit
from handlers.replies import CLOSE, Reply, errors

Named = StartCampaign | StopCampaign | UnscheduleCampaign
# Those that need nothing but the campaign.
COMMAND_OF: Mapping[Action, type[Named]] = {
    command.action: command for command in (StartCampaign, StopCampaign, UnscheduleCampaign)
}


def by_command(action: Action) -> Callable[[Desk, Command, str], Awaitable[Message | None]]:
    """What answers `/campaign <action> <name or ID>`."""

    async def ask(desk: Desk, command: Command, rest: str) -> Message | None:
        return await _ask(desk, command, rest, action) if rest else names_none

    names_none = messages.names_no_campaign(action)
    return ask


def by_button(action: Action) -> Callable[[Desk, Press], Awaitable[None]]:
    """What answers the button on a card."""

    async def ask(desk: Desk, press: Press) -> None:
        if refused := await _ask(desk, press, press.value, action):
            desk.answer(press, refused)

    return ask


def confirmed(action: Action) -> Callable[[Desk, Submit], Awaitable[Reply]]:
    """What accepts the action once its question was answered with yes."""

    async def accept(desk: Desk, sent: Submit) -> Reply:
        return await _accept(desk, sent, action)

    return accept


async def _ask(desk: Desk, sent: Command | Press, typed: str, action: Action) -> Message | None:
    """Put a review or a question before whoever asks, or say why there is none."""
    ref, schedule = await desk.meant(sent, typed)
    if ACTIONS[action].reviewed:
        return await _review(desk, sent, ref, action)
    if refused := desk.refusal(sent, ACTIONS[action].permission, ref.environment):
        return refused
    context = FormContext(
        channel=sent.channel,
        response_url=sent.response_url,
        environments=desk.environments.choices,
    )
    question = QUESTIONS[action](ref, schedule, context)
    desk.errands.start(_open(desk, sent, question))
    return None


async def _open(desk: Desk, sent: Command | Press, question: Modal) -> None:
    await desk.open_modal(sent, question)


async def _review(
    desk: Desk, sent: Command | Press, ref: CampaignRef, action: Action
) -> Message | None:
    environment = await desk.environment_of(ref)
    if environment is None:
        return messages.names_no_environment(ref)
    if refused := desk.refusal(sent, ACTIONS[action].permission, environment):
        return refused
    # The review's own view gives the key.
    asked = origin(sent, "").model_copy(update={"environment": environment})
    review.open_for(desk, sent, asked, COMMAND_OF[action](campaign=ref))
    return None


async def _accept(desk: Desk, sent: Submit, action: Action) -> Reply:
    """Accept what was asked about; the question carries the campaign."""
    context = FormContext.load(sent.view.private_metadata)
    ref = CampaignRef.parse(context.carried("campaign"))
    try:
        chosen = read(sent.view.values, context).get(ENVIRONMENT)
        environment = ref.environment or environment_chosen(desk, chosen)
    except FormErrors as faults:
        return errors(sent.view, faults.by_field)
    submission = Submission(
        key=sent.view.id,
        author=sent.user,
        channel=context.channel,
        asked_in=context.channel,
        response_url=context.response_url,
        environment=environment,
        command=COMMAND_OF[action](campaign=ref),
        accepted_at=datetime.now(UTC),
    )
    if denied := desk.denied(submission, action):
        return denied
    await desk.work.accept(submission)
    return CLOSE


def origin(sent: Command | Press, key: str) -> Origin:
    """Who sent a command or pressed a button, and where."""
    return Origin(
        key=key,
        author=sent.user,
        channel=sent.channel,
        asked_in=sent.channel,
        response_url=sent.response_url,
    )
