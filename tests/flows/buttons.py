"""For each button that needs a role: a message with it, shown to a person with the role."""

from collections.abc import Awaitable, Callable

from blocks.ids import Button, opens
from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from handlers.lookups import PAGE_ROWS
from sandbox.kore import FaultKind, Operation, When
from sandbox.kore.state import Status
from sandbox.slack import Message
from tests.flows.conftest import SIMPLE, Answers, Author, in_days
from tests.flows.office import Office

DAYS: Answers = {"Start date": in_days(2), "End date": in_days(9)}


async def menu(office: Office) -> Message:
    await office.ana.command("/campaign")
    return office.ana.messages()[-1]


async def card(office: Office) -> Message:
    return await Author(office.world).sms(office.world.name())


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
    Button.NEW_SCHEDULE: menu,
    Button.LIST: menu,
    Button.EDIT_AGAIN: refused,
    Button.CHECK_AGAIN: unknown,
    Button.CREATE_NOW: unknown,
    Button.OPEN_SCHEDULE: card,
    opens(Action.UNSCHEDULE): scheduled_card,
    opens(Action.START): card,
    opens(Action.STOP): running_card,
    Button.REFRESH: card,
    Button.SHOW_STATUS: first_page,
    Button.LIST_PREVIOUS: second_page,
    Button.LIST_NEXT: first_page,
    Button.APPROVE: request,
    Button.CANCEL_HOLD: hold,
}
