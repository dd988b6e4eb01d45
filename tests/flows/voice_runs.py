"""Voice campaigns in the pretend Kore.ai, with a run behind them."""

from dataclasses import replace
from datetime import timedelta

from sandbox.kore.calls import Kind
from sandbox.kore.running import begin
from sandbox.kore.seed import add_campaigns, contact_list
from sandbox.kore.state import Campaign, State, Status
from sandbox.slack import Message
from tests.flows.conftest import Author

# More than a page of Kore.ai's; the numbers are for fiction, and repeat.
CONTACTS = 230
# Calling hours that are always open, so that a run goes on whenever the tests run.
ALWAYS = {
    "frequency": "WEEKLY",
    "timezone": "UTC",
    "days": [
        {"day": day, "start": "12:00 AM", "end": "11:59 PM"}
        for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    ],
}
# Of every five contacts, one is not reached.
REACHED, NOT_REACHED = 184, 46
SAID = f"Reached: {REACHED} (80%)"


def voice_campaign(state: State, name: str, kind: Kind = Kind.VOICE) -> Campaign:
    """Add a campaign that never ran, on a contact list of its own."""
    (campaign,) = add_campaigns(state, kind, [name])
    people = contact_list(f"{name} list", state.now)
    people.contacts = [
        {"_id": f"cc-{number}", "uniqueId": f"lead-{number}", "phoneNumber": _number(number)}
        for number in range(CONTACTS)
    ]
    state.contact_lists[people.id] = people
    campaign.body = {**campaign.body, "contactLists": [people.name]}
    return campaign


def completed_run(state: State, name: str) -> Campaign:
    """Add a voice campaign that has called everybody on its list."""
    campaign = voice_campaign(state, name)
    instance = begin(state, campaign, timedelta(seconds=1))
    campaign.instance = replace(instance, began=instance.began - timedelta(days=30))
    state.turn(campaign, Status.COMPLETED)
    return campaign


async def shown(ana: Author, name: str) -> tuple[Message, Message]:
    """Ask for the results, and return the card and the results below it."""
    await ana.person.command(f"/campaign results {name}")
    card = await ana.card(name, "Completed")
    return card, await ana.person.wait_reply(card, containing=SAID)


def _number(number: int) -> str:
    return f"120255501{50 + number % 50}"
