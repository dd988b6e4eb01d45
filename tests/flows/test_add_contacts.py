"""Contacts are added from a CSV file: reviewed, sent once in chunks, and reported to the author."""

import csv
from io import StringIO
from typing import Any

import pytest

from bot.kore import retries
from bot.work import contact_import, job, uploads
from sandbox.kore import FaultKind, Operation, When
from sandbox.kore.state import ContactList
from sandbox.slack import Message, Modal, OutcomeKind
from sandbox.slack.channels import StoredFile
from tests.flows.conftest import Author
from tests.flows.listing import add_list, opened_form, shown, words
from tests.reviewing import confirm_review, wait_review
from tests.world import World

TITLE = "Add contacts"
BOT = "@campaign-bot"
pytestmark = pytest.mark.usefixtures("lists", "quick")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "LOOKS", (0.01,))
    monkeypatch.setattr(job, "LATEST_SECONDS", 0.0)
    monkeypatch.setattr(uploads, "PAUSES", (0.01,))


def csv_of(count: int, start: int = 0) -> bytes:
    """Return a file with so many different numbers, of the ranges for fiction."""
    rows = [f"Ann {n},(202) 555-{start + n:04}" for n in range(count)]
    return "\n".join(["First name,Mobile", *rows]).encode()


def numbers(contact_list: ContactList) -> list[str]:
    return [each["phoneNumber"] for each in contact_list.contacts]


def requests(world: World) -> list[list[str]]:
    """Return the numbers in each request that adds contacts, in order."""
    bodies: list[Any] = [
        each.body for each in world.kore.requests if each.path.endswith("/addContacts")
    ]
    return [[row["phoneNumber"] for row in body["data"]] for body in bodies]


async def reviewed(
    ana: Author, name: str, content: bytes, answers: dict[str, str] | None = None
) -> Modal:
    form = await opened_form(ana, f"/campaign add-contacts {name}", TITLE)
    await form.attach("File", ("contacts.csv", content))
    await form.fill({"Country of the numbers": "us"} | (answers or {}))
    outcome = await form.submit()
    assert outcome.kind is OutcomeKind.PUSHED, form.errors
    return await wait_review(ana.person)


async def added(ana: Author, name: str, content: bytes) -> Message:
    """Add the contacts and return the message about how it went."""
    await reviewed(ana, name, content)
    await confirm_review(ana.person)
    return await ana.person.wait_message(BOT, containing="Kore.ai accepted", also=name)


async def report(ana: Author, name: str) -> list[list[str]]:
    """Wait for the report on a list's contacts, and return its rows below the header."""

    def found() -> list[StoredFile]:
        return [f for each in ana.person.messages(BOT) if name in each.words for f in each.files]

    await ana.world.settled(lambda: bool(found()))
    head, *rows = csv.reader(StringIO(found()[-1].content.decode("utf-8-sig")))
    assert head == ["Line", "Phone number", "Outcome", "Reason"]
    return rows


async def test_contacts_are_added_and_each_line_is_reported(author: Author) -> None:
    name = author.world.name("Fair")
    made = add_list(author.world, name)
    content = (
        "Vorname;Handy;Schuhgröße\r\n"
        '"Jürgen";"(202) 555-0100";43\r\n'
        "Ann;+1 202-555-0101;38\r\n"
        "Bo;911;\r\n"
        "Cy;1 202 555 0100;\r\n"
    ).encode("latin-1")
    review = await reviewed(author, name, content)
    text = words(review.text)
    assert "Contacts to add 2" in text
    assert "Written in cp1252, semicolons" in text
    assert "First name: Vorname" in text
    assert "Phone number: Handy" in text
    assert "Left out Schuhgröße" in text
    assert "1 with not a phone number" in text
    assert "1 with the same number as an earlier line" in text
    assert "••••••••••00" in text
    assert "5550100" not in text
    assert "Jürgen" not in text
    await confirm_review(author.person)
    notice = await author.person.wait_message(
        BOT, containing="Kore.ai accepted 2 contacts", also=name
    )
    assert "Of the other lines: 2 left out." in notice.words
    assert numbers(made) == ["+12025550100", "+12025550101"]
    assert [each["firstName"] for each in made.contacts] == ["Jürgen", "Ann"]
    assert await report(author, name) == [
        ["2", "(202) 555-0100", "accepted by Kore.ai", ""],
        ["3", "'+1 202-555-0101", "accepted by Kore.ai", ""],
        ["4", "911", "left out", "not a phone number, or without its country code"],
        ["5", "1 202 555 0100", "left out", "the same number as line 2"],
    ]


async def test_the_button_leads_to_the_form(ana: Author) -> None:
    name = ana.world.name("Button")
    made = add_list(ana.world, name)
    view = await shown(ana, name)
    await view.click("Add contacts")
    form = await ana.person.wait_modal(TITLE)
    assert form.value("Contact list") == name
    await form.attach("File", ("contacts.csv", b"phone\n+12025550100\n"))
    await form.submit()
    await confirm_review(ana.person)
    await ana.person.wait_message(BOT, containing="Kore.ai accepted 1 contact ", also=name)
    assert numbers(made) == ["+12025550100"]


async def test_many_contacts_go_in_chunks_with_one_message_that_shows_how_far(ana: Author) -> None:
    name = ana.world.name("Many")
    made = add_list(ana.world, name)
    notice = await added(ana, name, csv_of(250, start=100))
    assert [len(each) for each in requests(ana.world)] == [100, 100, 50]
    assert len({*numbers(made)}) == 250
    assert "Kore.ai accepted 250 contacts" in notice.words
    assert len(await report(ana, name)) == 250
    await ana.world.idle()
    told = [each.words for each in ana.person.messages(BOT) if name in each.words]
    assert len(told) == 2
    assert not any("555" in each for each in told)


async def test_a_wrong_guess_of_columns_can_be_put_right(ana: Author) -> None:
    name = ana.world.name("Columns")
    made = add_list(ana.world, name)
    content = b"Phone,Called,Reach at\n1,Ann,2025550100\n"
    review = await reviewed(ana, name, content)
    assert "No line of the file has a contact that can be added." in review.text
    await review.close()
    chosen = "phone number = reach AT\nFirst name = Called"
    review = await reviewed(ana, name, content, {"Columns": chosen})
    assert "Phone number: Reach at" in words(review.text)
    await confirm_review(ana.person)
    await ana.person.wait_message(BOT, containing="Kore.ai accepted 1 contact ", also=name)
    assert [(c["phoneNumber"], c["firstName"]) for c in made.contacts] == [("+12025550100", "Ann")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04\x00\x00", "is not text"),
        (b'phone\n1\n"2\n', "Line 3 of the file begins a value in quotes that does not end"),
        (b"name,shoe\nAnn,38\n", "Line 1 of the file names no column for phone numbers."),
    ],
)
async def test_other_files_are_refused_in_the_review(
    ana: Author, content: bytes, said: str
) -> None:
    name = ana.world.name("Refused")
    add_list(ana.world, name)
    review = await reviewed(ana, name, content)
    assert said in review.text
    assert not review.submit_text


async def test_wrong_words_in_the_form_are_refused_on_their_field(ana: Author) -> None:
    name = ana.world.name("Wrong")
    add_list(ana.world, name)
    form = await opened_form(ana, f"/campaign add-contacts {name}", TITLE)
    assert (await form.submit(unchecked=True)).kind is OutcomeKind.ERRORS
    assert form.errors["File"] == "Fill this in."
    await form.attach("File", ("contacts.csv", csv_of(1)))
    await form.fill({"Country of the numbers": "ZZ"})
    await form.submit()
    assert "two letters" in form.errors["Country of the numbers"]
    await form.fill({"Country of the numbers": "US", "Columns": "Mobile"})
    await form.submit()
    assert "“Mobile”: write a line such as" in form.errors["Columns"]


async def test_a_lost_answer_is_proven_by_the_size_of_the_list(ana: Author) -> None:
    name = ana.world.name("Proven")
    made = add_list(ana.world, name, contacts=3)
    ana.world.kore.faults.add(Operation.ADD_CONTACTS, FaultKind.RESET, when=When.AFTER)
    await added(ana, name, csv_of(150, start=100))
    assert [len(each) for each in requests(ana.world)] == [100, 50]
    assert len(numbers(made)) == 153
    assert {row[2] for row in await report(ana, name)} == {"accepted by Kore.ai"}


async def test_a_lost_answer_is_proven_even_if_kore_adds_the_contacts_later(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ana.world.kore, "adding_seconds", 0.3)
    monkeypatch.setattr(job, "LOOKS", (0.1, 0.2, 0.5))
    name = ana.world.name("Later")
    add_list(ana.world, name)
    ana.world.kore.faults.add(Operation.ADD_CONTACTS, FaultKind.RESET, when=When.AFTER)
    await added(ana, name, csv_of(150, start=100))
    assert {row[2] for row in await report(ana, name)} == {"accepted by Kore.ai"}


async def test_a_chunk_that_may_have_arrived_is_reported_and_not_sent_again(ana: Author) -> None:
    name = ana.world.name("Unproven")
    made = add_list(ana.world, name)
    ana.world.kore.faults.add(Operation.ADD_CONTACTS, FaultKind.RESET, when=When.BEFORE)
    notice = await added(ana, name, csv_of(150, start=100))
    assert "Kore.ai accepted 50 contacts" in notice.words
    assert "100 not known" in notice.words
    assert "may be on the list" in notice.words
    assert len(numbers(made)) == 50
    rows = await report(ana, name)
    assert [row[2] for row in rows] == ["not known"] * 100 + ["accepted by Kore.ai"] * 50
    assert rows[0][3] == "Kore.ai did not answer in time."


async def test_a_refused_chunk_does_not_keep_the_others_from_being_sent(ana: Author) -> None:
    name = ana.world.name("Partly")
    made = add_list(ana.world, name)
    ana.world.kore.faults.add(Operation.ADD_CONTACTS, FaultKind.FAILURE_200)
    notice = await added(ana, name, csv_of(150, start=100))
    assert "100 not added" in notice.words
    assert len(numbers(made)) == 50
    assert "Something went wrong" not in str(await report(ana, name))


async def test_after_three_refusals_the_rest_is_not_sent(ana: Author) -> None:
    name = ana.world.name("Hopeless")
    made = add_list(ana.world, name)
    ana.world.kore.faults.add(Operation.ADD_CONTACTS, FaultKind.FAILURE_200, times=None)
    notice = await added(ana, name, csv_of(450, start=100))
    ana.world.kore.faults.clear()
    assert "Kore.ai accepted 0 contacts" in notice.words
    assert "300 not added, 150 not sent" in notice.words
    assert numbers(made) == []


async def test_the_rest_waits_while_kore_takes_no_more_requests(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_import, "WAITS", (0.01,) * 9)
    monkeypatch.setattr(retries, "DELAY_SECONDS", 0.01)
    name = ana.world.name("Patient")
    made = add_list(ana.world, name)
    ana.world.kore.faults.add(Operation.ADD_CONTACTS, FaultKind.RATE_LIMIT_429, times=12)
    notice = await added(ana, name, csv_of(150, start=100))
    assert "Kore.ai accepted 150 contacts" in notice.words
    assert len(numbers(made)) == 150


async def test_another_persons_file_is_not_read(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A modified client of Slack could name any file that the bot can read."""
    files = ana.world.slack.state.files
    own = files.put("contacts.csv", csv_of(1), "U0SOMEBODY", 0)
    monkeypatch.setattr(type(files), "put", lambda *_: own)
    name = ana.world.name("Theirs")
    add_list(ana.world, name)
    review = await reviewed(ana, name, csv_of(1))
    assert "Slack did not give the file to the bot." in review.text
    assert not review.submit_text


async def test_a_list_that_is_gone_gets_nothing(ana: Author) -> None:
    name = ana.world.name("Gone")
    made = add_list(ana.world, name)
    await reviewed(ana, name, csv_of(1))
    del ana.world.kore.state.contact_lists[made.id]
    await confirm_review(ana.person)
    notice = await ana.card(name, "No contacts were added", BOT)
    assert "Kore.ai has no such contact list any more." in notice.words
    assert requests(ana.world) == []


async def test_what_is_stored_has_no_number_and_no_name(ana: Author) -> None:
    name = ana.world.name("Private")
    add_list(ana.world, name)
    await added(ana, name, b"First name,Mobile\nRumpelstiltskin,(202) 555-0142\n")
    await ana.world.idle()
    with ana.world.services.records.engine.connect() as db:
        stored = "\n".join(db.connection.driver_connection.iterdump())  # type: ignore[union-attr] # SQLite
    assert "Private" in stored
    assert "5550142" not in stored
    assert "555-0142" not in stored
    assert "Rumpelstiltskin" not in stored
