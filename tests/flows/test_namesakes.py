"""Kore.ai schedules by name: if campaigns share it, the bot sends nothing and says so."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.kore import retries
from bot.work import questions
from sandbox.kore import Campaign, Kind, Operation, PretendKore, Schedule, Status
from sandbox.kore.seed import add_campaigns
from sandbox.slack import Message, Modal, OutcomeKind
from tests.flows.conftest import Answers, Author, in_days
from tests.reviewing import confirm_review, wait_review

DATES: Answers = {"Start date": in_days(2), "End date": in_days(9)}
WAY_OUT = "Rename or delete one of them in the Kore.ai console, then try again."
# The other campaign with the name: its kind, and how the name is written there.
OTHERS: dict[str, tuple[Kind, Callable[[str], str]]] = {
    "same kind": (Kind.SMS, str),
    "other kind": (Kind.VOICE, str),
    "other letter case": (Kind.VOICE, str.upper),
}
NAMED: dict[str, Callable[[Campaign], str]] = {
    "by name": lambda campaign: campaign.name,
    "by ID": lambda campaign: campaign.id,
}
every_way = pytest.mark.parametrize(
    ("named", "other"),
    [*((named, "same kind") for named in NAMED), *(("by ID", other) for other in list(OTHERS)[1:])],
)


@pytest.fixture(autouse=True)
def short_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "DELAY_SECONDS", 0.001)


@pytest.fixture
def kore(ana: Author) -> Iterator[PretendKore]:
    """Kore.ai; the campaigns a test adds are removed afterwards."""
    kore = ana.world.kore
    before = dict(kore.state.campaigns)
    yield kore
    kore.state.campaigns.clear()
    kore.state.campaigns.update(before)


def schedule() -> Schedule:
    start = datetime.now(UTC) + timedelta(days=3)
    return Schedule(start, start + timedelta(days=30), "Daily", 1)


class Pair:
    """The campaign that is meant, and a scheduled one that Kore.ai would find first."""

    def __init__(self, ana: Author, kind: Kind, write: Callable[[str], str] = str) -> None:
        name = ana.world.name()
        state = ana.world.kore.state
        self.name = name
        self._shared = write(name)
        (self.other,) = add_campaigns(state, kind, [f"Not {name}"])
        (self.meant,) = add_campaigns(state, Kind.SMS, [name])
        self.schedule = self.other.schedule = schedule()
        self.other.status = Status.SCHEDULED

    def share(self) -> "Pair":
        """Give the other campaign its later name."""
        self.other.body["name"] = self._shared
        return self

    @property
    def untouched(self) -> bool:
        """Whether the other campaign's schedule is unchanged and the meant one has none."""
        return self.other.schedule is self.schedule and self.meant.schedule is None

    def explained_in(self, text: str) -> bool:
        """Return whether a text names both campaigns and says how to go on."""
        return self.meant.id in text and self.other.id in text and WAY_OUT in text


def sent(kore: PretendKore) -> int:
    """Count the schedules that were set or removed."""
    writes = {Operation.SCHEDULE, Operation.UNSCHEDULE}
    return sum(each.operation in writes for each in kore.requests)


async def review(ana: Author, named: str) -> Modal:
    form = await ana.form(f"/campaign schedule {named}", "Schedule a campaign")
    return await ana.review(form, DATES)


async def notice(ana: Author, name: str, what: str) -> Message:
    return await ana.card(name, what, "@campaign-bot")


@every_way
async def test_a_review_of_a_shared_name_shows_all_its_campaigns_and_cannot_be_confirmed(
    ana: Author, kore: PretendKore, named: str, other: str
) -> None:
    pair = Pair(ana, *OTHERS[other]).share()
    shown = await review(ana, NAMED[named](pair.meant))
    assert "Not possible" in shown.text
    assert pair.explained_in(shown.text)
    assert not shown.submit_text
    forced = await shown.submit(unchecked=True)
    assert forced.kind is OutcomeKind.PUSHED
    await (await ana.person.wait_modal("Review again")).close(all_views=True)
    assert pair.untouched
    assert sent(kore) == 0


@every_way
async def test_a_name_that_is_shared_only_after_the_review_is_not_scheduled(
    ana: Author, kore: PretendKore, named: str, other: str
) -> None:
    pair = Pair(ana, *OTHERS[other])
    shown = await review(ana, NAMED[named](pair.meant))
    pair.share()
    assert (await shown.submit()).kind is OutcomeKind.CLOSED
    told = await notice(ana, pair.name, "was not scheduled")
    assert pair.explained_in(told.words)
    assert "Nothing was changed in Kore.ai" in told.words
    assert pair.untouched
    assert sent(kore) == 0


@every_way
async def test_a_schedule_is_not_removed_if_the_name_is_shared(
    ana: Author, kore: PretendKore, named: str, other: str
) -> None:
    pair = Pair(ana, *OTHERS[other]).share()
    await ana.person.command(f"/campaign unschedule {NAMED[named](pair.meant)}")
    shown = await wait_review(ana.person)
    assert "Not possible" in shown.text
    assert pair.explained_in(shown.text)
    assert not shown.submit_text
    await shown.close()
    assert pair.untouched
    assert sent(kore) == 0


@every_way
async def test_a_schedule_is_not_removed_if_the_name_is_shared_only_after_the_review(
    ana: Author, kore: PretendKore, named: str, other: str
) -> None:
    pair = Pair(ana, *OTHERS[other])
    pair.meant.schedule = schedule()
    await ana.person.command(f"/campaign unschedule {NAMED[named](pair.meant)}")
    await wait_review(ana.person)
    pair.share()
    await confirm_review(ana.person)
    told = await notice(ana, pair.name, "was not removed")
    assert pair.explained_in(told.words)
    assert "Nothing was changed in Kore.ai" in told.words
    assert pair.other.schedule is pair.schedule
    assert pair.meant.schedule is not None
    assert sent(kore) == 0


@pytest.mark.parametrize("action", ["schedule", "unschedule"])
@pytest.mark.parametrize("how", ["fails", "holds a row that cannot be read"])
async def test_nothing_is_sent_if_the_name_cannot_be_checked(
    ana: Author, kore: PretendKore, action: str, how: str
) -> None:
    pair = Pair(ana, Kind.VOICE)
    pair.meant.schedule = present = schedule() if action == "unschedule" else None
    await ana.person.command(f"/campaign {action} {pair.meant.id}")
    if action == "schedule":
        form = await ana.person.wait_modal("Schedule a campaign")
        shown = await ana.review(form, DATES)
    else:
        shown = await wait_review(ana.person)
    if how == "fails":
        pair.share()
        kore.faults.add(Operation.SEARCH, "server_error_500", times=6)
    else:
        pair.other.body["name"] = {"not": "a text"}
    await shown.submit()
    told = await notice(ana, pair.name, "Nothing was changed in Kore.ai")
    why = {"fails": "Kore.ai had an internal error"}.get(how, "voice campaigns")
    assert why in told.words
    assert pair.other.schedule is pair.schedule
    assert pair.meant.schedule is present
    assert sent(kore) == 0


@pytest.mark.parametrize("fault", ["server_error_500", "hang"])
async def test_a_review_says_that_the_name_could_not_be_checked(
    ana: Author, kore: PretendKore, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(questions, "SECONDS", 0.5)
    pair = Pair(ana, Kind.VOICE)
    kore.faults.add(Operation.SEARCH, fault, times=6, seconds=5)
    shown = await review(ana, pair.meant.id)
    assert "could not check whether another campaign has the same name" in shown.text
    assert shown.submit_text == "Schedule"
    await shown.close(all_views=True)


async def test_a_unique_name_is_scheduled_beside_similar_names(
    ana: Author, kore: PretendKore
) -> None:
    pair = Pair(ana, Kind.VOICE, lambda name: f"{name} again").share()
    shown = await review(ana, pair.meant.id)
    assert (await shown.submit()).kind is OutcomeKind.CLOSED
    await ana.card(pair.name, "Scheduled by")
    assert pair.meant.schedule
    assert pair.other.schedule is pair.schedule
    assert sent(kore) == 1
