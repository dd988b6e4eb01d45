"""Approving a schedule ends the other requests for a schedule of the same campaign."""

from bot.campaigns.actions import Action
from bot.campaigns.approval import ApprovalState, Outcome
from bot.campaigns.commands import ScheduleCampaign, StartCampaign
from bot.campaigns.refs import CampaignRef
from bot.records import Records
from tests.asked import command_for, submission
from tests.bot.records.approving import LATER, NO_HOLD, asked, state_of

SALE = CampaignRef(id="cd-1", name="Spring sale")


async def requested(
    records: Records, key: str, ref: CampaignRef = SALE, *, place: str = "production"
) -> None:
    """Store a schedule that waits for approval."""
    schedule = command_for(Action.SCHEDULE).model_copy(update={"campaign": ref})
    assert isinstance(schedule, ScheduleCampaign)
    await records.accept(submission(schedule, key=key, environment=place))
    await records.approvals.ask(asked(key).model_copy(update={"action": Action.SCHEDULE}))


async def approve_first(records: Records) -> Outcome:
    decision = await records.approvals.approve("V1", "d1", by="U_BOSS", now=LATER, hold=NO_HOLD)
    return decision.outcome


async def test_the_other_request_ends_and_its_author_is_told(records: Records) -> None:
    await requested(records, "V1")
    await requested(records, "V2", CampaignRef(name="SPRING sale"))
    assert await approve_first(records) is Outcome.DONE
    assert await state_of(records, "V2") is ApprovalState.REPLACED
    ended = await records.outbox.claim("V2 ended")
    assert ended
    assert ended.submission == "V2"
    second = await records.approvals.approve("V2", "d1", by="U_BOSS", now=LATER, hold=NO_HOLD)
    assert second.outcome is Outcome.OVERTAKEN


async def test_requests_for_other_campaigns_and_environments_go_on(records: Records) -> None:
    await requested(records, "V1")
    await requested(records, "V2", CampaignRef(id="cd-2", name="Spring sale"))
    await requested(records, "V3", place="sandbox")
    start = StartCampaign(campaign=SALE)
    await records.accept(submission(start, key="V4", environment="production"))
    await records.approvals.ask(asked("V4").model_copy(update={"action": Action.START}))
    await approve_first(records)
    assert [await state_of(records, key) for key in ("V2", "V3", "V4")] == ["waiting"] * 3


async def test_a_refused_approval_ends_no_other_request(records: Records) -> None:
    await requested(records, "V1")
    await requested(records, "V2")
    own = await records.approvals.approve("V1", "d1", by="U_ASKER", now=LATER, hold=NO_HOLD)
    assert own.outcome is Outcome.OWN
    assert await state_of(records, "V2") is ApprovalState.WAITING
