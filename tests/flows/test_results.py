"""The results of a voice campaign: counts and a picture below its card, a file for one person."""

import base64
import csv
import io
from collections.abc import Iterator

import pytest

from bot.campaigns.policy import Policy
from bot.campaigns.roles import Grants
from sandbox.kore import Operation
from sandbox.kore.calls import Kind
from sandbox.kore.state import Status
from tests.flows.conftest import Author
from tests.flows.contact_numbers import found_in, numbers_in, readable
from tests.flows.logged import Log
from tests.flows.office import Office, opened
from tests.flows.voice_runs import (
    CONTACTS,
    NOT_REACHED,
    REACHED,
    SAID,
    completed_run,
    shown,
    voice_campaign,
)
from tests.world import World

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def office(world: World) -> Iterator[Office]:
    with opened(world) as made:
        made.set(made.grants(), Policy())
        yield made


async def test_counts_and_a_picture_are_shown_below_the_card(ana: Author) -> None:
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    card, said = await shown(ana, name)
    assert "Results" in card.buttons
    assert said.says(f"Results of “{name}”*: {CONTACTS} contacts", SAID)
    assert said.says(f"Called, not reached: {NOT_REACHED} (20%)", "Not called: 0 (0%)")
    assert said.says("How calls ended", "userHangUp: 138 (60%)", "agentHangUp: 46 (20%)")
    assert said.says("Attempts", "1: 230 (100%)")
    assert not said.says("so far")
    message, picture = await ana.person.wait_file("results-")
    assert (message.post.thread_ts, picture.content[:8]) == (card.ts, PNG)
    assert picture.title == f"Results of “{name}”"
    assert f"Reached {REACHED} (80%), Called, not reached {NOT_REACHED} (20%)" in picture.alt_text
    await ana.world.idle()
    assert len(card.replies) == 2


async def test_a_second_request_uses_the_card_that_is_there(ana: Author) -> None:
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    card, _ = await shown(ana, name)
    await ana.world.idle()
    await ana.person.click(card, "Results")
    await ana.world.settled(lambda: len(card.replies) == 4)
    await ana.world.idle()
    assert [each.thread_ts for each in ana.person.messages() if each.says(name)] == [None, card.ts]


async def test_the_file_goes_to_the_person_who_pressed_alone(ana: Author, log: Log) -> None:
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    _, said = await shown(ana, name)
    await ana.person.click(said, "CSV for me")
    message, file = await ana.person.wait_file("results-", "@campaign-bot")
    assert message.text.startswith(f"Results of “{name}” by contact: {CONTACTS} contacts.")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert len({row["uniqueId"] for row in rows}) == CONTACTS
    assert rows[0] == {
        "phoneNumber": "12025550150",
        "uniqueId": "lead-0",
        "dialerOutcome": "completed",
        "numberOfAttemptsSoFar": "1",
        "botOutboundStatus": "userHangUp",
        "botOutboundStatusDetail": "user_hangup",
        "agentDispositionCodes": "",
    }
    assert [each.channel.kind for each in file.shares] == ["im"]
    assert ana.world.slack.person("Ravi Iyer").file(file.id) is None
    await ana.world.idle()
    assert numbers_in(ana.world, log) == []


def test_a_number_would_be_found() -> None:
    assert found_in("to 12025550167, 7")
    assert found_in("+1 202-555-0192")
    assert not found_in("Caller ID +12025550100")
    assert found_in(readable(base64.b64encode(b"to 12025550167").decode()))


async def test_without_the_role_there_is_no_file(office: Office) -> None:
    """Tom may look, and gets the counts; the phone numbers are for authors."""
    name = office.world.name("Renewals")
    completed_run(office.world.kore.state, name)
    await office.tom.command(f"/campaign results {name}")
    card = await office.tom.wait_message(containing=name, also="Completed")
    said = await office.tom.wait_reply(card, containing=SAID)
    before = office.world.slack.count("files.completeUploadExternal")
    await office.tom.click(said, "CSV for me")
    await office.tom.wait_message(containing="may not get results with the phone numbers")
    await office.world.idle()
    shared = office.world.slack.count("files.completeUploadExternal")
    assert shared - before <= 1  # the picture alone
    assert office.tom.messages("@campaign-bot") == []


async def test_without_any_role_there_are_no_results(office: Office) -> None:
    name = office.world.name("Renewals")
    completed_run(office.world.kore.state, name)
    office.set(Grants(admins=("U0ELSEWHERE",)), Policy())
    await office.tom.command(f"/campaign results {name}")
    assert office.tom.messages()[-1].says("You may not see results here")


async def test_an_sms_campaign_has_none(ana: Author) -> None:
    name = ana.world.name("Texts")
    voice_campaign(ana.world.kore.state, name, Kind.SMS)
    await ana.person.command(f"/campaign results {name}")
    said = await ana.person.wait_message(containing=f"no results of “{name}”")
    assert said.says("for voice campaigns alone, and this is an SMS campaign", "console")
    assert said.is_ephemeral
    assert Operation.RESULTS not in [each.operation for each in ana.world.kore.requests]


@pytest.mark.parametrize("status", [Status.READY, Status.STOPPED])
async def test_a_campaign_that_called_nobody_has_none(ana: Author, status: Status) -> None:
    name = ana.world.name("Never ran")
    voice_campaign(ana.world.kore.state, name).status = status
    await ana.person.command(f"/campaign results {name}")
    said = await ana.person.wait_message(containing=f"no results of “{name}”")
    assert said.says("called nobody for it yet, or its run was stopped")


async def test_no_campaign_and_several_campaigns(ana: Author) -> None:
    name = ana.world.name("Twins")
    await ana.person.command("/campaign results")
    assert ana.person.messages()[-1].says("Say which campaign: `/campaign results")
    await ana.person.command(f"/campaign results {name}")
    await ana.person.wait_message(containing=f"no results of “{name}”", also="no campaign with")
    completed_run(ana.world.kore.state, name)
    completed_run(ana.world.kore.state, name)
    await ana.person.command(f"/campaign results {name}")
    await ana.person.wait_message(containing=f"2 campaigns are called “{name}”")
