"""Suggestions while a person types, when some of Kore.ai's lists cannot be read."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from bot.kore import retries
from sandbox.canned import Canned
from sandbox.kore import Kind, Operation, PretendKore
from sandbox.kore.calls import Call
from sandbox.kore.refusals import Refused
from sandbox.kore.seed import add_campaigns, contact_list
from tests.flows.conftest import Answers, Author, in_days

DATES: Answers = {"Start date": in_days(2), "End date": in_days(9)}


@dataclass(frozen=True)
class Seeded:
    """Kore.ai with something new to suggest in each of its lists."""

    kore: PretendKore
    text: str
    call: str
    contacts: str

    @property
    def all(self) -> set[str]:
        return {self.text, self.call, self.contacts}

    def part_of(self, call: Call) -> str:
        """Return the name that is in the list this call reads."""
        if call.operation is Operation.ALL_LISTS:
            return self.contacts
        body = call.body if isinstance(call.body, dict) else {}
        return self.text if body.get("type") == "sms" else self.call

    def fail(self, part: str) -> None:
        def on_call(call: Call) -> None:
            if self.part_of(call) == part:
                raise Refused(500, ["Internal server error"])

        self.kore.on_call = on_call

    async def suggested(self, ana: Author) -> set[str]:
        """Return which of the names the forms suggest."""
        sms = await ana.form("/campaign sms", "New SMS campaign")
        found = await sms.suggestions("Contact lists", "new leads")
        await sms.close()
        schedule = await ana.form("/campaign schedule", "Schedule a campaign")
        found += await schedule.suggestions("Campaign", "suggested")
        await schedule.close()
        return self.all & set(found)


@pytest.fixture(autouse=True)
def short_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "DELAY_SECONDS", 0.001)


@pytest.fixture
def seeded(ana: Author) -> Iterator[Seeded]:
    """Add a campaign of each kind and a contact list; afterwards Kore.ai is restored."""
    kore = ana.world.kore
    usual, lists = kore.on_call, dict(kore.state.contact_lists)
    text, call, contacts = map(ana.world.name, ("Suggested texts", "Suggested calls", "New leads"))
    made = contact_list(contacts, kore.state.now)
    kore.state.contact_lists[made.id] = made
    added = [
        *add_campaigns(kore.state, Kind.SMS, [text]),
        *add_campaigns(kore.state, Kind.VOICE, [call]),
    ]
    yield Seeded(kore, text, call, contacts)
    kore.on_call, kore.lists_as_page = usual, False
    kore.state.contact_lists.clear()
    kore.state.contact_lists.update(lists)
    for each in added:
        del kore.state.campaigns[each.id]


@pytest.fixture
def kore(ana: Author) -> Iterator[PretendKore]:
    """Kore.ai; afterwards the campaigns that a test adds are removed."""
    kore = ana.world.kore
    before = set(kore.state.campaigns)
    yield kore
    for each in set(kore.state.campaigns) - before:
        del kore.state.campaigns[each]


PARTS: dict[str, Callable[[Seeded], str]] = {
    "text": lambda seeded: seeded.text,
    "call": lambda seeded: seeded.call,
    "contacts": lambda seeded: seeded.contacts,
}


@pytest.mark.parametrize("part", PARTS)
async def test_a_list_that_cannot_be_read_hides_no_other_and_keeps_its_entries(
    ana: Author, seeded: Seeded, part: str
) -> None:
    usual, failing = seeded.kore.on_call, PARTS[part](seeded)
    seeded.fail(failing)
    with capture_logs() as logs:
        await ana.world.read_account()
    assert await seeded.suggested(ana) == seeded.all - {failing}
    failed = [each for each in logs if each["event"] == "catalog.not_read"]
    assert {each["reason"] for each in failed} == {"ServerFault"}

    seeded.kore.on_call = usual
    await ana.world.read_account()
    seeded.fail(failing)
    await ana.world.read_account()
    assert await seeded.suggested(ana) == seeded.all


async def test_a_campaign_is_suggested_for_its_name_as_phones_write_it(
    ana: Author, kore: PretendKore
) -> None:
    long = f"Mother's Day {'for everybody ' * 6}"
    names = ["Mother's Day", f"{long}1", f"{long}2"]
    added = add_campaigns(kore.state, Kind.SMS, names)
    await ana.world.read_account()
    schedule = await ana.form("/campaign schedule", "Schedule a campaign")
    found = await schedule.suggestions("Campaign", "MOTHER\u2019S\u00a0day")
    assert [(each[:12], each[-1]) for each in found] == [(each[:12], each[-1]) for each in names]
    await schedule.fill({"Campaign": found[0]})
    review = await ana.review(schedule, DATES)
    assert added[0].id in review.text
    await review.close(all_views=True)
    for each in added:
        del kore.state.campaigns[each.id]


@pytest.mark.parametrize("as_page", [True, False])
async def test_contact_lists_are_suggested_from_a_page_or_a_plain_list(
    ana: Author, seeded: Seeded, *, as_page: bool
) -> None:
    seeded.kore.lists_as_page = as_page
    await ana.world.read_account()
    assert await seeded.suggested(ana) == seeded.all


async def test_rows_that_cannot_be_read_hide_no_other(ana: Author, seeded: Seeded) -> None:
    rows = [{}, None, {"id": "cl-1", "name": seeded.contacts}, {"id": "cl-2"}]
    canned = Canned(body=json.dumps({"status": "success", "data": rows}).encode())
    seeded.kore.faults.answer(Operation.ALL_LISTS, canned, times=None)
    (unreadable,) = add_campaigns(seeded.kore.state, Kind.SMS, ["Suggested too"])
    unreadable.body["name"] = {"not": "a text"}
    await ana.world.read_account()
    del seeded.kore.state.campaigns[unreadable.id]
    assert await seeded.suggested(ana) == seeded.all


async def test_part_of_the_lists_keeps_the_known_ones_and_all_of_them_replace_them(
    ana: Author, seeded: Seeded
) -> None:
    async def read(*names: str, more: bool) -> list[str]:
        page = {"results": [{"id": f"cl-{each}", "name": each} for each in names], "hasMore": more}
        canned = Canned(body=json.dumps({"status": "success", "data": page}).encode())
        seeded.kore.faults.answer(Operation.ALL_LISTS, canned)
        await ana.world.read_account()
        lists = await ana.world.services.records.catalog.contact_lists.search(["production"])
        return [each.name for each in lists]

    assert await read("A", "B", more=False) == ["A", "B"]
    assert await read("C", more=True) == ["A", "B", "C"]
    assert await read("B", more=False) == ["B"]


async def test_queues_flows_and_dnc_lists_of_campaigns_made_elsewhere_are_suggested(
    ana: Author, kore: PretendKore
) -> None:
    name = ana.world.name("Made in the console")
    (made,) = add_campaigns(kore.state, Kind.VOICE, [name])
    made.body["dialingMode"], made.body["queue_name"] = "Progressive", "Night shift"
    made.body["dncLists"] = {"name": "Do not call"}
    (agentless,) = add_campaigns(kore.state, Kind.VOICE, [f"{name} 2"])
    agentless.body["dialingMode"], agentless.body["experienceFlowName"] = "Agentless", "Greeting"
    del agentless.body["queue_name"]
    kore.state.experience_flows["Greeting"] = "cf-greeting"
    await ana.world.read_account()
    form = await ana.form("/campaign voice", "New voice campaign")
    assert "Greeting" in await form.suggestions("Experience flow", "greet")
    await form.fill({"Dialing mode": "Progressive"})
    assert "Night shift" in await form.suggestions("Queue", "NIGHT")
    assert "Greeting" not in await form.suggestions("Queue", "")
    await form.close(all_views=True)
    for each in (made, agentless):
        del kore.state.campaigns[each.id]
