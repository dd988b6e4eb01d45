"""The page takes files into forms, and shows those that messages share."""

import re

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.page.render import size
from sandbox.slack import Person
from tests.browser.chromium import CHROMIUM, running_chromium
from tests.sandbox.page.browser import Browser
from tests.sandbox.page.sample_bot import field_block, plain, step
from tests.sandbox.page.test_drawable import shown_in_a_form

PNG = b"\x89PNG\r\n\x1a\n"
CSV = b"phoneNumber\n+12025550100\n"
NAME = "answer Contacts"


async def with_field(web: AsyncWebClient, ana: Person, browser: Browser) -> None:
    element = {"type": "file_input", "filetypes": ["csv", "txt"], "max_files": 1}
    view = step(1) | {"blocks": [field_block("Contacts", element)]}
    await shown_in_a_form(
        web, ana, browser, {**view, "submit": {"type": "plain_text", "text": "Go"}}
    )


async def post(browser: Browser, http: httpx.AsyncClient, file: tuple[str, bytes]) -> None:
    fields = {name: value for name, value in browser.form().items() if name != NAME}
    answer = await http.post("/modal/dispatch", data=fields, files={NAME: file})
    assert answer.status_code == 303
    await browser.look()


async def test_a_file_goes_into_the_form_and_stays_there(
    web: AsyncWebClient, ana: Person, browser: Browser, http: httpx.AsyncClient
) -> None:
    await with_field(web, ana, browser)
    assert 'enctype="multipart/form-data"' in browser.html
    assert re.search(r'<input type="file"[^>]* accept=".csv,.txt">', browser.html)
    await post(browser, http, ("leads.csv", CSV))
    assert '<p class="quiet">leads.csv</p>' in browser.html
    # A browser posts a file once; without one, the field keeps what it has.
    await post(browser, http, ("", b""))
    modal = ana.modal()
    assert modal
    assert modal.value("Contacts") == ["leads.csv"]


@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
async def test_a_chosen_file_outlasts_a_redrawn_form(
    web: AsyncWebClient, ana: Person, browser: Browser, http: httpx.AsyncClient
) -> None:
    await with_field(web, ana, browser)
    modal = ana.modal()
    assert modal
    async with running_chromium() as chromium:
        page = await chromium.new_page()
        await page.goto(str(http.base_url))
        field = page.get_by_label("Contacts")
        await field.set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": CSV})
        redrawn = {"type": "section", "text": plain("Redrawn")}
        content = {**modal.view.content, "blocks": [*modal.blocks, redrawn]}
        await web.views_update(view_id=modal.id, view=content)
        await page.get_by_text("Redrawn").wait_for()
        await page.get_by_role("button", name="Go", exact=True).last.click()
        await ana.wait_change(lambda: modal.value("Contacts"), [])
    (file,) = modal.view.values["Contacts"]["answer"]["files"]
    stored = ana.file(file["id"])
    assert stored
    assert stored.content == CSV


async def test_forms_without_files_are_posted_as_text(opened: Browser) -> None:
    assert "enctype" not in opened.html


async def test_a_shared_picture_is_shown_with_its_description(
    web: AsyncWebClient, browser: Browser, channel: str
) -> None:
    await web.files_upload_v2(
        channel=channel, filename="chart.png", content=PNG, alt_txt='7 of "10"', title="Chart"
    )
    await browser.look()
    found = re.search(r'<img src="([^"]+)" alt="7 of &#34;10&#34;">', browser.html)
    assert found
    shown = await browser.http.get(found[1].replace("&amp;", "&"))
    assert (shown.content, shown.headers["content-type"]) == (PNG, "image/png")


async def test_another_file_is_a_link_with_its_name_and_size(
    web: AsyncWebClient, browser: Browser, channel: str
) -> None:
    await web.files_upload_v2(
        channel=channel, filename="a b.csv", content="x" * 2_400, title="List"
    )
    await browser.look()
    found = re.search(
        r'<a href="(/file/[^"]+)" download>List</a> <small>(.*?)</small>', browser.html
    )
    assert found
    assert found[2] == "a b.csv, 2 kB"
    saved = await browser.http.get(found[1].replace("&amp;", "&"))
    assert saved.headers["content-disposition"] == "attachment; filename*=UTF-8''a%20b.csv"
    assert saved.headers["x-content-type-options"] == "nosniff"


async def test_only_those_who_may_see_a_file_get_it(
    web: AsyncWebClient, http: httpx.AsyncClient, ana: Person
) -> None:
    opened = await web.conversations_open(users=[ana.user.id])
    sent = await web.files_upload_v2(
        channel=opened["channel"]["id"], filename="contacts.csv", content=CSV
    )
    address = f"/file/{sent['file']['id']}"
    assert (await http.get(address, params={"as": "Ana Lopez"})).content == CSV
    assert (await http.get(address, params={"as": "Ravi Iyer"})).status_code == 404
    assert (await http.get("/file/F0")).status_code == 404


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1 kB"), (2_400_000, "2.4 MB")],
)
def test_sizes_are_written_as_slack_does(count: int, words: str) -> None:
    assert size(count) == words
