"""Threads: replies of people and the bot, and who sees them. Also user groups."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.slack import Person, PretendSlack
from tests.sandbox.stage import MANIFEST


@pytest.fixture
def ravi(slack: PretendSlack) -> Person:
    return slack.person("ravi")


def texts(person: Person, channel: str = "campaigns") -> list[str]:
    """Return the texts of the replies to the first message."""
    return [reply.text for reply in person.messages(channel)[0].replies]


async def test_a_persons_message_in_a_thread_is_a_reply(
    web: AsyncWebClient, ana: Person, ravi: Person
) -> None:
    said = ana.say("Shall we?")
    first = ravi.reply(ravi.messages()[0], "We shall")
    ana.reply(first, "Good")
    assert [each.text for each in ana.messages()] == ["Shall we?"]
    assert texts(ana) == texts(ravi) == ["We shall", "Good"]
    assert first.author == "Ravi Iyer"
    thread = await web.conversations_replies(channel=said.channel.id, ts=said.ts)
    assert [each["text"] for each in thread["messages"]] == ["Shall we?", "We shall", "Good"]
    assert thread["messages"][1]["thread_ts"] == said.ts
    history = await web.conversations_history(channel=said.channel.id)
    assert [each["text"] for each in history["messages"]] == ["Shall we?"]


async def test_an_ephemeral_message_in_a_thread_is_shown_to_its_reader(
    web: AsyncWebClient, ana: Person, ravi: Person
) -> None:
    said = ana.say("Shall we?")
    reply = ravi.reply(said, "We shall")
    for ts in (said.ts, reply.ts):
        await web.chat_postEphemeral(
            channel=said.channel.id, user=ana.user.id, text="For Ana", thread_ts=ts
        )
    assert [each.text for each in ana.messages()] == ["Shall we?"]
    assert texts(ana) == ["We shall", "For Ana", "For Ana"]
    assert texts(ravi) == ["We shall"]
    hidden = ana.messages()[0].replies[1]
    assert hidden.is_ephemeral
    with pytest.raises(LookupError, match="nobody can reply to an ephemeral message"):
        ana.reply(hidden, "Thank you")


async def test_an_ephemeral_message_does_not_begin_a_thread(
    web: AsyncWebClient, ana: Person
) -> None:
    said = ana.say("Shall we?")
    answer = await web.chat_postEphemeral(
        channel=said.channel.id, user=ana.user.id, text="For Ana", thread_ts=said.ts
    )
    assert answer["message_ts"]
    assert [each.text for each in ana.messages()] == ["Shall we?"]
    assert texts(ana) == []


async def test_an_answer_at_a_response_url_can_go_to_a_thread(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, ravi: Person
) -> None:
    said = ana.say("Shall we?")
    path = slack.state.response_urls.issue(ana.user.id, said.channel)
    webhook = AsyncWebhookClient(slack.state.base_url + path, session=web.session)
    await webhook.send_dict({"text": "Only Ana", "thread_ts": said.ts})
    await webhook.send_dict({"text": "All", "response_type": "in_channel", "thread_ts": said.ts})
    assert texts(ana) == ["Only Ana", "All"]
    assert texts(ravi) == ["All"]
    await webhook.send_dict({"text": "Nowhere", "thread_ts": "1.000001"})
    assert [each.text for each in ana.messages()] == ["Shall we?", "Nowhere"]


async def test_a_command_does_not_work_in_a_thread(slack: PretendSlack, ana: Person) -> None:
    ana.command_in_thread("/campaign list")
    assert ana.notices == ["/campaign is not supported in threads. Sorry!"]
    assert not slack.deliveries


@pytest.mark.parametrize("manifest", [MANIFEST.model_copy(update={"messages_tab_enabled": False})])
async def test_an_app_without_a_messages_tab_sends_no_direct_messages(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    direct = slack.workspace.direct(ana.user.id).id
    for channel in (ana.user.id, direct):
        with pytest.raises(SlackApiError, match="messages_tab_disabled"):
            await web.chat_postMessage(channel=channel, text="Hello")


def test_a_user_group_is_mentioned_by_its_handle(slack: PretendSlack, ana: Person) -> None:
    group = slack.workspace.add_group("approvers", "Campaign approvers", ana.user)
    assert ana.mentioned(f"!subteam^{group.id}") == "@approvers"
    assert ana.mentioned("!subteam^S0000000000") is None
    assert group.name == "Campaign approvers"


async def test_a_user_group_lists_its_members(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    slack.scopes.add("usergroups:read")
    group = slack.workspace.add_group("approvers", "Campaign approvers", ana.user)
    assert (await web.usergroups_users_list(usergroup=group.id))["users"] == [ana.user.id]
