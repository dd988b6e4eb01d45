"""What is being reviewed: each view has its draft, which comes further and never starts again."""

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


async def test_each_view_of_a_form_keeps_its_draft_and_the_form_its_latest(
    records: Records,
) -> None:
    assert await records.drafts.keep(draft("one")) is None
    assert await records.drafts.keep(draft("two")) is None
    assert await records.drafts.get("one") == draft("one")
    assert await records.drafts.get("two") == await records.drafts.get("V1") == draft("two")
    assert await records.drafts.get("V2") is None


async def test_the_same_view_again_does_not_begin_again(records: Records) -> None:
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


async def test_of_two_that_come_further_one_is_kept(records: Records) -> None:
    begun, one, other = draft("one"), draft("one", digest="a" * 64), draft("one", digest="b" * 64)
    await records.drafts.keep(begun)
    assert await records.drafts.advance(one, after=begun)
    assert not await records.drafts.advance(other, after=begun)
    assert await records.drafts.get("one") == one
    assert await records.drafts.advance(other, after=one)
    assert await records.drafts.get("one") == other


async def test_what_is_not_kept_comes_no_further(records: Records) -> None:
    assert not await records.drafts.advance(draft("one"), after=draft("one"))
    assert await records.drafts.get("one") is None


async def test_what_is_noted_gives_way_to_what_came_later(records: Records) -> None:
    later = draft("review", LATER)
    await records.drafts.keep(later)
    await records.drafts.note(draft(""))
    assert await records.drafts.get("V1") == later
    latest = draft("", NOW + timedelta(seconds=2))
    await records.drafts.note(latest)
    assert await records.drafts.get("V1") == latest
    assert await records.drafts.get("review") == later


async def test_a_review_takes_the_place_of_a_note_whatever_the_clocks_say(
    records: Records,
) -> None:
    """The note may be of another process, whose clock is ahead."""
    await records.drafts.note(draft("", NOW + timedelta(seconds=2)))
    await records.drafts.keep(draft("review"))
    assert await records.drafts.get("V1") == draft("review")


async def test_old_drafts_are_forgotten_and_those_asked_for_again_are_not(
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
