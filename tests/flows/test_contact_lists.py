"""The list of contact lists, and each list with everything known of it."""

import pytest

from blocks.ids import Button
from handlers.lookups import PAGE_ROWS
from sandbox.kore import FaultKind, Kind, Operation
from sandbox.kore.seed import add_campaigns
from sandbox.kore.state import ContactList
from sandbox.slack import Modal
from tests.flows.annex import annex
from tests.flows.conftest import Author
from tests.flows.forging import press, press_forged
from tests.flows.homes import opened_home
from tests.flows.listing import add_list, shown, words

CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"


pytestmark = pytest.mark.usefixtures("lists")


async def test_the_list_shows_each_contact_list_to_the_caller_alone(author: Author) -> None:
    await author.world.read_account()
    await author.person.command("/campaign lists")
    page = author.person.messages()[-1]
    assert page.is_ephemeral
    assert "Spring leads 80 contacts · Ready" in words(page.words)
    assert page.buttons[:4] == ["New contact list", "Show", "Show", "Show"]
    assert "All contact lists in Kore.ai, as of" in page.words


async def test_a_text_narrows_the_list_as_people_type_it(ana: Author) -> None:
    name = ana.world.name(f"Mother{CURLY}s Day")
    add_list(ana.world, name, contacts=1)
    await ana.world.read_account()
    await ana.person.command(f"/campaign lists {name.lower().replace(CURLY, chr(39))}")
    page = ana.person.messages()[-1]
    assert name in page.words
    assert "1 contact ·" in page.words
    assert "Spring leads" not in page.words
    await ana.person.command("/campaign lists <!channel> nobody's")
    assert "There is no contact list for" in ana.person.messages()[-1].words


async def test_a_long_list_is_paged_in_place(ana: Author) -> None:
    base = ana.world.name("Paged")
    for number in range(PAGE_ROWS + 1):
        add_list(ana.world, f"{base} no {number}")
    await ana.world.read_account()
    await ana.person.command(f"/campaign lists {base}")
    page = ana.person.messages()[-1]
    assert page.buttons == ["New contact list"] + ["Show"] * PAGE_ROWS + ["Next"]
    await ana.person.click(page, "Next")
    await ana.world.settled(lambda: "page 2" in ana.person.messages()[-1].words)
    assert ana.person.messages()[-1].buttons == ["New contact list", "Show", "Previous"]
    await ana.person.click(ana.person.messages()[-1], "Previous")
    await ana.world.settled(lambda: "Next" in ana.person.messages()[-1].buttons)


async def test_what_is_not_read_yet_is_not_called_missing(ana: Author) -> None:
    ana.world.forget_copy()
    await ana.person.command("/campaign lists")
    page = ana.person.messages()[-1]
    assert "The bot has found no contact list." in page.words
    assert "has not been able to read all contact lists" in page.words
    await ana.world.read_account()


async def test_a_list_is_shown_with_the_campaigns_that_use_it(ana: Author) -> None:
    name = ana.world.name("Used")
    made = add_list(ana.world, name, contacts=12)
    campaigns = add_campaigns(ana.world.kore.state, Kind.SMS, [f"{name} {n}" for n in range(7)])
    for each in campaigns:
        each.body["contactLists"] = [name]
        each.updated_at = ana.world.kore.state.now
    view = await shown(ana, name)
    text = words(view.text)
    assert "Contacts 12" in text
    assert "State Ready" in text
    assert "Time zone column Yes" in text
    assert made.id in text
    assert f"{name}, for trying things out" in text
    assert f"7 campaigns: {name} 0" in text
    assert "2 more" in text
    assert "Checked in Kore.ai" in text


async def test_a_list_is_shown_as_it_is_in_kore_now(ana: Author) -> None:
    name = ana.world.name("Growing")
    made = add_list(ana.world, name)
    await ana.world.read_account()
    await ana.person.command(f"/campaign lists {name}")
    page = ana.person.messages()[-1]
    assert "0 contacts" in page.words
    made.contacts.append({"phoneNumber": "12025550100"})
    await ana.person.click(page, "Show")
    view = await ana.person.wait_modal("Contact list", containing="Checked in Kore.ai")
    assert "Contacts 1" in words(view.text)
    await ana.person.command(f"/campaign lists {name}")
    assert "1 contact ·" in ana.person.messages()[-1].words


async def test_a_list_that_kore_no_longer_has_is_said_to_be_gone(
    ana: Author, lists: dict[str, ContactList]
) -> None:
    name = ana.world.name("Gone")
    made = add_list(ana.world, name)
    await ana.world.read_account()
    await ana.person.command(f"/campaign lists {name}")
    page = ana.person.messages()[-1]
    del lists[made.id]
    await ana.person.click(page, "Show")
    await ana.person.wait_modal("Contact list", containing="no such contact list any more")
    await ana.person.click(page, "Show")
    await ana.person.wait_message(containing="no longer knows")


async def test_a_list_is_shown_as_last_read_while_kore_does_not_answer(ana: Author) -> None:
    name = ana.world.name("Known")
    add_list(ana.world, name, contacts=3)
    await ana.world.read_account()
    await ana.person.command(f"/campaign lists {name}")
    ana.world.kore.faults.add(Operation.GET_LIST, FaultKind.FAILURE_200, times=None)
    await ana.person.click(ana.person.messages()[-1], "Show")
    view = await ana.person.wait_modal("Contact list", containing="Kore.ai refused it")
    assert "Contacts 3" in words(view.text)
    assert "Read " in view.text


async def test_the_menu_and_home_lead_to_the_lists(ana: Author) -> None:
    await ana.world.read_account()
    await ana.person.command("/campaign")
    await ana.person.click(ana.person.messages()[-1], "Contact lists")
    page = await ana.person.wait_message(containing="Spring leads", also="as of")
    assert page.is_ephemeral
    home = await opened_home(ana.person)
    await home.click("Contact lists")
    listed = await ana.person.wait_modal("Campaigns", containing="Spring leads")
    await listed.click("Show", block_id=_row(listed, "Spring leads"))
    await ana.person.wait_modal("Contact list", containing="Checked in Kore.ai")
    assert len(ana.person.state.views.stack(ana.person.user.id)) == 2


async def test_the_environments_are_named_and_kept_apart(ana: Author) -> None:
    name = ana.world.name("Somewhere")
    add_list(ana.world, name)
    await ana.world.read_account()
    with annex(ana.world):
        await ana.person.command(f"/campaign lists {name}")
        page = ana.person.messages()[-1]
        assert "Production" in page.words
        assert page.buttons == ["New contact list", "Show"]
        await press(ana.person, page, Button.SHOW_CONTACT_LIST, "annex/cl-1 Elsewhere")
        await ana.person.wait_message(containing="no longer knows “Elsewhere”")


@pytest.mark.parametrize("value", ["", " ", "\N{LINE SEPARATOR}"])
async def test_a_button_that_names_no_list_is_refused(ana: Author, value: str) -> None:
    await ana.person.command("/campaign lists")
    page = ana.person.messages()[-1]
    await press_forged(ana.person, page, Button.SHOW_CONTACT_LIST, value)
    await ana.person.wait_message(containing="could not read what Slack sent")


def _row(view: Modal, name: str) -> str:
    rows = (block for block in view.blocks if "accessory" in block)
    return str(next(block["block_id"] for block in rows if name in block["text"]["text"]))
