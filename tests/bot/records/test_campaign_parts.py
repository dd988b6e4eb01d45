"""The parts of a submission that creates several campaigns are marked as submissions are."""

from datetime import UTC, datetime, timedelta
from math import inf

import pytest

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.campaign_import import ImportCampaigns, Imported
from bot.campaigns.reasons import Failure, Reason
from bot.records import (
    CampaignPart,
    CampaignsImported,
    Done,
    Overtaken,
    Part,
    PartPlace,
    Records,
    State,
    Submission,
    outcomes,
)
from tests.asked import command_for, submission

CREATE = PartPlace(number=0, part=Part.CREATE)
SCHEDULE = PartPlace(number=0, part=Part.SCHEDULE)
SENDING = CampaignPart(state=State.SENDING)
MADE = CampaignPart(state=State.DONE, outcome=Done(campaign="cd-1"))
FAILED = CampaignPart(state=State.FAILED, outcome=Failure(reason=Reason.REFUSED))
COMMAND = command_for(Action.IMPORT)


async def begun(records: Records) -> Submission:
    asked = submission(COMMAND, accepted_at=datetime(2026, 5, 4, tzinfo=UTC))
    await records.accept(asked)
    taken = await records.take_up(asked.key)
    assert taken
    await records.mark(taken, State.SENDING)
    return taken


async def mark(records: Records, asked: Submission, place: PartPlace, now: CampaignPart) -> None:
    await records.campaign_parts.mark(asked, place, now, entry=None)


async def test_a_part_can_be_marked_as_being_sent_only_once(records: Records) -> None:
    asked = await begun(records)
    await mark(records, asked, CREATE, SENDING)
    with pytest.raises(Overtaken):
        await mark(records, asked, CREATE, SENDING)
    await mark(records, asked, SCHEDULE, SENDING)
    assert await records.campaign_parts.all(asked.key) == {CREATE: SENDING, SCHEDULE: SENDING}


async def test_a_process_that_was_overtaken_marks_nothing(records: Records) -> None:
    asked = await begun(records)
    await records.take_up(asked.key)
    with pytest.raises(Overtaken):
        await mark(records, asked, CREATE, SENDING)
    assert await records.campaign_parts.all(asked.key) == {}


async def test_the_earlier_campaign_is_kept_and_changes_no_state(records: Records) -> None:
    asked = await begun(records)
    before = Snapshot(id="cd-1", name="Spring sale", status="Ready")
    await records.campaign_parts.keep_before(asked.key, SCHEDULE, before)
    kept = CampaignPart(before=before)
    assert await records.campaign_parts.get(asked.key, SCHEDULE) == kept
    await mark(records, asked, SCHEDULE, SENDING)
    await records.campaign_parts.keep_before(asked.key, SCHEDULE, before)
    sending = CampaignPart(state=State.SENDING, before=before)
    assert await records.campaign_parts.get(asked.key, SCHEDULE) == sending


async def test_nothing_is_marked_once_the_submission_has_ended(records: Records) -> None:
    asked = await begun(records)
    await records.mark(asked, State.UNKNOWN, Failure(reason=Reason.OWN_FAULT, certain=False))
    with pytest.raises(Overtaken):
        await mark(records, asked, CREATE, SENDING)


async def test_it_is_known_how_long_ago_a_part_was_marked(records: Records) -> None:
    asked = await begun(records)
    assert await records.campaign_parts.seconds_since_mark(asked.key, CREATE) == inf
    await mark(records, asked, CREATE, SENDING)
    assert 0 <= await records.campaign_parts.seconds_since_mark(asked.key, CREATE) < 60


async def test_the_parts_go_with_their_submission(records: Records) -> None:
    asked = await begun(records)
    await mark(records, asked, CREATE, FAILED)
    counts = CampaignsImported(created=0, failed=1, unknown=0, scheduled=0, not_scheduled=0)
    await records.mark(asked, State.DONE, counts)
    stored = await records.submission(asked.key)
    assert stored
    assert stored.outcome == counts
    await records.finish(asked)
    await records.prune(datetime.now(UTC) + timedelta(days=1))
    assert await records.campaign_parts.all(asked.key) == {}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, ()),
        ({CREATE: SENDING}, ()),
        ({CREATE: MADE}, ()),
        ({CREATE: MADE, SCHEDULE: SENDING}, ()),
        (
            {CREATE: FAILED},
            (Imported(line=2, name="Spring sale", failure=Failure(reason=Reason.REFUSED)),),
        ),
        (
            {CREATE: MADE, SCHEDULE: MADE},
            (Imported(line=2, name="Spring sale", campaign="cd-1", scheduled=True),),
        ),
        (
            {CREATE: MADE, SCHEDULE: FAILED},
            (
                Imported(
                    line=2,
                    name="Spring sale",
                    campaign="cd-1",
                    scheduled=False,
                    not_scheduled=Failure(reason=Reason.REFUSED),
                ),
            ),
        ),
    ],
)
def test_a_campaign_has_an_outcome_once_nothing_is_left_to_do(
    parts: dict[PartPlace, CampaignPart], expected: tuple[Imported, ...]
) -> None:
    assert isinstance(COMMAND, ImportCampaigns)
    assert outcomes(COMMAND, parts) == expected
