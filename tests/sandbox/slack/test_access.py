"""Tokens, scopes, and the encodings of calls."""

import json

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import PretendSlack
from tests.sandbox.stage import MANIFEST


async def test_auth_test_names_the_bot_and_its_scopes(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    answer = await web.auth_test()
    assert answer["user_id"] == slack.workspace.bot.id
    assert answer["team_id"] == slack.workspace.id
    assert answer.headers["x-oauth-scopes"] == ",".join(sorted(MANIFEST.bot_scopes))


@pytest.mark.parametrize(
    ("token", "error"),
    [
        ("", "not_authed"),
        ("xoxb-other", "invalid_auth"),
        ("xapp-sandbox", "not_allowed_token_type"),
    ],
)
async def test_a_wrong_token_is_refused(
    slack: PretendSlack, web: AsyncWebClient, token: str, error: str
) -> None:
    web.token = token
    with pytest.raises(SlackApiError) as refused:
        await web.auth_test()
    assert refused.value.response["error"] == error
    assert slack.complaints == [f"auth.test: {error}"]
    slack.complaints.clear()


async def test_a_missing_scope_is_named(slack: PretendSlack, web: AsyncWebClient) -> None:
    slack.scopes.discard("users:read")
    with pytest.raises(SlackApiError) as refused:
        await web.users_info(user=slack.person("ana").user.id)
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "users:read"
    assert "chat:write" in refused.value.response["provided"].split(",")
    slack.complaints.clear()


async def test_an_unknown_method_is_refused(slack: PretendSlack, web: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="unknown_method"):
        await web.api_call("chat.shout")
    assert slack.complaints == ["chat.shout: unknown_method"]
    slack.complaints.clear()


async def test_json_inside_a_form_is_understood(slack: PretendSlack, web: AsyncWebClient) -> None:
    channel = slack.workspace.channel_named("campaigns").id
    blocks = [{"type": "divider"}]
    await web.api_call(
        "chat.postMessage",
        data={"channel": channel, "text": "Hello", "blocks": json.dumps(blocks)},
    )
    (message,) = slack.person("ana").messages()
    assert [block["type"] for block in message.blocks] == ["divider"]


async def test_a_call_is_recorded_without_its_token(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    await web.api_call("api.test", data={"token": "xoxb-sandbox", "word": "yes"})
    assert slack.calls[-1].method == "api.test"
    assert slack.calls[-1].arguments == {"word": "yes"}
    assert slack.calls[-1].answer["ok"] is True
    assert slack.count("api.test") == 1


async def test_a_body_that_is_not_json_is_refused(slack: PretendSlack, web: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_json"):
        await web.api_call("views.open", data={"view": "{"})
    with pytest.raises(SlackApiError, match="invalid_json"):
        await web.api_call("views.open", json=["view"])  # type: ignore[arg-type] # invalid on purpose
    slack.complaints.clear()


async def test_a_rate_limit_says_when_to_try_again(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    slack.faults.add("auth.test", "ratelimited", seconds=7)
    with pytest.raises(SlackApiError) as refused:
        await web.auth_test()
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    await web.auth_test()


@pytest.mark.parametrize("kind", ["fatal_error", "internal_error", "service_unavailable"])
async def test_a_planned_error_happens_as_often_as_planned(
    slack: PretendSlack, web: AsyncWebClient, kind: str
) -> None:
    slack.faults.add("auth.test", kind, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match=kind):
            await web.auth_test()
    assert (await web.auth_test())["ok"] is True


async def test_a_planned_server_error_has_no_json(slack: PretendSlack, web: AsyncWebClient) -> None:
    slack.faults.add("auth.test", "http_500")
    with pytest.raises(SlackApiError) as refused:
        await web.auth_test()
    assert refused.value.response.status_code == 500


async def test_a_hanging_call_outlasts_the_clients_timeout(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    slack.faults.add("auth.test", "hang", seconds=0.2)
    web.session, web.timeout, web.retry_handlers = None, 0.05, []  # type: ignore[assignment] # not an integer
    with pytest.raises(TimeoutError):
        await web.auth_test()


async def test_a_call_can_take_effect_even_if_its_answer_fails(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    slack.faults.add("chat.postMessage", "fatal_error", carried_out=True)
    channel = slack.workspace.channel_named("campaigns").id
    with pytest.raises(SlackApiError, match="fatal_error"):
        await web.chat_postMessage(channel=channel, text="Posted all the same")
    assert [each.text for each in slack.person("ana").messages()] == ["Posted all the same"]
