"""Contact lists while Kore.ai fails: nothing is sent twice, and what is unknown is told as that."""

import pytest

from bot.work import job
from sandbox.kore import FaultKind, Operation, When
from tests.flows.conftest import Author
from tests.flows.listing import confirm, named, told

pytestmark = pytest.mark.usefixtures("lists", "quick_looks")


@pytest.fixture
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "LOOKS", (0.01,))
    monkeypatch.setattr(job, "LATEST_SECONDS", 0.0)


LOST = {
    "create": (Operation.CREATE_LIST, "was created"),
    "rename": (Operation.UPDATE_LIST, "is called"),
    "delete": (Operation.DELETE_LIST, "was deleted"),
}
NOT_KNOWN = {"create": "created", "rename": "changed", "delete": "deleted"}


@pytest.mark.parametrize("what", LOST)
async def test_a_lost_answer_is_found_out_and_nothing_is_sent_twice(ana: Author, what: str) -> None:
    name, (operation, done) = ana.world.name("Lost"), LOST[what]
    ana.world.kore.faults.add(operation, FaultKind.RESET, when=When.AFTER)
    await confirm(ana, what, name)
    await told(ana, name, done)
    await ana.world.idle()
    assert len(named(ana.world, name)) == (what == "create")
    assert len(named(ana.world, f"{name} 2")) == (what == "rename")


@pytest.mark.parametrize("what", LOST)
async def test_a_request_that_did_not_arrive_is_told_as_not_done(ana: Author, what: str) -> None:
    name, (operation, _) = ana.world.name("Stray"), LOST[what]
    ana.world.kore.faults.add(operation, FaultKind.RESET, when=When.BEFORE)
    await confirm(ana, what, name)
    await ana.card(name, f"was not {NOT_KNOWN[what]}", "@campaign-bot")
    assert len(named(ana.world, name)) == (what != "create")


@pytest.mark.parametrize("what", LOST)
async def test_what_cannot_be_found_out_is_told_as_unknown(ana: Author, what: str) -> None:
    name, (operation, _) = ana.world.name("Unknown"), LOST[what]
    looks = Operation.ALL_LISTS if what == "create" else Operation.GET_LIST
    ana.world.kore.faults.add(operation, FaultKind.RESET, when=When.AFTER)

    def arrived() -> bool:
        changed = f"{name} 2" if what == "rename" else name
        return bool(named(ana.world, changed)) is (what != "delete")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(job, "LOOKS", (0.3,))
        await confirm(ana, what, name)
        await ana.world.settled(arrived)
        ana.world.kore.faults.add(looks, FaultKind.SERVER_ERROR_500, times=None)
        notice = await ana.card(name, f"was {NOT_KNOWN[what]} is not known", "@campaign-bot")
    assert f"Look before you try again: /campaign lists {name}" in notice.words.replace("`", "")
    ana.world.kore.faults.clear()
