"""The question before a schedule is removed."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as Modal

from blocks.card import schedule_facts
from blocks.form import FormContext
from blocks.ids import View
from blocks.kit import TITLE_MAX, escape, facts, plain, section
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Schedule


def unschedule_question(
    ref: CampaignRef, schedule: Schedule | None, form_context: FormContext
) -> Modal:
    """What removing the schedule means; the submission finds `ref` among what the form kept."""
    text = f"Remove the schedule of “{escape(ref.label)}”? It will no longer start by itself."
    blocks: list[Block] = [section(text)]
    return Modal(
        type="modal",
        callback_id=View.UNSCHEDULE,
        title=plain("Remove schedule", TITLE_MAX),
        submit=plain("Remove", TITLE_MAX),
        close=plain("Keep", TITLE_MAX),
        private_metadata=form_context.model_copy(update={"kept": {"campaign": str(ref)}}).dump(),
        blocks=blocks + (facts(schedule_facts(schedule)) if schedule else []),
    )
