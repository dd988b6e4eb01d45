"""Unexpected answers from Kore.ai: the person gets a message, and nothing is done twice."""

import pytest

from bot.kore import retries
from bot.work import job
from sandbox.canned import Canned
from sandbox.kore import Operation
from tests.flows.conftest import SIMPLE, Author

HTML = {"Content-Type": "text/html"}
ODD: dict[str, Canned] = {
    "page of an edge": Canned(503, b"<html>Service Unavailable</html>", HTML),
    "text": Canned(502, b"upstream connect error", {"Content-Type": "text/plain"}),
    "nothing": Canned(200),
    "no content": Canned(204),
    "elsewhere": Canned(301, b"", {"Location": "https://kore.example/login"}),
    "list": Canned(200, b'[{"_id": "cd-1"}]'),
    "null": Canned(200, b"null"),
    "half": Canned(200, b'{"status": "success", "data": {"_id": "cd-1"'),
    "not UTF-8": Canned(200, b'{"status": "success", "data": {"_id": "cd-1", "name": "\xff"}}'),
    "called gzip": Canned(200, b"not gzip", {"Content-Encoding": "gzip"}),
    "too deep": Canned(200, b'{"data": ' + b"[" * 50_000),
    "half a character": Canned(500, rb'{"errors": [{"msg": "\ud83d is not known"}]}'),
    "in a year": Canned(429, b"", {"Retry-After": "31536000"}),
}
# After these answers it is certain that nothing was created.
REFUSED = {"in a year"}


@pytest.fixture(autouse=True)
def short_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "LOOKS", (0.01,))
    monkeypatch.setattr(job, "LATEST_SECONDS", 0.0)
    monkeypatch.setattr(retries, "DELAY_SECONDS", 0.001)


async def test_a_look_up_with_an_odd_answer_is_reported(ana: Author) -> None:
    for number, (odd, canned) in enumerate(ODD.items()):
        ana.world.kore.faults.answer(Operation.GET, canned, times=None)
        campaign = f"cd-odd-{number}-answer"
        await ana.person.command(f"/campaign status {campaign}")
        told = await ana.person.wait_message(containing=campaign)
        assert "could not be looked up" in told.words, odd
        assert "The bot had an internal error" not in told.words, odd
        ana.world.kore.faults.clear()


@pytest.mark.parametrize("odd", ["called gzip", "half a character", "in a year"])
async def test_a_creation_with_an_odd_answer_is_reported_and_made_once(
    ana: Author, odd: str
) -> None:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    when = "before" if odd in REFUSED else "after"
    ana.world.kore.faults.answer(Operation.CREATE, ODD[odd], when=when)
    await ana.send(form, SIMPLE)
    if odd in REFUSED:
        told = await ana.card(name, "was not created", "@campaign-bot")
        assert "Nothing was created in Kore.ai" in told.words
    else:
        await ana.card(name, "Created by")
    made = [c for c in ana.world.kore.state.campaigns.values() if c.name == name]
    assert len(made) == (0 if odd in REFUSED else 1)
