"""Nobody but the page itself may use it."""

import httpx
import pytest

from sandbox.slack import Person


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
