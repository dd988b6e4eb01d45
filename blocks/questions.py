"""The question before an action that has no review."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as Modal

from blocks.actions import WORDS
from blocks.card import schedule_facts
from blocks.environments import in_environment
from blocks.fields import Value
from blocks.form import ENVIRONMENT, FormContext, input_block
from blocks.forms.schedule import ScheduleForm
from blocks.kit import TITLE_MAX, escape, facts, plain, section
from bot.campaigns.actions import Action
from bot.campaigns.environment import Environment
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Schedule


def question(
    action: Action, ref: CampaignRef, schedule: Schedule | None, context: FormContext
) -> Modal:
    """Ask the action's question. The modal carries `ref`, and has a field for its environment if
    that is unknown.

    Raises:
        LookupError: the action has no question.
    """
    words = WORDS[action]
    if words.question is None:
        raise LookupError(action)
    asks = in_environment(_environment(ref, context)) + words.question.text.format(
        name=escape(ref.label)
    )
    blocks: list[Block] = [section(asks)]
    if context.environments and not ref.environment:
        blocks.insert(0, input_block(ScheduleForm, ENVIRONMENT, "", context))
    if schedule and words.question.shows_schedule:
        blocks += facts(schedule_facts(schedule))
    kept: dict[str, Value] = {"campaign": str(ref), ENVIRONMENT: ref.environment}
    return Modal(
        type="modal",
        callback_id=action,
        title=plain(words.question.title, TITLE_MAX),
        submit=plain(words.confirm, TITLE_MAX),
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
