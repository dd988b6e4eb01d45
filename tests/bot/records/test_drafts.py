"""Drafts of reviews: each view has one draft, which can advance but never starts again."""

from datetime import UTC, datetime, timedelta

from bot.campaigns.actions import Action
from bot.records import Draft, Records
from tests.asked import command_for

NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)
LATER = NOW + timedelta(seconds=1)


def draft(view: str, made_at: datetime = NOW, trigger: str = "1.a", **changes: object) -> Draft:
    begun = Draft(
        key="V1",
        author="U1",
        channel="C1",
        asked_in="C1",
        command=command_for(Action.CREATE),
        view=view,
        made_at=made_at,
        triggers=(trigger,),
    )
    return begun.model_copy(update=changes)


async def test_each_view_keeps_its_draft_and_the_form_keeps_the_latest(
    records: Records,
) -> None:
    assert await records.drafts.keep(draft("one")) is None
    assert await records.drafts.keep(draft("two")) is None
    assert await records.drafts.get("one") == draft("one")
    assert await records.drafts.get("two") == await records.drafts.get("V1") == draft("two")
    assert await records.drafts.get("V2") is None


async def test_the_same_view_does_not_begin_a_new_draft(records: Records) -> None:
    first, reviewed = draft("one"), draft("one", digest="a" * 64)
    await records.drafts.keep(first)
    assert await records.drafts.advance(reviewed, after=first)
    again = draft("one", LATER, "2.b")
    found = await records.drafts.keep(again)
    assert found == reviewed
    assert found.asked_by(first)
    assert not found.asked_by(again)
    kept = await records.drafts.get("one")
    assert kept
    assert (kept.content(), kept.triggers) == (reviewed.content(), ("1.a", "2.b"))


async def test_only_one_of_two_changes_to_the_same_draft_is_kept(records: Records) -> None:
    begun, one, other = draft("one"), draft("one", digest="a" * 64), draft("one", digest="b" * 64)
    await records.drafts.keep(begun)
    assert await records.drafts.advance(one, after=begun)
    assert not await records.drafts.advance(other, after=begun)
    assert await records.drafts.get("one") == one
    assert await records.drafts.advance(other, after=one)
    assert await records.drafts.get("one") == other


async def test_a_draft_that_is_not_stored_cannot_advance(records: Records) -> None:
    assert not await records.drafts.advance(draft("one"), after=draft("one"))
    assert await records.drafts.get("one") is None


async def test_a_note_does_not_replace_a_later_draft(records: Records) -> None:
    later = draft("review", LATER)
    await records.drafts.keep(later)
    await records.drafts.note(draft(""))
    assert await records.drafts.get("V1") == later
    latest = draft("", NOW + timedelta(seconds=2))
    await records.drafts.note(latest)
    assert await records.drafts.get("V1") == latest
    assert await records.drafts.get("review") == later


async def test_a_review_replaces_a_note_even_if_the_clocks_disagree(
    records: Records,
) -> None:
    """The note can come from another process whose clock is ahead."""
    await records.drafts.note(draft("", NOW + timedelta(seconds=2)))
    await records.drafts.keep(draft("review"))
    assert await records.drafts.get("V1") == draft("review")


async def test_old_drafts_are_deleted_unless_they_were_requested_again(
    records: Records,
) -> None:
    for view in ("one", "two"):
        await records.drafts.keep(draft(view))
    await records.drafts.keep(draft("two", LATER))
    await records.drafts.prune(NOW)
    assert await records.drafts.get("one")
    await records.drafts.prune(LATER)
    assert await records.drafts.get("one") is None
    assert await records.drafts.get("two")
