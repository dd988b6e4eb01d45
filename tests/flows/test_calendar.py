"""The calendar of the coming week comes as a direct message, with a picture if possible."""

from datetime import timedelta

import pytest

from bot.charts import Charts, NotDrawn
from sandbox.slack import Message
from tests.flows.conftest import Author
from tests.flows.homes import opened_home
from tests.flows.test_look_ahead import half_an_hour_ago, with_plan

DIRECT = "@campaign-bot"


async def planned(ana: Author) -> str:
    """Make a campaign that runs every day at any hour, and return its name."""
    name = ana.world.name()
    await ana.sms(name)
    now = ana.world.kore.state.now
    await with_plan(ana, name, half_an_hour_ago(), changed=now - timedelta(days=3))
    return name


def calendars(ana: Author, name: str) -> list[Message]:
    found = ana.person.messages(DIRECT)
    return [each for each in found if each.says("Runs of the coming week", name)]


async def test_a_person_gets_the_week_with_a_picture(author: Author) -> None:
    ana, name = author, await planned(author)
    await ana.person.command("/campaign calendar")
    message, picture = await ana.person.wait_file("calendar", DIRECT)
    assert message.says("Runs of the coming week* (America/New_York)", name)
    assert picture.content.startswith(b"\x89PNG")
    await ana.world.idle()
    assert len(calendars(ana, name)) == 1


async def test_the_home_tab_has_a_button_for_it(ana: Author) -> None:
    name = await planned(ana)
    home = await opened_home(ana.person, "Next runs")
    await home.click("Calendar of the week")
    await ana.person.wait_message(DIRECT, containing="Runs of the coming week", also=name)


async def test_without_the_picture_the_words_come_alone(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> bytes:
        raise NotDrawn("timed_out")

    monkeypatch.setattr(Charts, "draw", fail)
    name = await planned(ana)
    await ana.person.command("/campaign calendar")
    await ana.person.wait_message(DIRECT, containing="Runs of the coming week", also=name)


async def test_a_week_without_a_run_is_said_to_have_none(ana: Author) -> None:
    name = await planned(ana)
    await ana.world.services.records.campaigns.gone(ana.campaign_id(name))
    for known in await ana.world.services.records.campaigns.scheduled(None, 1000):
        await ana.world.services.records.campaigns.gone(known.snapshot.id)
    await ana.person.command("/campaign calendar")
    await ana.person.wait_message(DIRECT, containing="No run of the coming seven days")


async def test_the_home_tab_lists_the_campaigns_of_a_kind_alone(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    home = await opened_home(ana.person, "All campaigns")
    await home.click("Voice")
    shown = await ana.person.wait_modal("Campaigns", containing="for “voice”")
    assert name not in shown.text
