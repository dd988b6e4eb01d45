"""The Home tab: drawn for each person when they open it, and again after a press on it."""

import asyncio
from collections.abc import Collection
from datetime import UTC, datetime

import structlog
from slack_sdk.models.views import View as Tab

from blocks import home
from blocks.approval import Asking
from bot.campaigns.approval import Approval
from bot.campaigns.roles import Permission
from bot.campaigns.upcoming import Upcoming, upcoming
from bot.records import DatabaseFault
from bot.slack import SlackError
from handlers.lookups import list_page
from handlers.payloads import Event
from handlers.services import Services

# Of more scheduled campaigns, the last changed are shown, and it is said that there are others.
SCHEDULED_MAX = 500

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
    admin_of = services.permitted(person, Permission.STOP_ALL)
    shown = home.Shown(
        asked=await _asked(services, person, may_look),
        waiting=await _waiting(services, person),
        undelivered=await _undelivered(services, person),
        upcoming=await _upcoming(services, may_look),
        latest=await list_page(services, may_look, 0, ""),
        may_stop_all=[each for each in services.environments.all if each.name in admin_of],
    )
    return home.home(shown, services.environments)


async def _asked(
    services: Services, person: str, environments: Collection[str]
) -> list[home.AskedFor]:
    found = await services.records.campaigns.asked_for(
        person, among=environments, limit=home.ROWS_MAX
    )
    return [home.AskedFor(known.snapshot, known.seen_at, at) for known, at in found]


async def _undelivered(services: Services, person: str) -> list[home.Undelivered]:
    late = await services.records.outbox.late(person, home.ROWS_MAX)
    return [home.Undelivered(each.name, each.action, each.asked_at, each.fault) for each in late]


async def _upcoming(services: Services, environments: Collection[str]) -> Upcoming:
    found = await services.records.campaigns.scheduled(environments, SCHEDULED_MAX + 1)
    known = [(each.snapshot, each.schedule) for each in found[:SCHEDULED_MAX]]
    more = len(found) > SCHEDULED_MAX
    # Runs are computed day by day, which takes a while for hundreds of schedules.
    return await asyncio.to_thread(upcoming, known, datetime.now(UTC), home.RUNS_MAX, more=more)


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
