"""Messages: where the bot can post, and which messages it can change."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Person, PretendSlack

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*Ready*"}}


def channel_id(slack: PretendSlack, name: str = "campaigns") -> str:
    return slack.workspace.channel_named(name).id


async def test_people_see_a_posted_message(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    channel = channel_id(slack)
    posted = await web.chat_postMessage(channel=channel, text="Ready", blocks=[SECTION])
    (message,) = ana.messages("#campaigns")
    assert (message.ts, message.text, message.words) == (posted["ts"], "Ready", "*Ready*")
    assert message.author == "Campaign bot"
    assert not message.is_ephemeral
    assert posted["message"]["bot_id"] == slack.workspace.bot_id


@pytest.mark.parametrize(
    ("name", "error"), [("marketing", "not_in_channel"), ("leads", "channel_not_found")]
)
async def test_the_bot_posts_only_where_it_is_a_member(
    slack: PretendSlack, web: AsyncWebClient, name: str, error: str
) -> None:
    with pytest.raises(SlackApiError, match=error):
        await web.chat_postMessage(channel=channel_id(slack, name), text="Hello")


async def test_a_scope_allows_posts_only_in_public_channels(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    slack.scopes.add("chat:write.public")
    await web.chat_postMessage(channel=channel_id(slack, "marketing"), text="Hello")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await web.chat_postMessage(channel=channel_id(slack, "leads"), text="Hello")


async def test_an_archived_channel_takes_no_messages(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    slack.workspace.channel_named("campaigns").is_archived = True
    with pytest.raises(SlackApiError, match="is_archived"):
        await web.chat_postMessage(channel=channel_id(slack), text="Hello")


async def test_a_user_id_means_the_direct_conversation(web: AsyncWebClient, ana: Person) -> None:
    posted = await web.chat_postMessage(channel=ana.user.id, text="For you")
    opened = await web.conversations_open(users=[ana.user.id])
    assert posted["channel"] == opened["channel"]["id"]
    assert [each.text for each in ana.messages("@campaign-bot")] == ["For you"]


async def test_bots_cannot_get_direct_messages(slack: PretendSlack, web: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="cannot_dm_bot"):
        await web.chat_postMessage(channel=slack.workspace.bot.id, text="Hello, me")


async def test_an_unknown_channel_is_not_found(web: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await web.chat_postMessage(channel="C0000000000", text="Hello")


async def test_replies_are_shown_below_their_message(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    channel = channel_id(slack)
    root = await web.chat_postMessage(channel=channel, text="Ready")
    await web.chat_postMessage(channel=channel, text="Running", thread_ts=root["ts"])
    (message,) = ana.messages()
    assert [reply.text for reply in message.replies] == ["Running"]
    assert (await ana.wait_reply(message, containing="Run")).text == "Running"
    with pytest.raises(SlackApiError, match="thread_not_found"):
        await web.chat_postMessage(channel=channel, text="Lost", thread_ts="1.000001")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "Hello", "blocks": [{"type": "mystery"}]}, "invalid_blocks"),
        ({"blocks": [{"type": "divider"}]}, "invalid_arguments"),
        ({"text": "Hello", "metadata": {"event_type": "done"}}, "invalid_metadata_format"),
    ],
)
async def test_an_invalid_message_is_refused(
    slack: PretendSlack, web: AsyncWebClient, arguments: dict[str, object], error: str
) -> None:
    body = {"channel": channel_id(slack), **arguments}
    with pytest.raises(SlackApiError) as refused:
        await web.api_call("chat.postMessage", json=body)
    assert refused.value.response["error"] == error
    assert slack.complaints[0].startswith(f"chat.postMessage: {error}")
    slack.complaints.clear()


async def test_an_update_with_text_alone_removes_the_blocks(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    channel = channel_id(slack)
    posted = await web.chat_postMessage(channel=channel, text="Ready", blocks=[SECTION])
    await web.chat_update(channel=channel, ts=posted["ts"], text="Running")
    (message,) = ana.messages()
    assert message.blocks == []
    assert message.words == "Running"
    history = await web.conversations_history(channel=channel)
    assert history["messages"][0]["edited"]["user"] == slack.workspace.bot.id


async def test_an_update_can_have_4000_characters(slack: PretendSlack, web: AsyncWebClient) -> None:
    channel = channel_id(slack)
    ts = (await web.chat_postMessage(channel=channel, text="Ready"))["ts"]
    await web.chat_update(channel=channel, ts=ts, text="x" * 4_000)
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await web.chat_update(channel=channel, ts=ts, text="x" * 4_001)
    slack.complaints.clear()


async def test_the_bot_can_change_only_its_own_messages(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    channel, ts = channel_id(slack), ana.say("Mine").ts
    with pytest.raises(SlackApiError, match="cant_update_message"):
        await web.chat_update(channel=channel, ts=ts, text="Yours")
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        await web.chat_delete(channel=channel, ts=ts)


async def test_a_deleted_message_is_gone(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    channel = channel_id(slack)
    ts = (await web.chat_postMessage(channel=channel, text="Ready"))["ts"]
    await web.chat_delete(channel=channel, ts=ts)
    assert ana.messages() == []
    with pytest.raises(SlackApiError, match="message_not_found"):
        await web.chat_update(channel=channel, ts=ts, text="Again")


async def test_an_ephemeral_message_is_for_one_person_and_cannot_be_updated(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    channel = channel_id(slack)
    sent = await web.chat_postEphemeral(channel=channel, user=ana.user.id, text="Only you")
    assert [(each.text, each.is_ephemeral) for each in ana.messages()] == [("Only you", True)]
    assert slack.person("Ravi Iyer").messages() == []
    with pytest.raises(SlackApiError, match="message_not_found"):
        await web.chat_update(channel=channel, ts=sent["message_ts"], text="Again")


async def test_an_ephemeral_message_needs_its_reader_and_the_bot_in_the_channel(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    outsider = slack.workspace.add_user("Mia Stone", name="mia", tz="Europe/Paris")
    with pytest.raises(SlackApiError, match="user_not_in_channel"):
        await web.chat_postEphemeral(channel=channel_id(slack), user=outsider.id, text="Hello")
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await web.chat_postEphemeral(
            channel=channel_id(slack, "marketing"), user=ana.user.id, text="Hello"
        )


async def test_a_message_has_a_permalink(slack: PretendSlack, web: AsyncWebClient) -> None:
    channel = channel_id(slack)
    ts = (await web.chat_postMessage(channel=channel, text="Ready"))["ts"]
    link = (await web.chat_getPermalink(channel=channel, message_ts=ts))["permalink"]
    assert link == f"https://sandbox.slack.com/archives/{channel}/p{ts.replace('.', '')}"
