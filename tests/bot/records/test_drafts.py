"""What is being reviewed: the newest of a form counts, and it is forgotten after a while."""

from datetime import UTC, datetime, timedelta

from bot.records import Draft, Records, Submission

NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)


def draft(view: str, made_at: datetime = NOW, **changes: object) -> Draft:
    asked = Submission(
        key="V1",
        action="create",
        author="U1",
        channel="C1",
        asked_in="C1",
        payload={},
        accepted_at=NOW,
    )
    return Draft(submission=asked.model_copy(update=changes), view=view, made_at=made_at)


async def test_the_newest_of_a_form_takes_the_place_of_the_one_before(records: Records) -> None:
    await records.drafts.keep(draft("one"))
    await records.drafts.keep(draft("two"))
    assert await records.drafts.get("V1") == draft("two")
    assert await records.drafts.get("V2") is None


async def test_what_is_noted_gives_way_to_what_came_later(records: Records) -> None:
    later = draft("review", NOW + timedelta(seconds=1))
    await records.drafts.keep(later)
    await records.drafts.note(draft(""))
    assert await records.drafts.get("V1") == later
    latest = draft("", NOW + timedelta(seconds=2))
    await records.drafts.note(latest)
    assert await records.drafts.get("V1") == latest


async def test_a_review_takes_the_place_of_a_note_whatever_the_clocks_say(
    records: Records,
) -> None:
    """The note may be of another process, whose clock is ahead."""
    await records.drafts.note(draft("", NOW + timedelta(seconds=2)))
    await records.drafts.keep(draft("review"))
    assert await records.drafts.get("V1") == draft("review")


async def test_a_review_of_what_was_filled_in_anew_meanwhile_is_not_kept(records: Records) -> None:
    await records.drafts.keep(draft("one"))
    await records.drafts.keep(draft("two"))
    assert not await records.drafts.advance(draft("one", digest="a" * 64))
    assert await records.drafts.advance(draft("two", digest="b" * 64))
    kept = await records.drafts.get("V1")
    assert kept
    assert kept.submission.digest == "b" * 64


async def test_old_drafts_are_forgotten(records: Records) -> None:
    await records.drafts.keep(draft("one"))
    await records.drafts.prune(NOW)
    assert await records.drafts.get("V1")
    await records.drafts.prune(NOW + timedelta(seconds=1))
    assert await records.drafts.get("V1") is None
