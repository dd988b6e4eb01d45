"""Saved forms and last used values are stored with the submission that they come with."""

from datetime import UTC, datetime, timedelta

from bot.campaigns.actions import Action
from bot.campaigns.saved_forms import Filled, Kept, LastUsed, SavedForm
from bot.campaigns.values import Kind
from bot.records import Records, Submission
from tests.asked import command_for

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
ANA, RAVI = "U0ANA", "U0RAVI"
HERE, ELSEWHERE = "C0HERE", "C0ELSEWHERE"
WITHOUT_LISTS: Filled = {"name": "Spring sale", "calling_days": ["0", "4"], "dnc_list": None}


def submission(key: str) -> Submission:
    return Submission(
        key=key,
        author=ANA,
        channel=HERE,
        asked_in=HERE,
        environment="production",
        command=command_for(Action.CREATE),
        accepted_at=NOW,
    )


def saved(form_id: str, name: str = "Monthly", **changes: object) -> SavedForm:
    made = SavedForm(
        id=form_id, name=name, kind=Kind.SMS, author=ANA, saved_at=NOW, values=WITHOUT_LISTS
    )
    return made.model_copy(update=changes)


def used(values: Filled, **changes: object) -> LastUsed:
    made = LastUsed(
        channel=HERE, environment="production", kind=Kind.SMS, used_at=NOW, values=values
    )
    return made.model_copy(update=changes)


async def keep(records: Records, *forms: SavedForm) -> None:
    for each in forms:
        kept = Kept(last_used=used({}), saved=each)
        assert await records.accept(submission(f"{each.id} {each.name} {each.author}"), kept)


async def ids(records: Records, channel: str, text: str = "") -> list[str]:
    return [each.id for each in await records.saved_forms.search(channel, text)]


async def test_a_form_is_found_as_it_was_saved(records: Records) -> None:
    monthly = saved("1", channel=HERE)
    await keep(records, monthly)
    assert await records.saved_forms.get("1") == monthly
    assert await records.saved_forms.named("monthly", HERE, Kind.SMS) == monthly
    assert await records.saved_forms.named("monthly", "", Kind.SMS) is None
    assert await records.saved_forms.named("monthly", HERE, Kind.VOICE) is None
    await records.saved_forms.delete("1")
    assert await records.saved_forms.get("1") is None


async def test_a_channel_has_its_own_forms_and_those_for_everybody(records: Records) -> None:
    forms = (saved("1", "B", channel=HERE), saved("2", "a"), saved("3", "C", channel=ELSEWHERE))
    await keep(records, *forms, saved("4", "50% off"))
    assert await ids(records, HERE) == ["4", "2", "1"]
    assert await ids(records, ELSEWHERE) == ["4", "2", "3"]
    assert await ids(records, "") == ["4", "2"]
    assert await ids(records, HERE, "%") == ["4"]
    page = await records.saved_forms.search(HERE, offset=1, limit=1)
    assert [each.id for each in page] == ["2"]


async def test_saving_again_replaces_the_authors_form_under_its_id(records: Records) -> None:
    later = {"saved_at": NOW + timedelta(days=1), "values": {"name": "Another"}}
    await keep(records, saved("1", "Monthly"), saved("2", "MONTHLY", **later))
    assert await records.saved_forms.search(HERE) == [saved("1", "MONTHLY", **later)]


async def test_the_same_name_may_be_used_for_each_kind_and_place(records: Records) -> None:
    await keep(records, saved("1"), saved("2", kind=Kind.VOICE), saved("3", channel=HERE))
    assert await ids(records, HERE) == ["1", "3", "2"]


async def test_nobody_replaces_anothers_form(records: Records) -> None:
    await keep(records, saved("1"), saved("2", author=RAVI, values={}))
    assert await records.saved_forms.search(HERE) == [saved("1")]


async def test_only_a_submission_that_is_accepted_keeps_its_form(records: Records) -> None:
    first = Kept(last_used=used({"priority": "2"}))
    second = Kept(last_used=used({"priority": "3"}), saved=saved("1"))
    assert await records.accept(submission("V1"), first)
    assert not await records.accept(submission("V1"), second)
    assert await ids(records, HERE) == []
    assert await records.saved_forms.last_used(HERE, "production", Kind.SMS) == {"priority": "2"}


async def test_each_channel_environment_and_kind_has_its_last_used_values(
    records: Records,
) -> None:
    changes: list[dict[str, object]] = [
        {},
        {"channel": ELSEWHERE},
        {"environment": "staging"},
        {"kind": Kind.VOICE},
        {},
    ]
    for number, change in enumerate(changes):
        kept = Kept(last_used=used({"priority": str(number), "calling_days": []}, **change))
        await records.accept(submission(f"V{number}"), kept)
    last_used = records.saved_forms.last_used
    assert await last_used(HERE, "production", Kind.SMS) == {"priority": "4", "calling_days": []}
    assert (await last_used(ELSEWHERE, "production", Kind.SMS))["priority"] == "1"
    assert (await last_used(HERE, "staging", Kind.SMS))["priority"] == "2"
    assert (await last_used(HERE, "production", Kind.VOICE))["priority"] == "3"
    assert await last_used(ELSEWHERE, "staging", Kind.SMS) == {}
