"""Kore.ai or the network fails, before or after the work: it is reported, and not done twice."""

import pytest

from bot.kore import retries
from bot.work import job
from sandbox.kore import FaultKind, Operation, When
from sandbox.slack import Message, OutcomeKind
from tests.flows.conftest import SIMPLE, Author, in_days
from tests.flows.kore_failing import CERTAIN, LOST
from tests.reviewing import wait_review


@pytest.fixture(autouse=True)
def short_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "LOOKS", (0.01, 0.02))
    monkeypatch.setattr(job, "LATEST_SECONDS", 0.0)
    monkeypatch.setattr(retries, "DELAY_SECONDS", 0.01)


def made(ana: Author, name: str) -> int:
    return sum(each.name == name for each in ana.world.kore.state.campaigns.values())


@pytest.mark.parametrize("kind", LOST)
async def test_create_done_but_its_answer_lost(ana: Author, kind: FaultKind) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    ana.world.kore.faults.add(Operation.CREATE, kind, when=When.AFTER)
    await ana.send(form, SIMPLE)
    card = await ana.card(name, "Created by")
    assert made(ana, name) == 1
    assert ana.campaign_id(name) in card.words


@pytest.mark.parametrize("kind", LOST)
async def test_create_not_done_and_its_answer_lost(ana: Author, kind: FaultKind) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    ana.world.kore.faults.add(Operation.CREATE, kind, when=When.BEFORE)
    await ana.send(form, SIMPLE)
    notice = await ana.card(name, "Reference", "@campaign-bot")
    assert "It is not known whether the campaign exists in Kore.ai" in notice.words
    assert f"/campaign status {name}" in notice.words
    assert made(ana, name) == 0
    await ana.person.click(notice, "Check again")
    again = await ana.card(name, "does not list it now", "@campaign-bot")
    assert made(ana, name) == 0
    await ana.person.click(again, "Create it now")
    await ana.person.click(again, "Create it now")
    await ana.card(name, "Created by")
    assert made(ana, name) == 1


async def test_two_notices_about_one_campaign_create_it_once(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    ana.world.kore.faults.add(Operation.CREATE, FaultKind.RESET, when=When.BEFORE)
    await ana.send(form, SIMPLE)

    def unlisted() -> list[Message]:
        seen = ana.person.messages("@campaign-bot")
        return [each for each in seen if each.says(name, "does not list it now")]

    await ana.person.click(await ana.card(name, "Reference", "@campaign-bot"), "Check again")
    await ana.card(name, "does not list it now", "@campaign-bot")
    await ana.person.click(unlisted()[0], "Check again")
    await ana.person.wait_change(lambda: len(unlisted()), 1)
    for notice in unlisted():
        await ana.person.click(notice, "Create it now")
    await ana.card(name, "Created by")
    await ana.world.idle()
    assert made(ana, name) == 1


async def test_a_campaign_listed_late_is_found_by_checking_again(ana: Author) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    ana.world.kore.list_lag_seconds = 1.5
    ana.world.kore.faults.add(Operation.CREATE, FaultKind.RESET, when=When.AFTER)
    await ana.send(form, SIMPLE)
    notice = await ana.card(name, "Reference", "@campaign-bot")
    ana.world.kore.list_lag_seconds = 0
    await ana.person.click(notice, "Check again")
    card = await ana.card(name, "Created by")
    assert made(ana, name) == 1
    assert ana.campaign_id(name) in card.words


@pytest.mark.parametrize(("kind", "why"), CERTAIN)
async def test_create_refused(ana: Author, kind: FaultKind, why: str) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    ana.world.kore.faults.add(Operation.CREATE, kind, when=When.BEFORE, times=3)
    await ana.send(form, SIMPLE)
    notice = await ana.card(name, "Reference", "@campaign-bot")
    assert why in notice.words
    assert "Nothing was created in Kore.ai" in notice.words
    assert notice.buttons == ["Edit and try again"]
    assert made(ana, name) == 0


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize("when", list(When))
async def test_schedule_whose_answer_is_lost(ana: Author, kind: FaultKind, when: When) -> None:
    name = ana.world.name()
    await ana.person.click(await ana.sms(name), "Schedule")
    form = await ana.person.wait_modal("Schedule a campaign")
    ana.world.kore.faults.add(Operation.SCHEDULE, kind, when=when)
    await ana.send(form, {"Start date": in_days(2), "End date": in_days(9)})
    if when is When.AFTER:
        card = await ana.card(name, "Scheduled by")
        assert "Every day" in card.words
    else:
        notice = await ana.card(name, "Reference", "@campaign-bot")
        assert "was not scheduled" in notice.words
        assert "Nothing was changed in Kore.ai" in notice.words


async def unscheduled(ana: Author, kind: FaultKind, when: When, times: int = 1) -> str:
    """Remove a schedule while Kore.ai fails this way, and return the campaign's name."""
    name = ana.world.name()
    await ana.person.click(await ana.sms(name), "Schedule")
    form = await ana.person.wait_modal("Schedule a campaign")
    await ana.send(form, {"Start date": in_days(2), "End date": in_days(9)})
    await ana.card(name, "Scheduled by")
    await ana.person.command(f"/campaign unschedule {name}")
    review = await wait_review(ana.person)
    ana.world.kore.faults.add(Operation.UNSCHEDULE, kind, when=when, times=times)
    assert (await review.submit()).kind is OutcomeKind.CLOSED
    return name


async def only_message(ana: Author, name: str, words: str, channel: str = "campaigns") -> Message:
    """Return the message about a removal, and check that no other says it, but one reply below."""
    told = await ana.card(name, words, channel)
    await ana.world.idle()
    seen = [each for each in ana.person.messages(channel) if each.says(name, "removed")]
    assert [each for each in seen if not each.thread_ts] == [told]
    assert sum(each.thread_ts is not None for each in seen) <= 1
    return told


def is_scheduled(ana: Author, name: str) -> bool:
    return ana.world.kore.state.campaigns[ana.campaign_id(name)].schedule is not None


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize("when", list(When))
async def test_unschedule_whose_answer_is_lost(ana: Author, kind: FaultKind, when: When) -> None:
    name = await unscheduled(ana, kind, when)
    if when is When.AFTER:
        card = await only_message(ana, name, "Schedule removed by")
        assert "Ready" in card.words
        assert not is_scheduled(ana, name)
    else:
        notice = await only_message(ana, name, "was not removed", "@campaign-bot")
        assert "Nothing was changed in Kore.ai" in notice.words
        assert is_scheduled(ana, name)


@pytest.mark.parametrize(("kind", "why"), CERTAIN)
async def test_unschedule_refused(ana: Author, kind: FaultKind, why: str) -> None:
    name = await unscheduled(ana, kind, When.BEFORE, times=3)
    notice = await only_message(ana, name, "was not removed", "@campaign-bot")
    assert why in notice.words
    assert "Nothing was changed in Kore.ai" in notice.words
    assert is_scheduled(ana, name)


async def test_status_while_kore_fails(ana: Author) -> None:
    ana.world.kore.faults.add(Operation.GET, FaultKind.SERVER_ERROR_500, times=3)
    await ana.person.command("/campaign status cd-1234")
    notice = await ana.person.wait_message(containing="cd-1234")
    assert notice.is_ephemeral
    assert "Kore.ai had an internal error" in notice.words


async def test_for_a_name_of_two_campaigns_the_bot_asks_which_one(ana: Author) -> None:
    name, other = ana.world.name(), ana.world.name("Other")
    await ana.sms(name)
    await ana.sms(other)
    ana.world.kore.state.campaigns[ana.campaign_id(other)].body["name"] = name
    await ana.person.command(f"/campaign status {name}")
    question = await ana.person.wait_message(containing="Which one do you mean?")
    assert question.buttons == ["Show", "Show"]
