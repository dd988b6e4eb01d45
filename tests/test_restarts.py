"""Forms and requests survive a restart, but requests that are then too late are not sent."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals
from typing import Any

import pytest
from sqlalchemy import create_engine, select, update

from bot.campaigns.actions import Action
from bot.campaigns.schedule import to_local
from bot.records import State
from bot.records.tables import submissions
from bot.work.run import START_WITHIN
from sandbox.kore import FaultKind, Operation, When
from sandbox.kore.state import Status
from sandbox.slack import Message, Modal, OutcomeKind, Person
from tests.filling import fill_in
from tests.process import Installation, Running, installation
from tests.reviewing import confirm_review, wait_review

Values = dict[str, Any]
NAME = "Spring sale"
ANSWERS: dict[str, str | list[str]] = {
    "Description": "Everybody",
    "Message": "Hello <First Name> & _welcome_",
    "Contact lists": ["Spring leads", "VIP customers"],
    "Caller ID": "+1 202-555-0100",
    "DNC list": "Do not call",
}
PASSED = "Its time passed before the bot could do it."
# Long enough that the bot is killed before Kore.ai does anything.
SLOW_SECONDS = 60.0


@pytest.fixture
async def installed(tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(tmp_path) as made:
        yield made


async def form(person: Person) -> Modal:
    await person.command(f"/campaign sms {NAME}")
    opened = await person.wait_modal("New SMS campaign")
    await fill_in(opened, ANSWERS)
    return opened


async def send(person: Person, filled: Modal) -> None:
    assert (await filled.submit()).kind is OutcomeKind.PUSHED
    await confirm_review(person)


async def end(bot: Running, by: Signals) -> None:
    bot.process.send_signal(by)
    await bot.end()


def change(
    installed: Installation, action: Action, values: Callable[[Mapping[str, Any]], Values]
) -> None:
    """Change the stored submission with this action while no bot runs."""
    engine = create_engine(f"sqlite:///{installed.folder / 'campaign-bot.sqlite'}")
    of_that_kind = submissions.c.action == action
    with engine.begin() as db:
        kept = db.execute(select(submissions).where(of_that_kind)).one()._asdict()
        assert kept["state"] == State.ACCEPTED
        db.execute(update(submissions).where(of_that_kind).values(values(kept)))
    engine.dispose()


def long_ago(_kept: Mapping[str, Any]) -> Values:
    """Return an acceptance time that is too long ago."""
    return {"accepted_at": datetime.now(UTC) - START_WITHIN}


def begun(kept: Mapping[str, Any]) -> Values:
    """Return the command with a schedule whose start has passed."""
    plan = kept["command"]["schedule"]
    start = to_local(datetime.now(UTC) - timedelta(hours=1), plan["zone"])
    return {"command": {**kept["command"], "schedule": {**plan, "start": start.isoformat()}}}


async def ready(person: Person) -> Message:
    """Create a campaign and return its card once the campaign can be started."""
    await send(person, await form(person))
    return await person.wait_message(containing="Ready", within=10)


@pytest.mark.parametrize("by", [SIGTERM, SIGKILL])
async def test_a_failed_form_comes_back_filled_after_a_restart(
    installed: Installation, by: Signals
) -> None:
    person = installed.slack.person("Ana Lopez")
    async with installed.running() as bot:
        filled = await form(person)
        before = {label: filled.value(label) for label in filled.labels}
        installed.kore.faults.add(Operation.CREATE, FaultKind.FAILURE_200, when=When.BEFORE)
        await send(person, filled)
        notice = await person.wait_message("@campaign-bot", containing="was not created")
        await end(bot, by)
    async with installed.running():
        await person.click(notice, "Edit and try again")
        again = await person.wait_modal("New SMS campaign")
        await person.wait_modal("New SMS campaign", containing="Campaign name")
        assert {label: again.value(label) for label in again.labels} == before
        assert {label: before[label] for label in ANSWERS} == ANSWERS
        await send(person, again)
        await person.wait_message(containing="Created by")
    assert [each.name for each in installed.kore.state.campaigns.values()] == [NAME]


async def test_a_start_that_became_too_old_while_the_bot_was_down_is_not_sent(
    installed: Installation,
) -> None:
    """The test cannot move the bot's clock, so it moves the time of acceptance."""
    person = installed.slack.person("Ana Lopez")
    async with installed.running() as bot:
        card = await ready(person)
        await person.click(card, "Start")
        review = await wait_review(person)
        installed.kore.latency_seconds = SLOW_SECONDS
        await review.submit()
        await end(bot, SIGKILL)
    installed.kore.latency_seconds = 0.0
    change(installed, Action.START, long_ago)
    async with installed.running():
        notice = await person.wait_message("@campaign-bot", containing=PASSED, within=20)
    assert "Nobody was contacted" in notice.words
    assert Operation.START not in {each.operation for each in installed.kore.requests}
    assert [each.status for each in installed.kore.state.campaigns.values()] == [Status.READY]


async def test_a_schedule_whose_start_passed_while_the_bot_was_down_is_not_sent(
    installed: Installation,
) -> None:
    """The test moves the start of the schedule into the past."""
    person = installed.slack.person("Ana Lopez")
    async with installed.running() as bot:
        await person.click(await ready(person), "Schedule")
        plan = await person.wait_modal("Schedule a campaign")
        day = datetime.now(UTC) + timedelta(days=2)
        await plan.fill({"Start date": f"{day:%Y-%m-%d}", "End date": f"{day.year + 1}-01-01"})
        assert (await plan.submit()).kind is OutcomeKind.PUSHED
        review = await wait_review(person)
        installed.kore.latency_seconds = SLOW_SECONDS
        await review.submit()
        await end(bot, SIGKILL)
    installed.kore.latency_seconds = 0.0
    change(installed, Action.SCHEDULE, begun)
    async with installed.running():
        notice = await person.wait_message("@campaign-bot", containing=PASSED, within=20)
    assert "Nothing was changed in Kore.ai" in notice.words
    assert Operation.SCHEDULE not in {each.operation for each in installed.kore.requests}
