"""The questions before a schedule is removed and before a run is stopped."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as Modal

from blocks.card import schedule_facts
from blocks.form import FormContext
from blocks.ids import View
from blocks.kit import TITLE_MAX, escape, facts, plain, section
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Schedule


def unschedule_question(ref: CampaignRef, schedule: Schedule | None, context: FormContext) -> Modal:
    """What removing the schedule means; the submission finds `ref` among what the form kept."""
    text = f"Remove the schedule of “{escape(ref.label)}”? It will no longer start by itself."
    shown = facts(schedule_facts(schedule)) if schedule else []
    modal = _question("Remove schedule", "Remove", ref, context, [section(text), *shown])
    modal.callback_id = View.UNSCHEDULE
    return modal


def stop_question(ref: CampaignRef, context: FormContext) -> Modal:
    """What stopping means: Kore.ai has no pause (contact-center/campaigns)."""
    text = (
        f"Stop “{escape(ref.label)}”? This ends its run and resets its data: if it is started "
        "again, everybody on its contact list is contacted again."
    )
    modal = _question("Stop campaign", "Stop", ref, context, [section(text)])
    modal.callback_id = View.STOP
    return modal


def _question(
    title: str, submit: str, ref: CampaignRef, context: FormContext, blocks: Sequence[Block]
) -> Modal:
    return Modal(
        type="modal",
        title=plain(title, TITLE_MAX),
        submit=plain(submit, TITLE_MAX),
        close=plain("Cancel", TITLE_MAX),
        private_metadata=context.model_copy(update={"kept": {"campaign": str(ref)}}).dump(),
        blocks=blocks,
    )
