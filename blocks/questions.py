"""The questions before a schedule is removed and before a run is stopped."""

from collections.abc import Callable, Mapping

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as Modal

from blocks.card import schedule_facts
from blocks.environments import in_environment
from blocks.fields import Value
from blocks.form import ENVIRONMENT, FormContext, input_block
from blocks.forms.schedule import ScheduleForm
from blocks.ids import View
from blocks.kit import TITLE_MAX, escape, facts, plain, section
from bot.campaigns.actions import Action
from bot.campaigns.environment import Environment
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Schedule


def unschedule_question(ref: CampaignRef, schedule: Schedule | None, context: FormContext) -> Modal:
    """Ask whether to remove the schedule."""
    text = f"Remove the schedule of “{escape(ref.label)}”? It will no longer start by itself."
    shown = facts(schedule_facts(schedule)) if schedule else []
    modal = _question("Remove schedule", "Remove", ref, context, text)
    modal.callback_id = View.UNSCHEDULE
    modal.blocks = [*(modal.blocks or ()), *shown]
    return modal


def stop_question(ref: CampaignRef, _schedule: Schedule | None, context: FormContext) -> Modal:
    """Ask whether to stop the run: Kore.ai has no pause (contact-center/campaigns)."""
    text = (
        f"Stop “{escape(ref.label)}”? This ends its run and resets its data: if it is started "
        "again, everybody on its contact list is contacted again."
    )
    modal = _question("Stop campaign", "Stop", ref, context, text)
    modal.callback_id = View.STOP
    return modal


# The question before each action that has one.
QUESTIONS: Mapping[Action, Callable[[CampaignRef, Schedule | None, FormContext], Modal]] = {
    Action.UNSCHEDULE: unschedule_question,
    Action.STOP: stop_question,
}


def _question(title: str, submit: str, ref: CampaignRef, context: FormContext, text: str) -> Modal:
    """Build the modal; it carries `ref`, and asks for the environment if that is unknown."""
    blocks: list[Block] = [section(in_environment(_environment(ref, context)) + text)]
    if context.environments and not ref.environment:
        blocks.insert(0, input_block(ScheduleForm, ENVIRONMENT, "", context))
    kept: dict[str, Value] = {"campaign": str(ref), ENVIRONMENT: ref.environment}
    return Modal(
        type="modal",
        title=plain(title, TITLE_MAX),
        submit=plain(submit, TITLE_MAX),
        close=plain("Cancel", TITLE_MAX),
        private_metadata=context.model_copy(update={"kept": kept}).dump(),
        blocks=blocks,
    )


def _environment(ref: CampaignRef, context: FormContext) -> Environment | None:
    """Return the environment to name; None if there is just one."""
    if not (ref.environment and context.environments):
        return None
    looks = context.environments.get(ref.environment, True)
    return Environment(name=ref.environment, looks_like_production=looks)
