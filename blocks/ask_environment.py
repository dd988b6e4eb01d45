"""The question in which environment a campaign is, before the review of an action on it."""

from slack_sdk.models.views import View as Modal

from blocks.drawing import input_block
from blocks.form import ENVIRONMENT, FormContext
from blocks.forms.schedule import ScheduleForm
from blocks.kit import TITLE_MAX, escape, plain, section
from bot.campaigns.refs import CampaignRef


def environment_question(word: str, title: str, ref: CampaignRef, context: FormContext) -> Modal:
    """Ask for the environment, among those of `context`; the modal carries `ref`.

    `word` is the subcommand to go on with, and `title` its name.
    """
    kept = context.model_copy(update={"kept": {"campaign": str(ref)}})
    return Modal(
        type="modal",
        callback_id=word,
        title=plain(title, TITLE_MAX),
        submit=plain("Next", TITLE_MAX),
        close=plain("Cancel", TITLE_MAX),
        private_metadata=kept.dump(),
        blocks=[
            section(f"Which environment is “{escape(ref.label)}” in? Nothing has been sent."),
            input_block(ScheduleForm, ENVIRONMENT, "", context),
        ],
    )
