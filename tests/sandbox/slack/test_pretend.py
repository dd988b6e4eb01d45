"""The pretend Slack as a running server."""

import httpx

from sandbox.clock import Clock
from tests.sandbox.stage import fresh_slack


async def test_the_pretend_slack_answers_calls() -> None:
    slack = fresh_slack(Clock())
    async with slack.running() as url, httpx.AsyncClient() as client:
        answer = await client.post(f"{url}/api/api.test", data={"word": "yes"})
    assert answer.json() == {"ok": True, "args": {"word": "yes"}}


def test_the_workspace_has_channels_with_and_without_access_for_the_bot() -> None:
    slack = fresh_slack(Clock())
    assert {
        channel.name: (str(channel.kind), slack.workspace.bot.id in channel.members)
        for channel in slack.workspace.channels.values()
    } == {
        "campaigns": ("channels", True),
        "marketing": ("channels", False),
        "leads": ("groups", False),
    }
