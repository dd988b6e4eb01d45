"""The bot is killed while it adds contacts: none is sent twice, and every line is reported."""

import asyncio
import csv
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from sandbox.kore import Operation
from sandbox.kore.state import ContactList
from sandbox.slack import Person
from sandbox.slack.channels import StoredFile
from tests.crash.points import Point, Side
from tests.crash.trap import Trap
from tests.process import Installation, installation
from tests.reviewing import confirm_review, wait_review
from tests.warm import hurried_bot

WITHIN = 60
BOT = "@campaign-bot"
CONTACTS = 350
NUMBERS = [f"+1202555{1000 + number}" for number in range(CONTACTS)]
FILE = "\n".join(["phone", *NUMBERS]).encode()
LIST = "Renewals June"


def filled(installed: Installation) -> ContactList:
    lists = installed.kore.state.contact_lists.values()
    return next(each for each in lists if each.name == LIST)


def sent(installed: Installation) -> Counter[str]:
    """Return how often each number was sent to Kore.ai."""
    bodies: list[Any] = [
        each.body
        for each in installed.kore.requests
        if each.operation is Operation.ADD_CONTACTS and isinstance(each.body, dict)
    ]
    return Counter(row["phoneNumber"] for body in bodies for row in body["data"])


async def opened_form(ana: Person) -> None:
    """Ask for the form until the bot has read the contact lists."""
    async with asyncio.timeout(WITHIN):
        answers = -1
        while len(ana.messages()) != answers:
            answers = len(ana.messages())
            await ana.command(f"/campaign add-contacts {LIST}")
            await asyncio.sleep(0.1)


async def confirm(ana: Person, trap: Trap, point: Point, installed: Installation) -> None:
    """Add the contacts, and kill the bot at a point."""
    async with installed.running() as bot:
        await opened_form(ana)
        form = await ana.wait_modal("Add contacts")
        await form.attach("File", ("contacts.csv", FILE))
        await form.submit()
        await wait_review(ana)
        trap.arm(point, bot.process)
        await confirm_review(ana)
        await trap.springs()


def reports(ana: Person) -> list[StoredFile]:
    return [file for each in ana.messages(BOT) for file in each.files]


def outcomes(file: StoredFile) -> Counter[str]:
    _, *rows = csv.reader(StringIO(file.content.decode("utf-8-sig")))
    return Counter(row[2] for row in rows)


@pytest.mark.drill
@pytest.mark.parametrize(
    "point",
    [
        Point("add_contacts", Side.AFTER, 2),
        Point("add_contacts", Side.UNSAVED, 2),
        Point("get_list", Side.AFTER),
        Point("files.info", Side.AFTER),
        Point("files.getUploadURLExternal", Side.AFTER),
        Point("files.completeUploadExternal", Side.AFTER),
    ],
    ids=str,
)
async def test_each_contact_is_added_once_and_reported_once(tmp_path: Path, point: Point) -> None:
    async with installation(tmp_path, bot=hurried_bot) as installed:
        trap, ana, before = Trap(installed), installed.slack.person("Ana Lopez"), 45
        await confirm(ana, trap, point, installed)
        async with installed.running():
            text = f"accepted {CONTACTS} contacts"
            await ana.wait_message(BOT, containing=text, within=WITHIN)
            await ana.wait_file("contacts-", BOT, within=WITHIN)
        assert len(filled(installed).contacts) == before + CONTACTS
        assert sent(installed) == Counter(NUMBERS)
        (report,) = reports(ana)
        assert outcomes(report) == {"accepted by Kore.ai": CONTACTS}
        assert sum(text in each.words for each in ana.messages(BOT)) == 1


@pytest.mark.drill
async def test_at_any_other_moment_nothing_is_sent_twice_or_reported_wrongly(
    tmp_path: Path,
) -> None:
    """The bot dies while the first message is posted, whatever else it does at that moment."""
    async with installation(tmp_path, bot=hurried_bot) as installed:
        trap, ana, before = Trap(installed), installed.slack.person("Ana Lopez"), 45
        await confirm(ana, trap, Point("chat.postMessage", Side.AFTER), installed)
        async with installed.running():
            await ana.wait_message(BOT, containing="Kore.ai accepted", within=WITHIN)
            await ana.wait_file("contacts-", BOT, within=WITHIN)
        (report,) = reports(ana)
        found, added = outcomes(report), len(filled(installed).contacts) - before
        assert max(sent(installed).values()) == 1
        assert found.keys() <= {"accepted by Kore.ai", "not known"}
        assert sum(found.values()) == CONTACTS
        assert found["accepted by Kore.ai"] <= added <= CONTACTS


@pytest.mark.drill
async def test_contacts_that_may_have_arrived_are_not_sent_again(tmp_path: Path) -> None:
    async with installation(tmp_path, bot=hurried_bot) as installed:
        trap, ana = Trap(installed), installed.slack.person("Ana Lopez")
        await confirm(ana, trap, Point("add_contacts", Side.BEFORE, 2), installed)
        async with installed.running():
            told = await ana.wait_message(BOT, containing="accepted 250 contacts", within=WITHIN)
            await ana.wait_file("contacts-", BOT, within=WITHIN)
        assert "100 not known" in told.words
        assert sent(installed) == Counter(NUMBERS)
        (report,) = reports(ana)
        assert outcomes(report) == {"accepted by Kore.ai": 250, "not known": 100}
