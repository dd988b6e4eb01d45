"""Actions on an existing campaign, by command or button, once its environment is known."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from blocks import messages
from blocks.actions import WORDS
from blocks.ask_environment import environment_question
from blocks.form import ENVIRONMENT, FormContext, FormErrors, read
from blocks.ids import Button, opens
from blocks.kit import Message
from bot.campaigns.actions import ACTIONS, Action
from bot.campaigns.commands import BY_NAME
from bot.campaigns.refs import CampaignRef
from bot.campaigns.roles import Permission
from bot.records import Origin
from handlers import edit, review
from handlers.environments import environment_chosen
from handlers.payloads import Press, SlashCommand, Submit
from handlers.replies import Reply, errors
from handlers.services import Services

OnCommand = Callable[[Services, SlashCommand, str], Awaitable[Message | None]]
OnPress = Callable[[Services, Press], Awaitable[None]]
OnSubmit = Callable[[Services, Submit], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class OnCampaign:
    """What a person can do with an existing campaign.

    `button` is its action on a card, and `title` its name there. `begin` opens its first view after
    the answer to Slack, and `push` shows that on top of the question for the environment.
    """

    button: str
    title: str
    permission: Permission
    begin: Callable[[Services, SlashCommand | Press, Origin, CampaignRef], None]
    push: Callable[[Services, Submit, Origin, CampaignRef], Awaitable[Reply]]


def _reviewed(action: Action) -> OnCampaign:
    """Return an action that needs only the campaign, so that its first view is its review."""

    def begin(
        services: Services, sent: SlashCommand | Press, asked: Origin, ref: CampaignRef
    ) -> None:
        review.open_for(services, sent, asked, BY_NAME[action](campaign=ref))

    async def push(services: Services, sent: Submit, asked: Origin, ref: CampaignRef) -> Reply:
        return await review.begin(services, asked, BY_NAME[action](campaign=ref), sent.trigger_id)

    return OnCampaign(opens(action), WORDS[action].button, ACTIONS[action].permission, begin, push)


# By subcommand, which is also the `callback_id` of the question for the environment.
ON_CAMPAIGN: Mapping[str, OnCampaign] = {
    **{action: _reviewed(action) for action in BY_NAME},
    Action.EDIT: OnCampaign(
        opens(Action.EDIT),
        WORDS[Action.EDIT].button,
        Permission.EDIT,
        edit.open_edit,
        edit.push_edit,
    ),
    "clone": OnCampaign(Button.CLONE, "Clone", Permission.CREATE, edit.open_clone, edit.push_clone),
}


def by_command(word: str) -> OnCommand:
    """Return the handler of `/campaign <word> <name or ID>`."""

    async def ask(services: Services, command: SlashCommand, rest: str) -> Message | None:
        return await _ask(services, command, rest, word) if rest else names_none

    names_none = messages.names_no_campaign(word)
    return ask


def by_button(word: str) -> OnPress:
    """Return the handler of the button on a card."""

    async def ask(services: Services, press: Press) -> None:
        if refused := await _ask(services, press, press.value, word):
            services.answer(press, refused)

    return ask


async def press_set_back(services: Services, press: Press) -> None:
    """Handle the button that sets a campaign back after somebody changed it elsewhere."""
    ref = CampaignRef.parse(press.value)
    environment = await services.environment_of(ref)
    if refused := services.refusal(press, Permission.EDIT, environment):
        services.answer(press, refused)
        return
    asked = origin(press, "").model_copy(update={"environment": environment})
    edit.open_set_back(services, press, asked, ref)


def in_environment(word: str) -> OnSubmit:
    """Return the handler that goes on once a person has chosen the environment."""
    return partial(_go_on_there, word)


async def _ask(
    services: Services, sent: SlashCommand | Press, typed: str, word: str
) -> Message | None:
    """Open the first view, or first ask for the environment; or return the reason why not."""
    ref, _ = await services.meant(sent, typed)
    environment = await services.environment_of(ref)
    if refused := services.refusal(sent, ON_CAMPAIGN[word].permission, environment):
        return refused
    if environment is None:
        services.tasks.start(_ask_environment(services, sent, ref, word))
        return None
    # The key comes from the view that is opened.
    asked = origin(sent, "").model_copy(update={"environment": environment})
    ON_CAMPAIGN[word].begin(services, sent, asked, ref)
    return None


async def _ask_environment(
    services: Services, sent: SlashCommand | Press, ref: CampaignRef, word: str
) -> None:
    doing = ON_CAMPAIGN[word]
    context = FormContext(
        channel=sent.channel,
        response_url=sent.response_url,
        environments=services.choices(sent, doing.permission),
    )
    await services.open_modal(sent, environment_question(word, doing.title, ref, context))


async def _go_on_there(word: str, services: Services, sent: Submit) -> Reply:
    """Go on in the chosen environment; the modal carries the campaign."""
    context = FormContext.load(sent.view.private_metadata)
    ref = CampaignRef.parse(context.carried("campaign"))
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
    if denied := services.denied(asked, ON_CAMPAIGN[word].permission):
        return denied
    return await ON_CAMPAIGN[word].push(services, sent, asked, ref)


def origin(sent: SlashCommand | Press, key: str) -> Origin:
    """Return who sent a command or pressed a button, and where."""
    return Origin(
        key=key,
        author=sent.user,
        channel=sent.channel,
        asked_in=sent.channel,
        response_url=sent.response_url,
    )
