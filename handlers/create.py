"""Creating campaigns: open the forms by command or button, and again after a failure."""

from datetime import UTC, datetime

from blocks import messages
from blocks.forms import FORMS
from blocks.ids import View
from blocks.kit import Message
from blocks.one_line import NO_TEXT, FromLine
from bot.campaigns.actions import ACTIONS
from bot.campaigns.commands import CreateSms, CreateVoice, Retry, RetryMode
from bot.campaigns.roles import Permission
from bot.campaigns.values import Kind
from bot.records import State, Submission
from handlers.forms import open_form
from handlers.one_line import campaign_line
from handlers.payloads import Press, SlashCommand
from handlers.services import Services


async def new_sms(services: Services, command: SlashCommand, rest: str) -> Message | None:
    """Handle `/campaign sms [name]`, or a line that says more."""
    line = await campaign_line(services, command, rest, Kind.SMS)
    open_form(services, command, View.SMS, line=line)
    return None


async def new_voice(services: Services, command: SlashCommand, rest: str) -> Message | None:
    """Handle `/campaign voice [name]`, or a line that says more."""
    line = await campaign_line(services, command, rest, Kind.VOICE)
    open_form(services, command, View.VOICE, line=line)
    return None


async def import_campaigns(services: Services, command: SlashCommand, _rest: str) -> None:
    """Handle `/campaign import`."""
    open_form(services, command, View.IMPORT)


async def press_sms(services: Services, press: Press) -> None:
    """Handle the button for a new SMS campaign."""
    open_form(services, press, View.SMS)


async def press_voice(services: Services, press: Press) -> None:
    """Handle the button for a new voice campaign."""
    open_form(services, press, View.VOICE)


async def press_import(services: Services, press: Press) -> None:
    """Handle the button for campaigns from a CSV file."""
    open_form(services, press, View.IMPORT)


async def press_new(services: Services, press: Press) -> None:
    """Handle the shortcut for a new campaign of either kind."""
    services.answer(press, messages.new_campaign())


async def from_message(services: Services, press: Press) -> None:
    """Handle the shortcut on a message: its text becomes the text of an SMS campaign."""
    taken = FromLine({"message": press.text}) if press.text else FromLine(remark=NO_TEXT)
    open_form(services, press, View.SMS, line=lambda _zone: taken)


async def edit_again(services: Services, press: Press) -> None:
    """Handle the button on a failure: reopen the form for the person who filled it in."""
    kept = await services.records.submission(press.value) or await services.records.drafts.get(
        press.value
    )
    if kept is None or kept.author != press.user or kept.form is None:
        services.answer(press, messages.form_gone())
        return
    view, original = View(kept.form.view), press.where(kept.asked_in)
    permission = ACTIONS[FORMS[view].action].permission
    if refused := services.refusal(original, permission, kept.environment):
        services.answer(press, refused)
        return
    open_form(services, original, view, kept.form.values, unfolded=kept.form.unfolded)


async def check_again(services: Services, press: Press) -> None:
    """Handle the button on an unknown outcome: check whether the campaign exists now."""
    await _retry(services, press, RetryMode.LOOK)


async def create_now(services: Services, press: Press) -> None:
    """Handle the button beside it: create the campaign if it does not exist. A second press
    has no further effect.
    """
    await _retry(services, press, RetryMode.CREATE)


async def _retry(services: Services, press: Press, mode: RetryMode) -> None:
    """Continue a creation that was sent and whose outcome is unknown.

    It was reviewed and approved at that time.
    """
    earlier = await services.records.submission(press.value)
    command = earlier.command if earlier else None
    if not (
        earlier
        and isinstance(command, CreateSms | CreateVoice)
        and (earlier.author, earlier.state) == (press.user, State.UNKNOWN)
    ):
        services.answer(press, messages.form_gone())
        return
    original = press.where(earlier.asked_in)
    if refused := services.refusal(original, Permission.CREATE, earlier.environment):
        services.answer(press, refused)
        return
    retry = _next(earlier.key, command.retry, mode)
    once = press.trigger_id if mode is RetryMode.LOOK else "now"
    again = Submission(
        key=f"{retry.first}:{retry.attempt}:{once}",
        author=earlier.author,
        channel=earlier.channel,
        asked_in=earlier.asked_in,
        response_url=press.response_url,
        environment=earlier.environment,
        form=earlier.form,
        command=command.model_copy(update={"retry": retry}),
        accepted_at=datetime.now(UTC),
    )
    await services.work.accept(again)


def _next(key: str, before: Retry | None, mode: RetryMode) -> Retry:
    """Return the retry after another, or after the first submission, which has this key."""
    first, attempt = (before.first, before.attempt) if before else (key, 0)
    return Retry(mode=mode, first=first, attempt=attempt + (mode is RetryMode.CREATE))
