"""A channel gets a digest of its day, at the time that somebody has chosen, once."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot.campaigns.approval import ApprovalState
from bot.campaigns.schedule import Recurrence, Schedule
from bot.records import tables
from sandbox.kore.state import Status
from tests.flows.conftest import Author, end_all_runs, in_days
from tests.world import World

HERE = "marketing"
NEW_YORK = ZoneInfo("America/New_York")
SOON = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def none_left(world: World) -> Iterator[None]:
    """Leave no digest to other tests, and let none of their requests wait."""
    with world.services.records.engine.begin() as db:
        waits = tables.approvals.c.state == ApprovalState.WAITING
        db.execute(update(tables.approvals).where(waits).values(state=ApprovalState.WITHDRAWN))
    yield
    with world.services.records.engine.begin() as db:
        db.execute(tables.digests.delete())


async def chosen(ana: Author, at: str = "8:30 am") -> None:
    await ana.person.command(f"/campaign digest {at}", HERE)
    channel = ana.world.slack.workspace.channel_named(HERE).id
    while await ana.world.services.records.digests.of(channel) is None:
        await ana.world.idle()


async def due(ana: Author, since: datetime) -> None:
    """Let the digest be due now, and the one before it at a time."""
    moved = update(tables.digests).values(due_at=datetime.now(UTC), told_at=since)
    with ana.world.services.records.engine.begin() as db:
        db.execute(moved)
    await ana.world.services.work.tell_digests()
    await ana.world.idle()


def told(ana: Author) -> list[str]:
    return [m.words for m in ana.person.messages(HERE) if m.words.startswith("Campaigns today")]


async def turned(ana: Author, name: str, *statuses: Status) -> None:
    """Let the status of a campaign change by itself, and the bot read it each time."""
    for status in statuses:
        campaign = ana.world.kore.state.campaigns[ana.campaign_id(name)]
        ana.world.kore.state.turn(campaign, status)
        await ana.world.read_account()
        await ana.world.idle()


async def scheduled_today(ana: Author, name: str) -> None:
    """Let the bot know of a run that comes soon, and today in New York."""
    here = datetime.now(NEW_YORK)
    midnight = datetime.combine(here.date() + timedelta(days=1), time(), NEW_YORK)
    soon = min(SOON, (midnight - here) / 2)
    now = datetime.now(UTC).replace(tzinfo=None)
    schedule = Schedule(
        recurrence=Recurrence.DAILY,
        every=1,
        days=(),
        zone="UTC",
        start=now + soon,
        end=now + timedelta(days=9),
    )
    campaign = ana.campaign_id(name)
    await ana.world.services.records.campaigns.remember_schedule(campaign, schedule)
    await turned(ana, name, Status.SCHEDULED)


async def test_the_digest_says_what_the_day_brings(author: Author) -> None:
    ana = author
    end_all_runs(ana)
    await ana.world.read_account()
    began = datetime.now(UTC)
    runs, later, over, soon = (ana.world.name(each) for each in ("Runs", "Later", "Over", "Soon"))
    for each in (runs, later, over, soon):
        await ana.sms(each)
    form = await ana.form(f"/campaign schedule {later}", "Schedule a campaign")
    await ana.send(form, {"Start date": in_days(2), "End date": in_days(9)})
    await ana.card(later, "Scheduled by")
    await turned(ana, over, Status.ACTIVE, Status.COMPLETED)
    await turned(ana, runs, Status.ACTIVE)
    await scheduled_today(ana, soon)
    await chosen(ana)
    before = len(told(ana))
    await due(ana, began)
    await ana.world.services.work.tell_digests()
    await ana.world.idle()
    (digest,) = told(ana)[before:]
    will, now, ended = (digest.index(each) for each in ("Will run", "Runs now", "Ended"))
    assert will < digest.index(f": *{soon}*") < now < digest.index(f"*{runs}*: ") < ended
    assert ended < digest.index(f"*{over}*: :white_check_mark: Completed")
    assert later not in digest


async def test_nothing_is_told_on_a_day_with_nothing(ana: Author) -> None:
    end_all_runs(ana)
    await ana.world.read_account()
    await chosen(ana)
    before = told(ana)
    await due(ana, datetime.now(UTC))
    assert told(ana) == before


async def test_a_digest_is_changed_and_ended(ana: Author) -> None:
    await ana.person.command("/campaign digest", HERE)
    await ana.person.wait_message(HERE, containing="This channel gets no digest")
    await ana.person.command("/campaign digest at some time", HERE)
    await ana.person.wait_message(HERE, containing="“at some time” is not a time")
    await chosen(ana)
    await ana.person.wait_message(HERE, containing="get a digest", also="8:30 AM")
    await ana.person.command("/campaign digest", HERE)
    await ana.person.wait_message(HERE, containing="8:30 AM (America/New_York), chosen by")
    await ana.person.command("/campaign digest off", HERE)
    await ana.person.wait_message(HERE, containing="this channel gets no more digests")
    channel = ana.world.slack.workspace.channel_named(HERE).id
    assert await ana.world.services.records.digests.of(channel) is None


async def test_an_archived_channel_gets_no_digest_any_more(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    await turned(ana, name, Status.ACTIVE)
    await chosen(ana)
    channel = ana.world.slack.workspace.channel_named(HERE)
    channel.is_archived = True
    await due(ana, datetime.now(UTC))
    channel.is_archived = False
    assert await ana.world.services.records.digests.of(channel.id) is None
