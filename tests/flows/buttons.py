"""For each button that needs a role: a message with it, shown to a person with the role."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from blocks.ids import Button, opens
from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.contacts import ContactList
from bot.campaigns.saved_forms import Kept, LastUsed, SavedForm
from bot.campaigns.values import Kind
from bot.records.saved_forms import keep
from handlers.lookups import PAGE_ROWS
from sandbox.kore import FaultKind, Operation, When
from sandbox.kore.state import Status
from sandbox.slack import Message
from tests.flows.conftest import SIMPLE, Answers, Author, in_days
from tests.flows.office import Office
from tests.flows.voice_runs import completed_run
from tests.reviewing import confirm_review

LAST_USED = LastUsed(
    channel="C0NOWHERE",
    environment="production",
    kind=Kind.SMS,
    used_at=datetime.now(UTC),
    values={},
)
DAYS: Answers = {"Start date": in_days(2), "End date": in_days(9)}


async def menu(office: Office) -> Message:
    await office.ana.command("/campaign")
    return office.ana.messages()[-1]


async def card(office: Office) -> Message:
    return await Author(office.world).sms(office.world.name())


async def followed(office: Office) -> Message:
    """Let the channel follow a campaign."""
    shown = await card(office)
    await office.ana.click(shown, "Watch")
    name = shown.text.partition("Campaign ")[2].partition(":")[0]
    return await office.ana.wait_message(containing="lets this channel follow", also=name)


async def scheduled_card(office: Office) -> Message:
    author, name = Author(office.world), office.world.name()
    await author.sms(name)
    form = await author.form(f"/campaign schedule {name}", "Schedule a campaign")
    await author.send(form, DAYS)
    return await author.card(name, "Scheduled by")


async def running_card(office: Office) -> Message:
    author, name = Author(office.world), office.world.name()
    shown = await author.sms(name)
    office.world.kore.state.campaigns[author.campaign_id(name)].status = Status.PAUSED
    await office.ana.click(shown, "Refresh")
    await office.world.settled(lambda: "Stop" in shown.buttons)
    return shown


async def ran_card(office: Office) -> Message:
    name = office.world.name("Renewals")
    completed_run(office.world.kore.state, name)
    await office.ana.command(f"/campaign status {name}")
    return await Author(office.world).card(name, "Completed")


async def shown_results(office: Office) -> Message:
    card = await ran_card(office)
    await office.ana.click(card, "Results")
    said = await office.ana.wait_reply(card, containing="Results of")
    await office.world.idle()
    return said


async def first_page(office: Office) -> Message:
    base = office.world.name("Paged")
    for number in range(PAGE_ROWS + 1):
        seen = Snapshot(
            id=f"cd-{base[6:]}-{number}",
            name=f"{base} no {number}",
            status="Ready",
            environment="production",
        )
        await office.world.services.records.campaigns.remember(seen)
    await office.ana.command(f"/campaign list {base}")
    return office.ana.messages()[-1]


async def second_page(office: Office) -> Message:
    page = await first_page(office)
    await office.ana.click(page, "Next")
    await office.world.settled(lambda: "Previous" in page.buttons)
    return page


async def first_page_of_lists(office: Office) -> Message:
    base = office.world.name("Paged")
    found = [
        ContactList(id=f"cl-{base[6:]}-{number}", name=f"{base} no {number}")
        for number in range(PAGE_ROWS + 1)
    ]
    known = office.world.services.records.catalog.contact_lists
    await known.saw("production", found, complete=False)
    await office.ana.command(f"/campaign lists {base}")
    return office.ana.messages()[-1]


async def second_page_of_lists(office: Office) -> Message:
    page = await first_page_of_lists(office)
    await office.ana.click(page, "Next")
    await office.world.settled(lambda: "Previous" in page.buttons)
    return page


async def first_page_of_saved_forms(office: Office) -> Message:
    base = office.world.name("Paged")
    now = datetime.now(UTC)
    for number in range(PAGE_ROWS + 1):
        saved = SavedForm(
            id=f"sf-{base[6:]}-{number}",
            name=f"{base} no {number}",
            kind=Kind.SMS,
            author=office.ana.user.id,
            saved_at=now,
            values={},
        )
        with office.world.services.records.engine.begin() as db:
            keep(Kept(last_used=LAST_USED, saved=saved), db)
    await office.ana.command(f"/campaign saved {base}")
    return office.ana.messages()[-1]


async def second_page_of_saved_forms(office: Office) -> Message:
    page = await first_page_of_saved_forms(office)
    await office.ana.click(page, "Next")
    await office.world.settled(lambda: "Previous" in page.buttons)
    return page


async def new_list(office: Office) -> Message:
    name = office.world.name("New")
    await office.ana.command(f"/campaign new-list {name}")
    form = await office.ana.wait_modal("New contact list")
    await form.fill({"Description": "New"})
    await form.submit()
    await confirm_review(office.ana)
    return await office.ana.wait_message(containing=f"“{name}” was created")


async def failed(office: Office, kind: FaultKind) -> Message:
    author, name = Author(office.world), office.world.name()
    form = await author.form(f"/campaign sms {name}", "New SMS campaign")
    office.world.kore.faults.add(Operation.CREATE, kind, when=When.BEFORE)
    await author.send(form, SIMPLE)
    return await author.card(name, "Reference", "@campaign-bot")


async def unknown(office: Office) -> Message:
    return await failed(office, FaultKind.RESET)


async def refused(office: Office) -> Message:
    return await failed(office, FaultKind.FAILURE_200)


async def request(office: Office) -> Message:
    name = office.world.name()
    office.put_in_force(viewers=())
    asked = await office.asked(name)
    await office.ana.wait_message(containing=name, also="needs approval")
    return asked


async def hold(office: Office) -> Message:
    name = office.world.name()
    office.put_in_force(viewers=(), hold_minutes=5)
    await office.ravi.click(await office.asked(name), "Approve")
    return await Author(office.world).card(name, "unless it is canceled")


# The buttons that need a role, by their row in `handlers.PRESSES` or in their flow.
MESSAGE_WITH: dict[str, Callable[[Office], Awaitable[Message]]] = {
    Button.OPEN_SMS: menu,
    Button.OPEN_VOICE: menu,
    Button.OPEN_IMPORT: menu,
    Button.NEW_SCHEDULE: menu,
    Button.LIST: menu,
    Button.EDIT_AGAIN: refused,
    Button.CHECK_AGAIN: unknown,
    Button.CREATE_NOW: unknown,
    Button.OPEN_SCHEDULE: card,
    opens(Action.UNSCHEDULE): scheduled_card,
    opens(Action.START): card,
    opens(Action.STOP): running_card,
    opens(Action.EDIT): card,
    opens(Action.DELETE): card,
    Button.CLONE: card,
    Button.REFRESH: card,
    Button.DETAILS: card,
    Button.WATCH: card,
    Button.UNWATCH: followed,
    Button.SHOW_STATUS: first_page,
    Button.OPEN_RESULTS: ran_card,
    Button.RESULTS_FILE: shown_results,
    Button.LIST_PREVIOUS: second_page,
    Button.LIST_NEXT: first_page,
    Button.CONTACT_LISTS: menu,
    opens(Action.CREATE_LIST): first_page_of_lists,
    opens(Action.ADD_CONTACTS): new_list,
    Button.SHOW_CONTACT_LIST: first_page_of_lists,
    Button.CONTACT_LISTS_PREVIOUS: second_page_of_lists,
    Button.CONTACT_LISTS_NEXT: first_page_of_lists,
    Button.SAVED_FORMS: menu,
    Button.SAVED_FORMS_PREVIOUS: second_page_of_saved_forms,
    Button.SAVED_FORMS_NEXT: first_page_of_saved_forms,
    Button.USE_SAVED_FORM: first_page_of_saved_forms,
    Button.DELETE_SAVED_FORM: first_page_of_saved_forms,
    Button.APPROVE: request,
    Button.CANCEL_HOLD: hold,
}
