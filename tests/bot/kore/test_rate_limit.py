"""A reserved call counts for the next write, and a read before that counts separately."""

import httpx

from bot.kore import Account, KoreClient


async def test_a_reserved_call_is_kept_for_the_write(account: Account) -> None:
    said: list[str] = []

    async def turn(_awaited: bool) -> None:  # noqa: FBT001 # as `Turn` is called
        said.append("turn")

    def answer(request: httpx.Request) -> httpx.Response:
        said.append(request.method)
        row = {"id": "cd-1", "name": "Sale", "status": "Ready"}
        return httpx.Response(200, json={"id": "cd-1", "data": row})

    transport = httpx.MockTransport(answer)
    async with KoreClient(account, transport=transport, turn=turn) as client:
        await client.reserve()
        await client.get_campaign("cd-1")
        await client.unschedule_campaign("Sale")
        await client.unschedule_campaign("Sale")

    assert said == ["turn", "turn", "GET", "POST", "turn", "POST"]
