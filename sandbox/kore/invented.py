"""Any number of invented campaigns, as a large account gathers them over two years."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, product
from random import Random

from sandbox.kore.calls import Kind
from sandbox.kore.campaign import Campaign, Schedule, Status
from sandbox.kore.running import await_occurrence
from sandbox.kore.seed import LISTS, new_campaign
from sandbox.kore.state import State

SEASONS = ("Spring", "Summer", "Autumn", "Winter", "Black Friday", "New Year", "Back to school")
PRODUCTS = ("sale", "renewals", "home insurance", "loyalty points", "card upgrade", "survey")
REGIONS = ("Berlin", "EMEA", "Iberia", "Midwest", "New York", "Nordics", "São Paulo", "Texas")
# Names that differ only at their end, after most of the 48 characters that a name may have.
ALIKE = "Customer satisfaction follow-up, wave"

YEARS = timedelta(days=730)
RECENT = timedelta(days=60)
"""A campaign that is newer than this may still wait for its runs."""
SHARED_INSTANTS = 0.05
"""How many campaigns are created at the same instant as the one before."""
OLD = (Status.COMPLETED, Status.COMPLETED, Status.COMPLETED, Status.STOPPED, Status.READY)
NEW = (Status.READY, Status.READY, Status.COMPLETED, Status.STOPPED, Status.SCHEDULED)


def add_invented(state: State, amount: int, random: Random) -> list[Campaign]:
    """Add that many campaigns to the account, the oldest first; every other one is for SMS.

    Their names differ from each other and from all names in the account.
    """
    kinds = (Kind.VOICE, Kind.SMS)
    names = (name for name in invented_names(random) if state.campaign_named(name) is None)
    moments = _moments(state.now, amount, random)
    added = [
        _invented(state, new_campaign(kinds[at % 2], name, moment), random)
        for at, (name, moment) in enumerate(zip(names, moments, strict=False))
    ]
    state.campaigns.update((each.id, each) for each in added)
    return added


def invented_names(random: Random) -> Iterator[str]:
    """Yield names that all differ, without end."""
    titles = [" ".join(words) for words in product(SEASONS, PRODUCTS, REGIONS)]
    for number in count(1):
        random.shuffle(titles)
        for at, title in enumerate(titles):
            yield f"{title} {number}"
            if at % len(REGIONS) == 0:
                yield f"{ALIKE} {number * len(titles) + at}"


def _moments(now: datetime, amount: int, random: Random) -> list[datetime]:
    """Return times of creation in order; some are the same."""
    moments = sorted(now - random.random() * YEARS for _ in range(amount))
    for at in range(1, amount):
        if random.random() < SHARED_INSTANTS:
            moments[at] = moments[at - 1]
    return moments


def _invented(state: State, campaign: Campaign, random: Random) -> Campaign:
    """Give a new campaign a list, a priority and a past, and return it."""
    age = state.now - campaign.created_at
    campaign.body["contactLists"] = [random.choice(list(LISTS))]
    campaign.body["priority"] = random.choice("12345")
    campaign.status = random.choice(NEW if age < RECENT else OLD)
    if campaign.status is not Status.READY:
        campaign.updated_at += random.random() * min(age, RECENT)
    if campaign.status is Status.SCHEDULED:
        _schedule(campaign, state.now, random)
    return campaign


def _schedule(campaign: Campaign, now: datetime, random: Random) -> None:
    """Schedule a campaign for some days that begin tomorrow or later."""
    tomorrow = (now + timedelta(days=1)).replace(hour=14, minute=0, second=0, microsecond=0)
    start = tomorrow + timedelta(days=random.randrange(60), minutes=random.randrange(240))
    campaign.schedule = Schedule(start, start + timedelta(days=random.randrange(1, 9)), "Daily", 1)
    await_occurrence(campaign, now)
