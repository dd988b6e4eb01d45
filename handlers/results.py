"""The results of a voice campaign's run: for all who may look, or as a file for one person."""

from datetime import UTC, datetime

from blocks import messages
from blocks.kit import Message
from bot.campaigns.actions import Action
from bot.campaigns.commands import ShowResults
from bot.campaigns.refs import CampaignRef
from bot.campaigns.roles import Permission
from bot.records import Submission
from handlers.actions import origin
from handlers.payloads import Press, SlashCommand
from handlers.services import Services


async def by_command(services: Services, command: SlashCommand, rest: str) -> Message | None:
    """Handle `/campaign results <name or ID>`: show them below the campaign's card."""
    if not rest:
        return messages.names_no_campaign(Action.RESULTS)
    return await _ask(services, command, rest, Permission.RESULTS)


async def by_button(services: Services, press: Press) -> None:
    """Handle the Results button of a card."""
    if refused := await _ask(services, press, press.value, Permission.RESULTS):
        services.answer(press, refused)


async def as_file(services: Services, press: Press) -> None:
    """Handle the button below results: send the results by contact to whoever pressed it."""
    if refused := await _ask(services, press, press.value, Permission.RESULTS_FILE):
        services.answer(press, refused)


async def _ask(
    services: Services, request: SlashCommand | Press, typed: str, needed: Permission
) -> Message | None:
    """Begin to read the results where the person may, or return the reason why not."""
    ref = CampaignRef.parse(typed)
    environment = await services.environment_of(ref)
    if refused := services.refusal(request, needed, environment):
        return refused
    among = services.among(request, needed)
    submission = Submission(
        **origin(request, request.trigger_id).model_dump(exclude={"environment"}),
        environment=environment,
        command=ShowResults(
            campaign=ref,
            among=None if among is None else tuple(among),
            as_file=needed is Permission.RESULTS_FILE,
        ),
        accepted_at=datetime.now(UTC),
    )
    await services.work.accept(submission)
    return None
