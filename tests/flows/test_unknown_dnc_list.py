"""A review compares the DNC list with those that campaigns of its environment use."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.kore import FaultKind, Operation, When
from sandbox.kore.calls import Kind
from sandbox.kore.seed import add_campaigns
from sandbox.slack import Modal, OutcomeKind
from tests.filling import fill_in
from tests.flows.conftest import SIMPLE, Author
from tests.flows.two_environments import PRODUCTION, SANDBOX, Two, two_environments
from tests.reviewing import wait_review

NOT_SEEN = "No campaign in this environment is known to use the DNC list “{}”."
UNCHECKED = "The bot could not check the DNC list “{}”"


async def review(ana: Author, dnc_list: str) -> str:
    """Return the text of a review of a new campaign with this DNC list."""
    form = await ana.form(f"/campaign sms {ana.world.name()}", "New SMS campaign")
    shown = await ana.review(form, SIMPLE | {"DNC list": dnc_list})
    assert shown.submit_text == "Create"
    text = shown.text
    await shown.close(all_views=True)
    return text


async def test_a_misspelled_dnc_list_of_a_campaign_that_only_kore_knows_is_a_warning(
    ana: Author,
) -> None:
    state = ana.world.kore.state
    state.dnc_lists["Opt-outs <2026>"] = "cl-opt-outs"
    (made,) = add_campaigns(state, Kind.VOICE, [ana.world.name()])
    made.body["dncLists"] = {"name": "Opt-outs <2026>"}
    text = await review(ana, "opt-outs <206>")
    asked = "Did you mean “Opt-outs &lt;2026&gt;”?"
    assert f"{NOT_SEEN.format('opt-outs &lt;206&gt;')} {asked}" in text
    assert "DNC list “" not in await review(ana, "Opt-outs <2026>")


async def test_the_dnc_list_of_a_campaign_that_kore_does_not_list_is_known_from_the_records(
    ana: Author,
) -> None:
    await ana.sms(ana.world.name())
    ana.world.kore.faults.add(
        Operation.SEARCH, FaultKind.SERVER_ERROR_500, when=When.BEFORE, times=9
    )
    text = await review(ana, "Do not cal")
    assert f"{NOT_SEEN.format('Do not cal')} Did you mean “Do not call”?" in text


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    async with two_environments(tmp_path) as made, made.installed.running():
        yield made


async def reviewed(two: Two, environment: str) -> Modal:
    form = await two.form("/campaign sms Summer sale", "New SMS campaign")
    await fill_in(form, {**SIMPLE, "Environment": environment})
    assert (await form.submit()).kind is OutcomeKind.PUSHED
    return await wait_review(two.ana)


async def test_a_dnc_list_of_another_environment_does_not_count(two: Two) -> None:
    await two.make("Spring sale", SANDBOX)
    here = await reviewed(two, SANDBOX)
    assert "DNC list “" not in here.text
    await here.close(all_views=True)
    there = await reviewed(two, PRODUCTION)
    assert UNCHECKED.format("Do not call") in there.text
    assert there.submit_text == "Create"
