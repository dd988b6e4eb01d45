"""A request that changes something passes the fence right before it is written; reads do not."""

from collections.abc import AsyncIterator

import pytest

from bot.campaigns.campaign import SmsCampaign
from bot.campaigns.values import Kind
from bot.kore import LONGEST_CALL_SECONDS, Account, Cursor, KoreClient, NoAnswer, calls
from sandbox.kore import FaultKind, Operation, PretendKore, When
from tests.bot.kore.conftest import no_pause

# A request is written in two parts: its headers and its body.
WRITES = 2


class Lost(Exception):
    """The lease is lost."""


class Fence:
    """Notes how many requests had arrived at each check, and refuses all after some of them."""

    def __init__(self, kore: PretendKore) -> None:
        self._kore = kore
        self.arrived: list[int] = []
        self.open_for = 99

    async def __call__(self, seconds: float) -> None:
        assert seconds == LONGEST_CALL_SECONDS
        self.arrived.append(len(self._kore.requests))
        if len(self.arrived) > self.open_for:
            raise Lost


@pytest.fixture
def fence(kore: PretendKore) -> Fence:
    return Fence(kore)


@pytest.fixture
async def fenced(served: Account, fence: Fence) -> AsyncIterator[KoreClient]:
    async with KoreClient(served, pause=no_pause, fence=fence) as client:
        yield client


async def test_a_write_is_checked_before_it_arrives_and_a_read_is_not(
    fenced: KoreClient, fence: Fence, kore: PretendKore, sms: SmsCampaign
) -> None:
    await fenced.create_campaign(sms)
    await fenced.list_campaigns(Kind.SMS, Cursor())
    assert fence.arrived == [0] * WRITES
    assert len(kore.requests) > 1


@pytest.mark.parametrize("written", range(WRITES))
async def test_nothing_arrives_after_the_lease_is_lost(
    fenced: KoreClient, fence: Fence, kore: PretendKore, sms: SmsCampaign, written: int
) -> None:
    fence.open_for = written
    with pytest.raises(Lost):
        await fenced.create_campaign(sms)
    assert fence.arrived == [0] * (written + 1)
    assert len(kore.requests) == 0
    await fenced.list_campaigns(Kind.SMS, Cursor())


async def test_each_repeat_is_checked(
    fenced: KoreClient, fence: Fence, kore: PretendKore, sms: SmsCampaign
) -> None:
    kore.faults.add(Operation.CREATE, FaultKind.RATE_LIMIT_429, when=When.BEFORE)
    fence.open_for = WRITES
    with pytest.raises(Lost):
        await fenced.create_campaign(sms)
    assert fence.arrived == [*[0] * WRITES, 1]
    assert len(kore.requests) == 1


async def test_a_call_that_changes_something_has_a_time_limit_and_a_read_has_another(
    fenced: KoreClient, kore: PretendKore, sms: SmsCampaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "LONGEST_CALL_SECONDS", 0.05)
    kore.latency_seconds = 0.2
    with pytest.raises(NoAnswer):
        await fenced.create_campaign(sms)
    assert (await fenced.list_contact_lists()).complete
