"""Scheduling: opening the schedule form, and removing a schedule after a question."""

from datetime import UTC, datetime

from slack_sdk.errors import SlackApiError

from blocks import messages
from blocks.form import FormContext
from blocks.forms.schedule import values_of
from blocks.ids import View
from blocks.kit import Message
from blocks.unschedule import unschedule_question
from bot.campaigns.reasons import Undertaking
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Schedule
from bot.records import Submission
from handlers.desk import Desk
from handlers.forms import open_form
from handlers.payloads import Command, Press, Submit


async def new_schedule(desk: Desk, command: Command, rest: str) -> Message | None:
    """`/campaign schedule [name or ID]`."""
    await _open_schedule(desk, command, rest)
    return None


async def press_schedule(desk: Desk, press: Press) -> None:
    """The button on a card, which names the campaign."""
    await _open_schedule(desk, press, press.value)


async def press_new_schedule(desk: Desk, press: Press) -> None:
    """The button in the menu, which names none."""
    await _open_schedule(desk, press, "")


async def ask_unschedule(desk: Desk, command: Command, rest: str) -> Message | None:
    """`/campaign unschedule <name or ID>`: ask first."""
    if not rest:
        return messages.names_no_campaign("unschedule")
    ref, schedule = await _known(desk, rest)
    desk.errands.start(_ask(desk, command, ref, schedule))
    return None


async def press_unschedule(desk: Desk, press: Press) -> None:
    """The button on a card: ask first."""
    ref, schedule = await _known(desk, press.value)
    desk.errands.start(_ask(desk, press, ref, schedule))


async def unschedule(desk: Desk, submit: Submit) -> dict[str, str]:
    """The question was answered with yes."""
    context = FormContext.model_validate_json(submit.view.private_metadata)
    submission = Submission(
        key=submit.view.id,
        action=Undertaking.UNSCHEDULE,
        author=submit.user,
        channel=context.channel,
        asked_in=context.channel,
        response_url=context.response_url,
        payload={"campaign": str(context.kept["campaign"])},
        accepted_at=datetime.now(UTC),
    )
    await desk.work.accept(submission)
    return {}


async def _open_schedule(desk: Desk, asked: Command | Press, typed: str) -> None:
    """Open the form, with the schedule there is if the campaign and its schedule are known."""
    ref, schedule = await _known(desk, typed)
    given = values_of(schedule) if schedule else {}
    open_form(desk, asked, View.SCHEDULE, given | {"campaign": str(ref) or None})


async def _ask(
    desk: Desk, asked: Command | Press, ref: CampaignRef, schedule: Schedule | None
) -> None:
    context = FormContext(channel=asked.channel, response_url=asked.response_url)
    question = unschedule_question(ref, schedule, context)
    try:
        await desk.slack.views_open(trigger_id=asked.trigger_id, view=question)
    except SlackApiError:
        await desk.poster.respond(asked.response_url, messages.form_not_opened())


async def _known(desk: Desk, typed: str) -> tuple[CampaignRef, Schedule | None]:
    """The campaign meant, with its id if the bot knows just one of that name, and its schedule."""
    ref = CampaignRef.parse(typed)
    if ref.id:
        found = [known] if (known := await desk.records.known(ref.id)) else []
    else:
        fitting = await desk.records.search(text=ref.name, limit=20) if ref.name else []
        found = [each for each in fitting if each.snapshot.name.lower() == ref.name.lower()]
    if len(found) != 1:
        return ref, None
    snapshot = found[0].snapshot
    return CampaignRef(id=snapshot.id, name=snapshot.name), found[0].schedule
