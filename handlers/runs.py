"""Running campaigns now: a start after its review, a stop after a question."""

from datetime import UTC, datetime

from blocks import messages
from blocks.kit import Message
from blocks.questions import stop_question
from bot.campaigns.actions import Action
from bot.campaigns.roles import Permission
from bot.records import Submission
from handlers import questions, review
from handlers.desk import Desk
from handlers.payloads import Command, Press, Submit
from handlers.replies import Reply


async def ask_start(desk: Desk, command: Command, rest: str) -> Message | None:
    """`/campaign start <name or ID>`: review first."""
    if not rest:
        return messages.names_no_campaign("start")
    return await _review(desk, command, rest)


async def press_start(desk: Desk, press: Press) -> None:
    """The button on a card: review first."""
    if notice := await _review(desk, press, press.value):
        desk.answer(press, notice)


async def ask_stop(desk: Desk, command: Command, rest: str) -> Message | None:
    """`/campaign stop <name or ID>`: ask first."""
    if not rest:
        return messages.names_no_campaign("stop")
    return await _ask(desk, command, rest)


async def press_stop(desk: Desk, press: Press) -> None:
    """The button on a card: ask first."""
    if notice := await _ask(desk, press, press.value):
        desk.answer(press, notice)


async def stop(desk: Desk, sent: Submit) -> Reply:
    """The question was answered with yes."""
    return await questions.accept(desk, sent, Action.STOP)


async def _review(desk: Desk, asked: Command | Press, typed: str) -> Message | None:
    """Put the review before whoever asks, or say why there is none."""
    ref, _ = await desk.meant(asked, typed)
    environment = await desk.environment_of(ref)
    if environment is None:
        return messages.names_no_environment(ref)
    if refused := desk.refusal(asked, Permission.START, environment):
        return refused
    submission = Submission(
        key="",  # the review's own view gives it
        action=Action.START,
        author=asked.user,
        channel=asked.channel,
        asked_in=asked.channel,
        response_url=asked.response_url,
        payload={"campaign": str(ref)},
        accepted_at=datetime.now(UTC),
        environment=environment,
    )
    review.open_for(desk, asked, submission)
    return None


async def _ask(desk: Desk, asked: Command | Press, typed: str) -> Message | None:
    """Put the question before whoever asks, or say why there is none."""
    ref, _ = await desk.meant(asked, typed)
    if refused := desk.refusal(asked, Permission.STOP, ref.environment):
        return refused
    questions.ask(desk, asked, stop_question(ref, questions.context_of(desk, asked)))
    return None
