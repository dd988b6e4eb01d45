"""A person finds only their own requests, in the environments that they may see, latest first."""

from datetime import datetime

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.reasons import Failure, Reason
from bot.records import Done, Records, State
from tests.asked import command_for, submission
from tests.bot.records.approving import HOUR, NOON, asked, decline

ANA, RAVI = "U_ANA", "U_RAVI"


async def done(
    records: Records, person: str, campaign: str, at: datetime, action: Action = Action.CREATE
) -> str:
    """Store a submission that was carried out on this campaign, and return its key."""
    key = f"{person} {action} {campaign} {at:%H}"
    request = submission(command_for(action), key=key, author=person, accepted_at=at)
    await records.accept(request)
    await records.mark(request, State.DONE, Done(campaign=campaign))
    return key


async def remember(records: Records, *ids: str, environment: str = "production") -> None:
    for each in ids:
        await records.campaigns.remember(
            Snapshot(id=each, name=each, status="Ready", environment=environment)
        )


async def found(
    records: Records, person: str = ANA, among: tuple[str, ...] = ("production",), limit: int = 10
) -> list[tuple[str, datetime]]:
    rows = await records.campaigns.asked_for(person, among=among, limit=limit)
    return [(known.snapshot.id, at) for known, at in rows]


async def test_a_person_finds_their_own_requests_latest_first(records: Records) -> None:
    await remember(records, "cd-1", "cd-2", "cd-3")
    await done(records, ANA, "cd-1", NOON)
    await done(records, ANA, "cd-2", NOON + HOUR)
    await done(records, RAVI, "cd-3", NOON)
    assert await found(records) == [("cd-2", NOON + HOUR), ("cd-1", NOON)]
    assert await found(records, RAVI) == [("cd-3", NOON)]
    assert await found(records, "U_TOM") == []


async def test_a_campaign_is_listed_once_with_its_latest_request(records: Records) -> None:
    await remember(records, "cd-1", "cd-2")
    await done(records, ANA, "cd-1", NOON)
    await done(records, ANA, "cd-2", NOON + HOUR)
    await done(records, ANA, "cd-1", NOON + 2 * HOUR, Action.SCHEDULE)
    assert await found(records) == [("cd-1", NOON + 2 * HOUR), ("cd-2", NOON + HOUR)]


async def test_a_look_up_is_not_listed(records: Records) -> None:
    await remember(records, "cd-1")
    await done(records, ANA, "cd-1", NOON, Action.STATUS)
    assert await found(records) == []


async def test_failed_and_unfinished_requests_are_not_listed(records: Records) -> None:
    await remember(records, "cd-1")
    request = submission(command_for(Action.CREATE), author=ANA, accepted_at=NOON)
    await records.accept(request)
    assert await found(records) == []
    await records.mark(request, State.FAILED, Failure(reason=Reason.NOT_FOUND))
    assert await found(records) == []


async def test_requests_are_filtered_by_environment_and_limited(records: Records) -> None:
    await remember(records, "cd-1", "cd-2")
    await remember(records, "cd-3", environment="sandbox")
    for hour, campaign in enumerate(("cd-1", "cd-2", "cd-3")):
        await done(records, ANA, campaign, NOON + hour * HOUR)
    assert [each for each, _ in await found(records, limit=1)] == ["cd-2"]
    both = await found(records, among=("production", "sandbox"))
    assert [each for each, _ in both] == ["cd-3", "cd-2", "cd-1"]
    assert await found(records, among=()) == []


async def test_waiting_approvals_are_listed_oldest_first(records: Records) -> None:
    for number in (2, 1, 3):
        await records.approvals.ask(asked(f"V{number}", at=NOON + number * HOUR))
    assert [each.key for each in await records.approvals.waiting()] == ["V1", "V2", "V3"]
    await decline(records, now=NOON + 2 * HOUR)
    assert await records.approvals.waiting() == [
        asked("V2", at=NOON + 2 * HOUR),
        asked("V3", at=NOON + 3 * HOUR),
    ]
