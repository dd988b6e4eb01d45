"""Names are looked up in all pages of Kore.ai's list of campaigns, and nothing else is claimed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import get_args

import pytest

from bot.kore import retries
from bot.work import job
from sandbox.kore import Campaign, FaultKind, Kind, Operation, PretendKore, When
from sandbox.kore.account import Paging
from sandbox.kore.calls import Call
from sandbox.kore.refusals import Refused
from sandbox.kore.seed import add_campaigns
from sandbox.slack import Message
from tests.flows.conftest import SIMPLE, Author

READINGS: tuple[Paging, ...] = get_args(Paging)
SIZE = 60
ONLY = f"The bot could read only {SIZE - 1} of {SIZE} voice campaigns"


@pytest.fixture(autouse=True)
def short_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "LOOKS", (0.01,))
    monkeypatch.setattr(job, "LATEST_SECONDS", 0.0)
    monkeypatch.setattr(job, "UNTOLD", timedelta())
    monkeypatch.setattr(job, "LONGEST_READING", timedelta(seconds=0.1))
    monkeypatch.setattr(retries, "DELAY_SECONDS", 0.001)


@pytest.fixture
def kore(ana: Author) -> Iterator[PretendKore]:
    """Kore.ai with only the campaigns a test makes; afterwards the others are put back."""
    kore = ana.world.kore
    before, usual, paging = dict(kore.state.campaigns), kore.on_call, kore.paging
    kore.state.campaigns.clear()
    kore.rows_max = 50
    ana.world.forget_copy()
    yield kore
    kore.on_call, kore.paging, kore.rows_max = usual, paging, None
    kore.state.campaigns.clear()
    kore.state.campaigns.update(before)


def fill(ana: Author, name: str) -> list[Campaign]:
    """Add sixty voice campaigns, of which the last but one has this name."""
    names = [f"{name} no {number}" for number in range(SIZE)]
    names[-2] = name
    return add_campaigns(ana.world.kore.state, Kind.VOICE, names)


def fail_second_page(kore: PretendKore) -> None:
    def on_call(call: Call) -> None:
        body = call.body if isinstance(call.body, dict) else {}
        if call.operation is Operation.SEARCH and (body["skip"], body["page"]) != (0, 1):
            raise Refused(500, ["Internal server error"])

    kore.on_call = on_call


def spoil(rows: list[Campaign]) -> None:
    rows[7].body["name"] = {"not": "a text"}


def made(kore: PretendKore, name: str) -> int:
    return sum(each.name == name for each in kore.state.campaigns.values())


@pytest.mark.parametrize("paging", READINGS)
async def test_a_campaign_on_the_second_page_is_found_and_its_name_is_taken(
    ana: Author, kore: PretendKore, paging: Paging
) -> None:
    kore.paging = paging
    name = ana.world.name()
    meant = fill(ana, name)[-2]
    await ana.world.read_account()
    await ana.person.command(f"/campaign status {name.lower()}")
    card = await ana.card(name, meant.id)
    assert not card.is_ephemeral

    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    shown = await ana.review(form, SIMPLE)
    assert f"The name “{name}” is in use: {meant.id}" in shown.text
    assert not shown.submit_text
    await shown.close(all_views=True)


async def test_a_name_that_was_taken_since_the_review_is_found_among_the_latest_changes(
    ana: Author, kore: PretendKore
) -> None:
    free = ana.world.name()
    meant = fill(ana, f"Not {free}")[-2]
    await ana.world.read_account()
    shown = await ana.review(await ana.form(f"/campaign sms {free}", "New SMS campaign"), SIMPLE)
    meant.body["name"], meant.updated_at = free, kore.state.now
    await shown.submit()
    told = await ana.card(free, "A campaign with this name already exists", "@campaign-bot")
    assert "Nothing was created in Kore.ai" in told.words
    assert made(kore, free) == 1


STILL = "The bot still reads the account: 50 of 60 voice campaigns read so far"
UNREAD: dict[str, tuple[Callable[[PretendKore, list[Campaign]], None], str]] = {
    "page": (lambda kore, _: fail_second_page(kore), STILL),
    "row": (lambda _, rows: spoil(rows), ONLY),
}


@pytest.mark.parametrize("unread", UNREAD)
async def test_a_name_is_neither_missing_nor_free_if_the_list_is_incomplete(
    ana: Author, kore: PretendKore, unread: str
) -> None:
    spoil_list, why = UNREAD[unread]
    name = ana.world.name()
    spoil_list(kore, fill(ana, f"Not {name}"))
    await ana.world.read_account()
    await ana.person.command(f"/campaign status {name}")
    told = await ana.card(name, "could not be looked up")
    assert why in told.words
    assert "has no campaign" not in told.words

    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    shown = await ana.review(form, SIMPLE)
    assert "The bot could not check whether the name is already in use." in shown.text
    assert why in shown.text
    await shown.submit()
    told = await ana.card(name, "was not created", "@campaign-bot")
    assert why in told.words
    assert "Nothing was created in Kore.ai" in told.words
    assert made(kore, name) == 0


async def test_who_asks_during_the_first_reading_is_told_and_gets_the_card_after_it(
    ana: Author, kore: PretendKore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "LONGEST_READING", timedelta(seconds=20))
    usual = kore.on_call
    name = ana.world.name()
    meant = fill(ana, name)[-2]
    fail_second_page(kore)
    await ana.world.read_account()
    await ana.person.command(f"/campaign status {name}")
    told = await ana.card(name, "The bot has not found")
    assert "50 of 60 voice campaigns read so far" in told.words
    assert told.is_ephemeral
    kore.on_call = usual
    await ana.world.read_account()
    card = await ana.card(name, meant.id)
    assert not card.is_ephemeral


async def test_who_asks_for_nothing_during_the_first_reading_is_told_so_after_it(
    ana: Author, kore: PretendKore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "LONGEST_READING", timedelta(seconds=20))
    usual = kore.on_call
    name = ana.world.name()
    fill(ana, f"Not {name}")
    fail_second_page(kore)
    await ana.world.read_account()
    await ana.person.command(f"/campaign status {name}")
    await ana.card(name, "The bot has not found")
    kore.on_call = usual
    await ana.world.read_account()
    assert (await ana.card(name, "Kore.ai has no campaign")).is_ephemeral


async def test_a_creation_stays_unknown_while_the_list_cannot_be_read(
    ana: Author, kore: PretendKore
) -> None:
    name, why = ana.world.name(), "Kore.ai had an internal error"
    fill(ana, f"Not {name}")
    await ana.world.read_account()
    shown = await ana.review(await ana.form(f"/campaign sms {name}", "New SMS campaign"), SIMPLE)
    kore.faults.add(Operation.CREATE, FaultKind.RESET, when=When.AFTER)
    lists_fail = False

    def on_call(call: Call) -> None:
        nonlocal lists_fail
        lists_fail = lists_fail or call.operation is Operation.CREATE
        if lists_fail and call.operation is Operation.SEARCH:
            raise Refused(500, ["Internal server error"])

    kore.on_call = on_call
    await shown.submit()

    def told() -> list[Message]:
        return [each for each in ana.person.messages("@campaign-bot") if each.says(name, why)]

    await ana.world.settled(lambda: len(told()) == 1)
    await ana.person.click(told()[0], "Check again")
    await ana.world.settled(lambda: len(told()) == 2)
    for notice in told():
        assert "It is not known whether the campaign exists in Kore.ai" in notice.words
        assert notice.buttons == ["Check again", "Create it now"]
    assert made(kore, name) == 1
