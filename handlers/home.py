"""The Home tab: drawn for each person when they open it, and again after a press on it."""

from collections.abc import Collection
from datetime import UTC, datetime

import structlog
from slack_sdk.models.views import View as Tab

from blocks import home
from blocks.approval import Asking
from bot.campaigns.approval import Approval
from bot.campaigns.roles import Permission
from bot.records import DatabaseFault
from bot.slack import SlackError
from handlers.lookups import list_page
from handlers.payloads import Event
from handlers.services import Services

log = structlog.get_logger()


async def opened(services: Services, event: Event) -> None:
    """Draw the Home tab when a person opens it. The app's Messages tab needs no drawing."""
    if event.tab == "home":
        draw(services, event.user)


def draw(services: Services, person: str) -> None:
    """Publish a person's Home tab, after the answer to Slack."""
    services.tasks.start(_publish(services, person))


async def _publish(services: Services, person: str) -> None:
    await services.access.refresh()
    try:
        tab = await _tab(services, person)
    except DatabaseFault as fault:
        log.error("home.not_drawn", fault=str(fault))  # noqa: TRY400 # the fault says it all
        tab = home.records_closed()
    try:
        await services.slack.publish_home(person, tab)
    except SlackError as error:
        log.warning("home.not_drawn", reason=error.reason)


async def _tab(services: Services, person: str) -> Tab:
    """Build what this person may see. The tab has no channel, so roles by channel do not count."""
    if refused := services.access.refusal(person, "", Permission.LIST, None):
        return home.no_role(refused)
    may_look = services.permitted(person, Permission.LIST)
    found = await services.records.campaigns.asked_for(person, among=may_look, limit=home.ROWS_MAX)
    rows = [home.AskedFor(known.snapshot, known.seen_at, at) for known, at in found]
    waiting = await _waiting(services, person)
    late = await services.records.outbox.late(person, home.ROWS_MAX)
    undelivered = [home.Undelivered(each.name, each.asked_at, each.fault) for each in late]
    latest = await list_page(services, may_look, 0, "")
    return home.home(rows, waiting, undelivered, latest, services.environments)


async def _waiting(services: Services, person: str) -> list[Asking]:
    """Return the requests that this person may answer; nobody answers their own."""
    may_answer = services.permitted(person, Permission.APPROVE)
    if not may_answer:
        return []
    now = datetime.now(UTC)
    waiting = await services.records.approvals.waiting()
    found = [
        await _asking(services, each, may_answer)
        for each in waiting
        if each.card_channel and each.asked_by != person and not each.is_over(now)
    ]
    return [each for each in found if each]


async def _asking(services: Services, approval: Approval, among: Collection[str]) -> Asking | None:
    """Return the request, if it is for one of these environments."""
    submission = await services.records.submission(approval.key)
    if submission is None or submission.review is None or submission.environment not in among:
        return None
    return Asking(
        review=submission.review,
        approval=approval,
        where=services.environments.to_name(submission.environment),
    )
