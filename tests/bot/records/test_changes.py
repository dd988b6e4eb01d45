"""Changes of campaigns: whom they concern is told in the transaction in which they are stored."""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import update

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.changes import DoneBy
from bot.campaigns.digests import DigestTime
from bot.campaigns.filters import CampaignFilter
from bot.campaigns.notifications import Card, DigestNotice, Drift, WatchedChanges
from bot.campaigns.values import Kind, Status
from bot.campaigns.watches import Watch
from bot.records import Done, Post, Records, State, Submission, tables
from tests.asked import command_for, submission
from tests.bot.records.approving import LATER, asked

SALE = Snapshot(
    id="cd-1",
    name="Spring sale",
    kind=Kind.SMS,
    status=Status.READY,
    priority=5,
    environment="production",
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
)
ACTIVE = SALE.model_copy(update={"status": Status.ACTIVE})


def watch(channel: str = "C2", **fields: object) -> Watch:
    return Watch.model_validate(
        {"channel": channel, "author": "U1", "since": datetime(2026, 1, 2, tzinfo=UTC), **fields}
    )


async def carried_out(records: Records, action: Action) -> Submission:
    """Carry out a submission about the campaign, which is done but not finished."""
    given = submission(command_for(action), author="U1")
    await records.accept(given)
    begun = await records.take_up(given.key)
    assert begun
    await records.keep_before(given.key, SALE)
    await records.mark(begun, State.SENDING)
    await records.mark(begun, State.DONE, Done(campaign=SALE.id))
    return begun


async def waiting(records: Records) -> list[object]:
    """Return what waits in the outbox, in the order of its keys, also what is not due yet."""
    with records.engine.begin() as db:
        db.execute(update(tables.outbox).values(due_at=tables.outbox.c.asked_at))
    claimed = [await records.outbox.claim(key) for key in sorted(await records.outbox.due(100))]
    return [each.content for each in claimed if each]


async def test_followers_are_told_of_several_changes_in_one_message(records: Records) -> None:
    other = SALE.model_copy(update={"id": "cd-2", "name": "Other"})
    await records.catalog.saw([SALE, other])
    assert await records.watches.add(watch())
    assert await records.watches.add(watch("C3", filter=CampaignFilter(text="other")))
    assert not await records.watches.add(watch())
    turned = [each.model_copy(update={"status": Status.ACTIVE}) for each in (SALE, other)]
    for each in turned:
        await records.catalog.saw([each])
    c2, c3 = await waiting(records)
    assert isinstance(c2, WatchedChanges)
    assert isinstance(c3, WatchedChanges)
    assert [each.campaign.id for each in c2.changes] == ["cd-1", "cd-2"]
    assert [each.campaign.id for each in c3.changes] == ["cd-2"]


async def test_what_the_bot_is_changing_is_told_by_that_action_alone(records: Records) -> None:
    await records.catalog.saw([SALE])
    await records.watches.add(watch())
    given = await carried_out(records, Action.START)
    await records.catalog.saw([ACTIVE])
    assert await records.outbox.pending() == 0
    done = DoneBy(action=Action.START, author="U1", channel="C1")
    for _ in range(2):
        await records.changes.done(given.key, ACTIVE, done)
    by_kind = {type(each): each for each in await waiting(records)}
    assert by_kind.keys() == {Card, WatchedChanges}
    told = by_kind[WatchedChanges]
    assert isinstance(told, WatchedChanges)
    assert [each.done for each in told.changes] == [done]


async def test_a_look_tells_the_same_as_a_list(records: Records) -> None:
    await records.catalog.saw([SALE])
    await records.cards.keep(Post(campaign_id=SALE.id, channel="C1", ts="1.1"))
    await records.campaigns.remember(ACTIVE)
    keys = sorted(await records.outbox.due(10))
    assert keys[0] == "C1 cd-1"
    assert keys[1].startswith("C1 cd-1 change ")
    assert len(keys) == 2


async def test_who_approved_it_is_told_of_settings_that_changed(records: Records) -> None:
    await records.catalog.saw([SALE])
    given = await carried_out(records, Action.SCHEDULE)
    await records.finish(given)
    wanted = asked(given.key).model_copy(update={"action": Action.SCHEDULE})
    await records.approvals.ask(wanted)
    await records.approvals.approve(given.key, "d1", by="U2", now=LATER, hold=timedelta())
    before = await records.outbox.pending()
    await records.catalog.saw([SALE.model_copy(update={"priority": 1})])
    assert await records.outbox.pending() == before + 1
    (drift,) = [each for each in await waiting(records) if isinstance(each, Drift)]
    assert (drift.person, drift.approved) == ("U2", Action.SCHEDULE)
    assert drift.change.became == {"priority": 1}


async def test_a_digest_is_told_once_and_knows_what_ended(records: Records) -> None:
    chosen = DigestTime(channel="C1", author="U1", at=time(8), zone="UTC")
    await records.digests.keep(chosen)
    await records.digests.tell_due()
    assert await records.outbox.pending() == 0
    now = datetime.now(UTC)
    with records.engine.begin() as db:
        db.execute(update(tables.digests).values(due_at=now - timedelta(seconds=5), told_at=now))
    await records.catalog.saw([ACTIVE])
    await records.catalog.saw([ACTIVE.model_copy(update={"status": Status.COMPLETED})])
    for _ in range(2):
        await records.digests.tell_due()
    (told,) = await waiting(records)
    assert isinstance(told, DigestNotice)
    assert told.chosen == chosen
    (ended,) = await records.campaigns.ended(None, told.since - timedelta(minutes=1), 10)
    assert ended.snapshot.id == SALE.id
    assert await records.campaigns.ended(("sandbox",), told.since, 10) == []
    assert await records.digests.stop("C1")
    assert not await records.digests.stop("C1")


async def test_who_scheduled_a_campaign_last_is_known(records: Records) -> None:
    assert await records.coming_runs.scheduled_by(SALE.id) is None
    await carried_out(records, Action.SCHEDULE)
    latest = await carried_out(records, Action.SCHEDULE)
    await carried_out(records, Action.START)
    found = await records.coming_runs.scheduled_by(SALE.id)
    assert found
    assert found.key == latest.key
