"""Of two environments, a look-up or a change is for the one that has the campaign."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.kore import FaultKind, Operation
from sandbox.slack import OutcomeKind
from tests.flows.conftest import in_days
from tests.flows.two_environments import (
    PRODUCTION,
    SANDBOX,
    Two,
    asked,
    send,
    two_environments,
)
from tests.flows.voice_runs import completed_run


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    async with two_environments(tmp_path) as made, made.installed.running():
        yield made


async def test_a_schedule_is_for_the_environment_of_its_card(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    await two.make("Spring sale", SANDBOX)
    card = two.ana.messages()[-1]
    await two.ana.click(card, "Schedule")
    form = await two.ana.wait_modal("Schedule a campaign")
    assert form.value("Environment") == SANDBOX
    await send(two.ana, form, {"Start date": in_days(2), "End date": in_days(9)})
    await two.ana.wait_message(containing="Scheduled by")
    assert [each.schedule is None for each in two.sandbox.state.campaigns.values()] == [False]
    assert not {Operation.SCHEDULE, Operation.GET} & set(asked(two.production))


async def test_a_campaign_of_another_environment_cannot_be_scheduled_here(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    form = await two.form("/campaign schedule Spring sale", "Schedule a campaign")
    assert form.value("Environment") == PRODUCTION
    await form.fill({"Environment": SANDBOX, "Start date": in_days(2), "End date": in_days(9)})
    assert (await form.submit()).kind is OutcomeKind.ERRORS
    assert form.errors == {"Campaign": "This campaign is in production, not in sandbox."}


async def test_for_a_name_in_both_environments_the_bot_asks_which_one(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    await two.make("Spring sale", SANDBOX)
    await two.ana.command("/campaign status Spring sale")
    question = await two.ana.wait_message(containing="Which one do you mean?")
    assert f"{PRODUCTION} · " in question.words
    assert "Sandbox · " in question.words
    two.production.requests.clear()
    await two.ana.click(question, "Show", block_id=question.blocks[-1]["block_id"])
    card = await two.ana.wait_message(containing="Requested by")
    assert "` · Sandbox" in card.words
    assert Operation.GET not in asked(two.production)


async def test_names_are_looked_up_first_in_the_channels_environment(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    await two.make("Spring sale", SANDBOX)
    await two.make("Only real", PRODUCTION)
    await two.ana.command("/campaign status Spring sale", "trials")
    card = await two.ana.wait_message("trials", containing="Requested by")
    assert "` · Sandbox" in card.words
    await two.ana.command("/campaign status Only real", "trials")
    other = await two.ana.wait_message("trials", containing="Only real")
    assert f"` · {PRODUCTION}" in other.words


async def test_after_a_fault_in_the_channels_environment_no_other_is_searched(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    two.sandbox.faults.add(Operation.SEARCH, FaultKind.UNAUTHORIZED_401, times=4)
    await two.ana.command("/campaign status Spring sale", "trials")
    notice = await two.ana.wait_message("trials", containing="could not be looked up")
    assert "does not accept the bot's credentials" in notice.words


async def test_a_fault_in_one_environment_does_not_hide_anothers_campaigns(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    two.sandbox.faults.add(Operation.SEARCH, FaultKind.UNAUTHORIZED_401, times=4)
    await two.ana.command("/campaign status Spring sale", "marketing")
    card = await two.ana.wait_message("marketing", containing="Requested by")
    assert f"` · {PRODUCTION}" in card.words


async def test_lists_name_the_environment_of_each_campaign(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    await two.make("Summer sale", SANDBOX)
    await two.ana.command("/campaign list")
    listed = two.ana.messages()[-1]
    assert f"*Spring sale*\n{PRODUCTION} · SMS" in listed.words
    assert "*Summer sale*\nSandbox · SMS" in listed.words


async def test_results_are_read_where_the_campaign_is_and_name_its_environment(two: Two) -> None:
    completed_run(two.production.state, "Renewals")
    completed_run(two.sandbox.state, "Reminders")
    await two.ana.command("/campaign results Renewals")
    card = await two.ana.wait_message(containing="Renewals")
    said = await two.ana.wait_reply(card, containing=f"{PRODUCTION}: Results of “Renewals”")
    assert Operation.RESULTS not in asked(two.sandbox)
    two.production.requests.clear()
    await two.ana.click(said, "CSV for me")
    message, _ = await two.ana.wait_file(".csv", "@campaign-bot")
    assert message.text.startswith(f"{PRODUCTION}: Results of “Renewals” by contact")
    assert Operation.RESULTS in asked(two.production)
    assert Operation.RESULTS not in asked(two.sandbox)
