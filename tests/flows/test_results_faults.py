"""Results when Kore.ai or Slack fails, and when the run changes while it is read."""

import itertools
from datetime import timedelta

import pytest

from bot.campaigns.contacts import ContactResults
from bot.charts import Charts, NotDrawn
from bot.kore import KoreClient, ServerFault
from bot.kore import Operation as KoreOperation
from bot.slack import files, outbox, sharing
from bot.work import result_pages, uploads
from sandbox.kore import FaultKind, Operation
from sandbox.kore.instance import Instance
from sandbox.kore.state import Status
from tests.flows.conftest import Author
from tests.flows.logged import Log
from tests.flows.voice_runs import CONTACTS, completed_run, shown


async def test_a_run_that_goes_on_and_changes_is_counted_so_far(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run calls one contact more before each page that is read."""
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name).status = Status.PAUSED
    everybody = Instance.results
    pages = itertools.count(200)
    monkeypatch.setattr(
        Instance, "results", lambda run, now, **how: everybody(run, now, **how)[: next(pages)]
    )
    await ana.person.command(f"/campaign results {name}")
    card = await ana.card(name, "Paused")
    said = await ana.person.wait_reply(card, containing=f"Results of “{name}”")
    assert said.says("It is not over, so these are the numbers so far")
    # The second pass of three pages ends with the sixth.
    assert said.says(
        "Kore.ai counts 205, and the bot found 205 different ones: some may be missing"
    )


async def test_a_page_that_fails_is_read_again(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result_pages, "PAGE_PAUSES", (0.01,))
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    read, asked = KoreClient.contact_results, list[int]()

    async def failing(
        self: KoreClient, campaign_id: str, *, page: int = 1, limit: int = 100
    ) -> ContactResults:
        asked.append(page)
        if asked == [1, 2]:
            raise ServerFault(KoreOperation.CONTACT_RESULTS)
        return await read(self, campaign_id, page=page, limit=limit)

    monkeypatch.setattr(KoreClient, "contact_results", failing)
    await shown(ana, name)
    assert asked == [1, 2, 2, 3]


async def test_if_kore_fails_nothing_is_shown_and_the_person_is_told(ana: Author) -> None:
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    ana.world.kore.faults.add(Operation.RESULTS, FaultKind.UNAUTHORIZED_401)
    await ana.person.command(f"/campaign results {name}")
    told = await ana.person.wait_message(containing=f"no results of “{name}”")
    assert told.says("does not accept the bot's credentials")


async def test_a_long_reading_is_announced(ana: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_pages, "UNTOLD_SECONDS", 0.0)
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    await shown(ana, name)
    notice = await ana.person.wait_message(containing="the bot has read 100 of them so far")
    assert notice.says(f"“{name}” has results of {CONTACTS} contacts")
    assert notice.is_ephemeral


async def test_without_files_the_numbers_are_shown_alone(ana: Author, log: Log) -> None:
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    ana.world.slack.faults.add("files.getUploadURLExternal", "file_uploads_disabled", None)
    card, said = await shown(ana, name)
    await ana.world.idle()
    assert len(card.replies) == 1
    assert "chart.left_out" in log.events()
    await ana.person.click(said, "CSV for me")
    told = await ana.person.wait_message(containing="Slack did not take the file")
    assert told.says(f"no results of “{name}”")


async def test_a_chart_that_cannot_be_drawn_is_left_out(
    ana: Author, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_self: Charts, _specification: object) -> bytes:
        raise NotDrawn("exit_1")

    monkeypatch.setattr(Charts, "draw", fail)
    monkeypatch.setattr(sharing, "DRAWING_TRIES", 2)
    monkeypatch.setattr(outbox, "FIRST_PAUSE", timedelta())
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    card, _ = await shown(ana, name)
    await ana.world.idle()
    assert len(card.replies) == 1
    assert log.events().count("chart.left_out") == 1


async def test_where_the_bot_is_no_member_the_numbers_are_shown_alone(
    ana: Author, log: Log
) -> None:
    """It may post in public channels without joining them, but it may not share files there."""
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    await ana.person.command(f"/campaign results {name}", "marketing")
    card = await ana.card(name, "Completed", "marketing")
    await ana.person.wait_reply(card, containing=f"Results of “{name}”")
    await ana.world.idle()
    assert [each.files for each in card.replies] == [[]]
    assert "not_in_channel" in log.text


async def test_where_the_bot_may_not_post_the_results_go_to_the_author(ana: Author) -> None:
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    await ana.person.command(f"/campaign results {name}", "leads")
    said = await ana.person.wait_message("@campaign-bot", containing=f"Results of “{name}”")
    message, _ = await ana.person.wait_file(".png", "@campaign-bot")
    assert message.post.thread_ts == said.ts
    assert len([each for each in ana.person.messages("leads") if each.says(name)]) == 1


@pytest.mark.parametrize("carried_out", [True, False])
async def test_a_picture_whose_sharing_was_not_answered_is_shared_once(
    ana: Author, monkeypatch: pytest.MonkeyPatch, *, carried_out: bool
) -> None:
    """The first attempt does not find it; the next one looks before it shares another."""
    monkeypatch.setattr(files, "LOOKS", ())
    monkeypatch.setattr(outbox, "ON_ITS_WAY", timedelta(seconds=0.1))
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    ana.world.slack.faults.add("files.completeUploadExternal", "reset", carried_out=carried_out)
    card, _ = await shown(ana, name)
    await ana.world.idle()
    assert [len(each.files) for each in card.replies] == [0, 1]
    assert ana.world.slack.count("files.info") == 1


@pytest.mark.parametrize("carried_out", [True, False])
async def test_a_file_whose_sharing_was_not_answered_is_shared_once(
    ana: Author, monkeypatch: pytest.MonkeyPatch, *, carried_out: bool
) -> None:
    monkeypatch.setattr(files, "LOOKS", ())
    monkeypatch.setattr(outbox, "ON_ITS_WAY", timedelta(seconds=0.1))
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    _, said = await shown(ana, name)
    await ana.world.idle()
    ana.world.slack.faults.add("files.completeUploadExternal", "reset", carried_out=carried_out)
    await ana.person.click(said, "CSV for me")
    await ana.world.idle()
    titles = [each.title for one in ana.person.messages("@campaign-bot") for each in one.files]
    assert titles.count(f"Results of “{name}”") == 1


async def test_a_file_that_slack_has_lost_is_not_promised(ana: Author) -> None:
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    _, said = await shown(ana, name)
    await ana.world.idle()
    ana.world.slack.faults.add("files.completeUploadExternal", "file_not_found")
    await ana.person.click(said, "CSV for me")
    told = await ana.person.wait_message("@campaign-bot", containing="Slack no longer has the file")
    assert told.says(name, "Nobody got it", "CSV for me")


async def test_a_file_is_uploaded_again_until_slack_takes_it(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PAUSES", (0.01, 0.01))
    name = ana.world.name("Renewals")
    completed_run(ana.world.kore.state, name)
    _, said = await shown(ana, name)
    await ana.world.idle()
    ana.world.slack.faults.add("upload_url", "http_500", 2)
    await ana.person.click(said, "CSV for me")
    _, file = await ana.person.wait_file("results-", "@campaign-bot")
    await ana.world.idle()
    assert [each for each in ana.person.messages("@campaign-bot") if file in each.files]
