"""The page's address: what it contains, and which addresses are refused."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient
from starlette.datastructures import QueryParams

from sandbox.page.place import Place
from sandbox.slack import Person, PretendSlack
from tests.sandbox.page.browser import Browser

PLACES = st.builds(
    Place,
    person=st.text(),
    conversation=st.text(),
    thread=st.text(),
    tab=st.text(),
    panel=st.text(),
    since=st.text(),
)


@given(PLACES)
def test_an_address_leads_back_to_its_place(place: Place) -> None:
    path, _, query = place.url().partition("?")
    assert path == "/"
    assert query == place.query
    assert Place.of(QueryParams(query)) == place


@given(PLACES, st.text())
def test_one_part_of_an_address_can_be_changed(place: Place, thread: str) -> None:
    _, _, query = place.url(thread=thread).partition("?")
    there = Place.of(QueryParams(query))
    assert there.thread == thread
    assert Place.of({**there.parts, "thread": place.thread}) == place


def test_the_address_uses_the_names_that_people_see() -> None:
    place = Place("Ana Lopez", "#leads & more", panel="kore")
    assert place.url() == "/?as=Ana+Lopez&in=%23leads+%26+more&panel=kore"


@pytest.mark.parametrize(
    "asked",
    [
        {"as": "Nobody"},
        {"in": "nowhere"},
        {"in": "@nobody"},
        {"panel": "../page"},
        {"panel": "Traffic"},
        {"tab": "page"},
        {"tab": "Home"},
        {"since": "yesterday"},
    ],
)
async def test_an_unknown_place_is_not_found(
    http: httpx.AsyncClient, asked: dict[str, str]
) -> None:
    for path in ("/", "/version", "/suggest"):
        assert (await http.get(path, params=asked)).status_code == 404
    assert (await http.post("/no", data=asked)).status_code == 404


async def test_a_private_channel_is_not_found_by_people_outside_it(
    slack: PretendSlack, http: httpx.AsyncClient
) -> None:
    ravi = slack.workspace.user_named("ravi")
    slack.workspace.add_channel("secrets", ravi, private=True)
    assert (await http.get("/", params={"as": "Ravi Iyer", "in": "secrets"})).status_code == 200
    assert (await http.get("/", params={"as": "Ana Lopez", "in": "secrets"})).status_code == 404
    shown = await http.get("/", params={"as": "Ana Lopez"})
    assert "secrets" not in shown.text


@pytest.mark.parametrize("panel", ["", "kore", "traffic", "faults", "none"])
async def test_every_panel_is_found(http: httpx.AsyncClient, panel: str) -> None:
    answer = await http.get("/", params={"panel": panel})
    assert answer.status_code == 200
    assert ("<aside" in answer.text and 'id="panel-body"' in answer.text) is (panel != "none")


async def test_an_unknown_thread_is_not_shown(browser: Browser) -> None:
    browser.thread = "1.0"
    await browser.look()
    assert "<h2>Thread</h2>" not in browser.html
    assert 'class="with-thread' not in browser.html


async def test_a_post_keeps_the_open_channel_thread_and_panel(
    ana: Person, browser: Browser
) -> None:
    said = ana.say("Card", "leads")
    browser.place, browser.thread, browser.panel = "leads", said.ts, "traffic"
    await browser.post("/reply", text="Thanks")
    assert "Thanks" in browser.thread_shown
    assert "<title>#leads · Ana Lopez" in browser.html
    assert "<h2>Every request</h2>" in browser.html


async def test_since_hides_only_older_ephemeral_messages(
    web: AsyncWebClient, ana: Person, channel: str, browser: Browser
) -> None:
    ana.say("For all")
    first = await web.chat_postEphemeral(channel=channel, user=ana.user.id, text="An older word")
    await web.chat_postEphemeral(channel=channel, user=ana.user.id, text="A newer word")
    await browser.look(since="0")
    assert "An older word" in browser.html
    await browser.look(since=str(first["message_ts"]))
    assert "For all" in browser.html
    assert "An older word" not in browser.html
    assert "A newer word" in browser.html
    assert browser.since == first["message_ts"]
