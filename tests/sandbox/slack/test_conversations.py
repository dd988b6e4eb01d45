"""The bot's requests about channels and people."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Person, PretendSlack

METADATA = {"event_type": "campaign", "event_payload": {"key": "k1"}}


def channel_id(slack: PretendSlack, name: str = "campaigns") -> str:
    return slack.workspace.channel_named(name).id


@pytest.mark.parametrize(("name", "is_member"), [("campaigns", True), ("marketing", False)])
async def test_info_says_whether_the_bot_is_a_member(
    slack: PretendSlack, web: AsyncWebClient, name: str, *, is_member: bool
) -> None:
    channel = (await web.conversations_info(channel=channel_id(slack, name)))["channel"]
    assert channel["name"] == name
    assert channel["is_member"] is is_member
    assert channel["is_private"] is False


async def test_a_direct_conversation_names_its_person(web: AsyncWebClient, ana: Person) -> None:
    opened = (await web.conversations_open(users=ana.user.id))["channel"]["id"]
    channel = (await web.conversations_info(channel=opened))["channel"]
    assert channel["is_im"] is True
    assert channel["user"] == ana.user.id


async def test_a_direct_conversation_needs_a_person(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    with pytest.raises(SlackApiError, match="users_list_not_supplied"):
        await web.api_call("conversations.open")
    slack.complaints.clear()


async def test_a_negative_limit_is_refused(slack: PretendSlack, web: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await web.conversations_members(channel=channel_id(slack), limit=-1)
    slack.complaints.clear()


async def test_a_private_channel_is_hidden_from_outsiders(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await web.conversations_info(channel=channel_id(slack, "leads"))


async def test_the_scope_needed_depends_on_the_kind_of_channel(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    slack.scopes.discard("channels:history")
    with pytest.raises(SlackApiError) as refused:
        await web.conversations_history(channel=channel_id(slack))
    assert refused.value.response["needed"] == "channels:history"
    slack.complaints.clear()


async def test_members_come_in_pages(slack: PretendSlack, web: AsyncWebClient) -> None:
    channel = channel_id(slack)
    first = await web.conversations_members(channel=channel, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await web.conversations_members(channel=channel, limit=2, cursor=cursor)
    assert len(first["members"]) == 2
    assert len(second["members"]) == 1
    assert {*first["members"], *second["members"]} == (
        slack.workspace.channel_named("campaigns").members
    )
    assert second["response_metadata"]["next_cursor"] == ""


async def test_history_has_metadata_only_when_asked(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    channel = channel_id(slack)
    await web.chat_postMessage(channel=channel, text="First")
    await web.chat_postMessage(channel=channel, text="Second", metadata=METADATA)
    plain = (await web.conversations_history(channel=channel))["messages"]
    full = (await web.conversations_history(channel=channel, include_all_metadata=True))["messages"]
    assert [message["text"] for message in plain] == ["Second", "First"]
    assert "metadata" not in plain[0]
    assert full[0]["metadata"] == METADATA


async def test_history_can_be_limited_by_time(slack: PretendSlack, web: AsyncWebClient) -> None:
    channel = channel_id(slack)
    posted = [(await web.chat_postMessage(channel=channel, text=text))["ts"] for text in "abc"]
    later = await web.conversations_history(channel=channel, oldest=posted[1])
    with_it = await web.conversations_history(channel=channel, oldest=posted[1], inclusive=True)
    earlier = await web.conversations_history(channel=channel, latest=posted[1])
    assert [message["text"] for message in later["messages"]] == ["c"]
    assert [message["text"] for message in with_it["messages"]] == ["c", "b"]
    assert [message["text"] for message in earlier["messages"]] == ["a"]


async def test_replies_are_in_the_thread_and_not_in_the_history(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    channel = channel_id(slack)
    root = (await web.chat_postMessage(channel=channel, text="Ready"))["ts"]
    await web.chat_postMessage(channel=channel, text="Running", thread_ts=root)
    history = await web.conversations_history(channel=channel)
    thread = await web.conversations_replies(channel=channel, ts=root)
    assert [message["text"] for message in history["messages"]] == ["Ready"]
    assert [message["text"] for message in thread["messages"]] == ["Ready", "Running"]


async def test_history_needs_membership(slack: PretendSlack, web: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await web.conversations_history(channel=channel_id(slack, "marketing"))


async def test_a_user_has_a_time_zone(web: AsyncWebClient, ana: Person) -> None:
    user = (await web.users_info(user=ana.user.id))["user"]
    assert user["real_name"] == "Ana Lopez"
    assert user["tz"] == "America/New_York"
    assert user["tz_offset"] in (-18_000, -14_400)


async def test_an_unknown_user_is_not_found(web: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="user_not_found"):
        await web.users_info(user="U0000000000")
