"""Questions in a modal of their own, and what a yes means."""

from datetime import UTC, datetime

from slack_sdk.models.views import View as Modal

from blocks.form import ENVIRONMENT, FormContext, FormErrors, read
from bot.campaigns.actions import Action
from bot.campaigns.refs import CampaignRef
from bot.records import Submission
from handlers.desk import Desk
from handlers.forms import environment_chosen
from handlers.payloads import Command, Press, Submit
from handlers.replies import CLOSE, Reply, errors


def ask(desk: Desk, asked: Command | Press, question: Modal) -> None:
    """Ask whoever typed or pressed, after the answer to Slack."""
    desk.errands.start(_open(desk, asked, question))


def context_of(desk: Desk, asked: Command | Press) -> FormContext:
    """What a question carries along of where it was asked."""
    return FormContext(
        channel=asked.channel,
        response_url=asked.response_url,
        environments=desk.environments.choices,
    )


async def accept(desk: Desk, sent: Submit, action: Action) -> Reply:
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
        action=action,
        author=sent.user,
        channel=context.channel,
        asked_in=context.channel,
        response_url=context.response_url,
        payload={"campaign": str(ref)},
        accepted_at=datetime.now(UTC),
        environment=environment,
    )
    if denied := desk.denied(submission):
        return denied
    await desk.work.accept(submission)
    return CLOSE


async def _open(desk: Desk, asked: Command | Press, question: Modal) -> None:
    await desk.open_modal(asked, question)
