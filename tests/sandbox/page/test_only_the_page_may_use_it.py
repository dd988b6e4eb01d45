"""Only the page itself, on this computer, may use the page's addresses."""

import re

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from sandbox.slack import Person, PretendSlack
from tests.sandbox.page.conftest import Theater


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:1"])
async def test_this_computer_is_answered(http: httpx.AsyncClient, host: str) -> None:
    answer = await http.get("/", headers={"Host": host})
    assert answer.status_code == 200


@pytest.mark.parametrize("host", ["example.com", "localhost.example.com", "192.0.2.1", ""])
async def test_another_host_name_is_refused(http: httpx.AsyncClient, host: str) -> None:
    answer = await http.get("/", headers={"Host": host})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_page_cannot_post(
    http: httpx.AsyncClient, ana: Person, headers: dict[str, str]
) -> None:
    answer = await http.post("/command", data={"text": "Hello"}, headers=headers)
    assert answer.status_code == 403
    assert ana.messages() == []


async def test_the_page_itself_can_post(http: httpx.AsyncClient, ana: Person) -> None:
    own = str(http.base_url).removesuffix("/")
    headers = {"Origin": own, "Sec-Fetch-Site": "same-origin"}
    answer = await http.post("/command", data={"text": "Hello"}, headers=headers)
    assert answer.status_code == 303
    assert [message.text for message in ana.messages()] == ["Hello"]


@pytest.mark.parametrize("path", ["/", "/static/page.js", "/static/page.css", "/missing"])
async def test_nothing_is_loaded_from_elsewhere(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(path)
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "https://" not in answer.text


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://example.com"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_no_address_accepts_a_post_from_another_page(
    slack: PretendSlack, http: httpx.AsyncClient, theater: Theater, headers: dict[str, str]
) -> None:
    addresses = posted_to(theater)
    assert {"/command", "/home/click", "/modal/close", "/clock", "/fault/clear"} <= addresses
    for address in addresses:
        answer = await http.post(address, data={"text": "/campaign"}, headers=headers)
        assert (answer.status_code, answer.text) == (403, "Only this page itself may post here.")
    assert not slack.deliveries


async def test_addresses_that_change_something_accept_only_posts(
    http: httpx.AsyncClient, theater: Theater
) -> None:
    for address in posted_to(theater):
        assert (await http.get(address)).status_code == 405


async def test_another_host_name_cannot_post(http: httpx.AsyncClient, ana: Person) -> None:
    own = {"Host": "example.com", "Origin": "http://example.com", "Sec-Fetch-Site": "same-origin"}
    answer = await http.post("/command", data={"text": "Hello"}, headers=own)
    assert answer.status_code == 400
    assert ana.messages() == []


@pytest.mark.parametrize("path", ["/", "/version", "/suggest", "/static/keep.js"])
async def test_every_answer_carries_the_whole_policy(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(path, headers={"Host": "127.0.0.1"})
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


async def test_the_policy_lets_the_page_work(http: httpx.AsyncClient) -> None:
    page = (await http.get("/")).text
    assert " style=" not in page
    assert "<style" not in page
    assert re.search(r"<script(?![^>]* src=\"/static/)", page) is None
    assert re.search(r" on[a-z]+=", page) is None


def posted_to(theater: Theater) -> set[str]:
    """Return every address of the page that accepts a POST."""
    assert isinstance(theater.page.app, Starlette)
    routes = (each for each in theater.page.app.routes if isinstance(each, Route))
    return {each.path for each in routes if "POST" in (each.methods or ())}
