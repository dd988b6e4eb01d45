"""Questions in a modal of their own, and what a yes means."""

from datetime import UTC, datetime

from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View as Modal

from blocks import messages
from blocks.form import FormContext
from bot.campaigns.reasons import Undertaking
from bot.records import Submission
from handlers.desk import Desk
from handlers.payloads import Command, Press, Submit
from handlers.replies import CLOSE, Reply


def ask(desk: Desk, asked: Command | Press, question: Modal) -> None:
    """Ask whoever typed or pressed, after the answer to Slack."""
    desk.errands.start(_open(desk, asked, question))


async def accept(desk: Desk, sent: Submit, undertaking: Undertaking) -> Reply:
    """Accept what was asked about; the question carries the campaign."""
    context = FormContext.model_validate_json(sent.view.private_metadata)
    submission = Submission(
        key=sent.view.id,
        action=undertaking,
        author=sent.user,
        channel=context.channel,
        asked_in=context.channel,
        response_url=context.response_url,
        payload={"campaign": str(context.kept["campaign"])},
        accepted_at=datetime.now(UTC),
    )
    await desk.work.accept(submission)
    return CLOSE


async def _open(desk: Desk, asked: Command | Press, question: Modal) -> None:
    try:
        await desk.slack.views_open(trigger_id=asked.trigger_id, view=question)
    except SlackApiError:
        await desk.poster.respond(asked.response_url, messages.form_not_opened())
