"""Of two environments, a form acts only in the one that is chosen in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.slack import OutcomeKind
from tests.filling import fill_in
from tests.flows.conftest import SIMPLE
from tests.flows.two_environments import (
    PRODUCTION,
    SANDBOX,
    Two,
    asked,
    names,
    offered,
    send,
    two_environments,
)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    async with two_environments(tmp_path) as made, made.installed.running():
        yield made


async def test_a_campaign_is_made_only_in_the_chosen_environment(two: Two) -> None:
    form = await two.form("/campaign sms Spring sale", "New SMS campaign")
    assert form.labels[0] == "Environment"
    assert form.value("Environment") is None
    await send(two.ana, form, {**SIMPLE, "Environment": SANDBOX})
    card = await two.ana.wait_message(containing="Created by")
    assert "` · Sandbox" in card.words
    assert (names(two.sandbox), names(two.production)) == (["Spring sale"], [])
    assert asked(two.production) == []


async def test_an_environment_must_be_chosen(two: Two) -> None:
    form = await two.form("/campaign sms Spring sale", "New SMS campaign")
    await fill_in(form, SIMPLE)
    assert (await form.submit(unchecked=True)).kind is OutcomeKind.ERRORS
    assert form.errors == {"Environment": "Fill this in."}
    assert names(two.sandbox) == names(two.production) == []


async def test_production_looks_different_as_soon_as_it_is_chosen(two: Two) -> None:
    form = await two.form("/campaign sms Spring sale", "New SMS campaign")
    assert "reaches real people" not in form.text
    await form.fill({"Message": "Hello", "Environment": PRODUCTION})
    form = await two.ana.wait_modal("New SMS campaign", containing="reaches real people")
    assert form.value("Message") == "Hello"
    await send(two.ana, form, SIMPLE)
    card = await two.ana.wait_message(containing="Created by")
    assert f"` · {PRODUCTION}" in card.words
    assert (names(two.sandbox), names(two.production)) == ([], ["Spring sale"])


async def test_a_form_in_a_channel_has_the_channels_environment(two: Two) -> None:
    form = await two.form("/campaign sms Trial", "New SMS campaign", "trials")
    assert form.value("Environment") == SANDBOX
    await send(two.ana, form, SIMPLE)
    await two.ana.wait_message("trials", containing="Created by")
    assert names(two.sandbox) == ["Trial"]
    assert asked(two.production) == []


async def test_typeaheads_offer_what_the_chosen_environment_has(two: Two) -> None:
    for each in two.production.state.contact_lists.values():
        each.name = f"Real {each.name}"
    form = await two.form("/campaign sms", "New SMS campaign")
    assert await form.suggestions("Contact lists", "VIP") == ["VIP"]
    await form.fill({"Environment": SANDBOX})
    await offered(form, ["VIP customers", "VIP"])
    assert asked(two.production) == []
    await form.fill({"Environment": PRODUCTION})
    await offered(form, ["Real VIP customers", "VIP"])
