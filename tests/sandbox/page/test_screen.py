"""Waiting until the bot has reacted."""

import asyncio

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.page.place import Place
from sandbox.page.screen import Screen
from sandbox.slack import Person, PretendSlack


@pytest.fixture
def screen(slack: PretendSlack, ana: Person) -> Screen:
    return Screen.of(slack, ana, Place("", ""))


async def test_a_wait_ends_when_nothing_changes_any_more(
    slack: PretendSlack, web: AsyncWebClient, screen: Screen, channel: str
) -> None:
    before = screen.written()
    waiting = asyncio.create_task(screen.changed(screen.written, before))
    await web.conversations_info(channel=slack.workspace.channel_named("marketing").id)
    assert not waiting.done()
    sent = await web.chat_postMessage(channel=channel, text="At work")
    assert not waiting.done()
    await web.chat_update(channel=channel, ts=str(sent["ts"]), text="Done")
    assert not waiting.done()
    seen = screen.written()
    await waiting
    assert screen.written() == seen != before


async def test_a_wait_ends_even_if_changes_never_stop(
    web: AsyncWebClient, screen: Screen, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.page.screen.MOMENT", 0.1)
    monkeypatch.setattr("sandbox.page.screen.STILL", 60)
    waiting = asyncio.create_task(screen.changed(screen.written, screen.written()))
    await web.chat_postMessage(channel=channel, text="News")
    done, _ = await asyncio.wait([waiting], timeout=5)
    assert done == {waiting}


async def test_a_wait_without_a_change_ends_without_an_error(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.page.screen.MOMENT", 0.01)
    before = screen.version()
    await screen.changed(screen.version, before)
    assert screen.version() == before
