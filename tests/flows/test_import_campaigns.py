"""Several campaigns come from one CSV file: reviewed and approved as one, carried out in turn."""

from collections.abc import Iterator

import pytest

from bot.work import job, uploads
from sandbox.kore import FaultKind, Operation, When
from sandbox.kore.state import Campaign
from sandbox.slack import Message, Modal, OutcomeKind
from tests.flows.conftest import Author
from tests.flows.listing import opened_form, words
from tests.flows.office import APPROVALS, Office, opened
from tests.reviewing import confirm_review, wait_review
from tests.world import World

TITLE = "Import campaigns"
BOT = "@campaign-bot"
HEAD = "Name,Message,Contact lists,Caller ID,DNC list,Schedule"
DAILY = "every day 10 am from Mar 2, 2027 until Mar 9, 2027"
REASON = "Why without a DNC list?"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "LOOKS", (0.01,))
    monkeypatch.setattr(job, "LATEST_SECONDS", 0.0)
    monkeypatch.setattr(uploads, "PAUSES", (0.01,))


@pytest.fixture
def office(world: World) -> Iterator[Office]:
    with opened(world) as office:
        yield office


def row(name: str, *, schedule: str = "", lists: str = "Spring leads", dnc: str = "") -> str:
    return f'{name},Hello,{lists},+1 202-555-0100,{dnc},"{schedule}"'


def campaigns(world: World, *names: str) -> list[Campaign]:
    """Return the campaigns in Kore.ai with these names, in the order of the names."""
    made = world.kore.state.campaigns.values()
    return [each for name in names for each in made if each.name == name]


async def reviewed(ana: Author, *rows: str, head: str = HEAD, country: str = "") -> Modal:
    form = await opened_form(ana, "/campaign import", TITLE)
    await form.attach("File", ("campaigns.csv", "\n".join([head, *rows]).encode()))
    await form.fill({"Time zone": "America/New_York"})
    if country:
        await form.fill({"Country of the numbers": country})
    outcome = await form.submit()
    assert outcome.kind is OutcomeKind.PUSHED, form.errors
    return await wait_review(ana.person)


async def confirmed(ana: Author, review: Modal) -> None:
    assert review.labels == [REASON]
    await confirm_review(ana.person)


async def report(ana: Author, name: str) -> Message:
    """Wait for the report that names a campaign, in the channel."""
    return await ana.card(name, "Campaigns from a file")


async def test_three_rows_are_created_and_one_is_scheduled(author: Author) -> None:
    one, two, three = (author.world.name(each) for each in ("One", "Two", "Three"))
    weekly = "every Tuesday 10 am from Mar 2, 2027 until Dec 31, 2027"
    review = await reviewed(author, row(one, schedule=weekly), row(two), row(three))
    text = words(review.text)
    assert "3 campaigns to create, 1 with a schedule" in text
    assert "In all of them • to Spring leads (80) • from +1 202-555-0100 • no DNC list" in text
    assert f"Line 2: {one} · Every week on Tue" in text
    assert f"Line 3: {two} · no schedule" in text
    assert "Lines 2, 3, 4: no DNC list" in text
    await confirmed(author, review)
    told = await report(author, one)
    assert told.says("3 of 3 campaigns created, 1 of 1 scheduled.")
    assert told.says(f"{two} `{author.campaign_id(two)}` was created, without a schedule.")
    made = campaigns(author.world, one, two, three)
    assert [each.name for each in made] == [one, two, three]
    assert [each.schedule is not None for each in made] == [True, False, False]


@pytest.mark.parametrize(
    ("country", "typed", "shown"),
    [("gb", "020 7946 0000", "+44 20 7946 0000"), ("", "(202) 555-0100", "+1 202-555-0100")],
)
async def test_a_number_without_its_code_is_of_the_chosen_country_else_of_the_zone(
    ana: Author, country: str, typed: str, shown: str
) -> None:
    line = f"{ana.world.name('Abroad')},Hello,Spring leads,{typed},,"
    review = await reviewed(ana, line, country=country)
    assert f"from {shown}" in words(review.text)
    await review.close(all_views=True)


async def test_the_audit_has_the_request_and_what_became_of_each(ana: Author) -> None:
    one, two = ana.world.name("Audited"), ana.world.name("Other")
    await confirmed(ana, await reviewed(ana, row(one, schedule=DAILY), row(two)))
    await report(ana, one)
    trail = ana.world.services.records.audit
    found = [each async for each in trail.entries(campaign=one)]
    assert [(each.action, each.event, each.campaign_name) for each in found] == [
        ("import", "accepted", f"{one} +1"),
        ("import", "sending", f"{one} +1"),
        *[("create", event, one) for event in ("sending", "done")],
        *[("schedule", event, one) for event in ("sending", "done")],
        *[("create", event, two) for event in ("sending", "done")],
        ("import", "done", f"{one} +1"),
    ]
    assert isinstance(found[0].after, dict)
    assert found[0].after["reason"] == "They asked for it"
    assert len(found[0].after["rows"]) == 2  # type: ignore[arg-type] # a list, as it was sent
    assert {each.campaign_id for each in found[3:6]} == {ana.campaign_id(one)}
    assert found[7].campaign_id == ana.campaign_id(two)
    assert (await trail.verify()).broken is None


async def test_the_rest_goes_on_when_some_fail(ana: Author) -> None:
    names = [ana.world.name(each) for each in ("Refused", "Lost", "Found", "Fine")]
    review = await reviewed(ana, *(row(each, schedule=DAILY) for each in names))
    faults = ana.world.kore.faults
    faults.add(Operation.CREATE, FaultKind.FAILURE_200)
    faults.add(Operation.CREATE, FaultKind.RESET, when=When.BEFORE)
    faults.add(Operation.CREATE, FaultKind.RESET, when=When.AFTER)
    faults.add(Operation.SCHEDULE, FaultKind.FAILURE_200)
    await confirmed(ana, review)
    told = await report(ana, names[0])
    assert told.says("2 of 4 campaigns created, 1 of 2 scheduled, 1 not known.")
    assert told.says(f"Line 2: {names[0]} was not created.")
    assert told.says(f"Line 3: {names[1]}: it is not known whether it was created.")
    assert told.says(f"Line 4: {names[2]} `{ana.campaign_id(names[2])}` was created, but not")
    assert told.says(f"Line 5: {names[3]} `{ana.campaign_id(names[3])}` was created and scheduled.")
    found, fine = campaigns(ana.world, *names)
    assert (found.name, fine.name) == (names[2], names[3])
    assert (found.schedule, fine.schedule is not None) == (None, True)
    done = "2 of 4 campaigns created, 1 of 2 scheduled, 1 not known. The report names each."
    await ana.person.wait_message(BOT, containing=done)


async def test_rows_that_cannot_be_created_are_left_out_and_named(ana: Author) -> None:
    taken, free = ana.world.name("Taken"), ana.world.name("Free")
    await ana.sms(taken)
    rows = (row(taken), row(free, lists="Nowhere"), row(free), row("", schedule="tomorrow"))
    text = words((await reviewed(ana, *rows)).text)
    assert "1 campaign to create, none with a schedule" in text
    assert f"Line 2, “{taken}”, is left out. The name “{taken}” is in use" in text
    assert f"Line 4, “{free}”, is left out. Name: line 3 has the same name." in text
    assert "Line 5 is left out. Name: nothing is there." in text
    assert "Schedule: “tomorrow”" in text or "does not say how it repeats" in text
    assert "Line 3: Kore.ai has no contact list named “Nowhere”." in text
    await confirm_review(ana.person)
    told = await report(ana, free)
    assert told.says("0 of 1 campaign created.")
    assert told.says(f"Line 3: {free} was not created. Kore.ai refused")
    assert campaigns(ana.world, free) == []


async def test_a_file_without_campaigns_is_refused(ana: Author) -> None:
    review = await reviewed(ana, "Hello", head="Message")
    assert "names no column for the names of the campaigns" in words(review.text)
    assert not review.submit_text


async def test_all_are_approved_as_one(office: Office) -> None:
    ana = Author(office.world)
    one, two = office.world.name("First"), office.world.name("Second")
    office.put_in_force(approval_for=["schedule"])
    review = await reviewed(ana, row(one), row(two, schedule=DAILY))
    assert review.submit_text == "Ask for approval"
    await confirmed(ana, review)
    card = await ana.card(one, "needs approval", APPROVALS)
    assert card.says(two)
    assert campaigns(office.world, one, two) == []
    await office.ravi.click(card, "Approve")
    assert (await report(ana, one)).says("2 of 2 campaigns created, 1 of 1 scheduled.")
    assert len(campaigns(office.world, one, two)) == 2
