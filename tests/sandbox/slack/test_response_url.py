"""Answers through a response_url."""

from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.clock import Clock
from sandbox.slack import Person, PretendSlack


@pytest.fixture
async def reply(slack: PretendSlack, ana: Person, web: AsyncWebClient) -> AsyncWebhookClient:
    """The response_url of Ana's command in #marketing, where the bot is not a member."""
    return webhook(slack, web, ana, "marketing")


def webhook(
    slack: PretendSlack, web: AsyncWebClient, person: Person, name: str, ts: str = ""
) -> AsyncWebhookClient:
    channel = slack.workspace.channel_named(name)
    original = next((post for post in channel.posts if post.ts == ts), None)
    path = slack.state.response_urls.issue(person.user.id, channel, original)
    return AsyncWebhookClient(f"{slack.state.base_url}{path}", session=web.session)


async def test_an_answer_is_ephemeral_unless_it_says_otherwise(
    slack: PretendSlack, ana: Person, reply: AsyncWebhookClient
) -> None:
    assert (await reply.send(text="For you")).status_code == 200
    await reply.send(text="For all", response_type="in_channel")
    assert [each.text for each in ana.messages("marketing")] == ["For you", "For all"]
    assert [each.text for each in slack.person("ravi").messages("marketing")] == ["For all"]


async def test_a_response_url_works_five_times(ana: Person, reply: AsyncWebhookClient) -> None:
    for number in range(5):
        assert (await reply.send(text=f"Answer {number}")).status_code == 200
    sixth = await reply.send(text="Answer 5")
    assert (sixth.status_code, sixth.body) == (404, '{"ok":false,"error":"used_url"}')
    assert len(ana.messages("marketing")) == 5


async def test_a_response_url_works_for_thirty_minutes(
    clock: Clock, reply: AsyncWebhookClient
) -> None:
    clock.forward(timedelta(minutes=29))
    assert (await reply.send(text="In time")).status_code == 200
    clock.forward(timedelta(minutes=2))
    assert (await reply.send(text="Late")).body == '{"ok":false,"error":"expired_url"}'


async def test_an_unknown_response_url_is_refused(slack: PretendSlack, web: AsyncWebClient) -> None:
    invented = AsyncWebhookClient(f"{slack.state.base_url}/response/x", session=web.session)
    assert (await invented.send(text="Hello")).status_code == 404


async def test_an_answer_that_is_not_json_is_refused(
    slack: PretendSlack, web: AsyncWebClient, reply: AsyncWebhookClient
) -> None:
    assert web.session is not None
    async with web.session.post(reply.url, data="text=Hello") as answer:
        assert (await answer.json())["ok"] is False
    slack.complaints.clear()


async def test_an_invalid_answer_is_refused(
    slack: PretendSlack, ana: Person, reply: AsyncWebhookClient
) -> None:
    answer = await reply.send(text="Hello", blocks=[{"type": "mystery"}])
    assert '"invalid_blocks"' in answer.body
    assert ana.messages("marketing") == []
    assert slack.complaints[0].startswith("response_url: invalid_blocks [ERROR] ")
    slack.complaints.clear()


@pytest.fixture
async def menu(slack: PretendSlack, web: AsyncWebClient, ana: Person) -> AsyncWebhookClient:
    """The response_url of a click in an ephemeral message."""
    channel = slack.workspace.channel_named("campaigns").id
    sent = await web.chat_postEphemeral(channel=channel, user=ana.user.id, text="Menu")
    return webhook(slack, web, ana, "campaigns", sent["message_ts"])


async def test_the_message_that_was_clicked_can_be_replaced(
    ana: Person, menu: AsyncWebhookClient
) -> None:
    await menu.send(text="Chosen", replace_original=True)
    assert [(each.text, each.is_ephemeral) for each in ana.messages()] == [("Chosen", True)]


async def test_the_message_that_was_clicked_can_be_deleted(
    ana: Person, menu: AsyncWebhookClient
) -> None:
    await menu.send(delete_original=True)
    assert ana.messages() == []


async def test_an_ephemeral_message_cannot_be_shown_to_all(
    slack: PretendSlack, ana: Person, menu: AsyncWebhookClient
) -> None:
    await menu.send(text="Chosen", replace_original=True, response_type="in_channel")
    assert [each.text for each in ana.messages()] == ["Menu"]
    assert slack.complaints == ["response_url: invalid_arguments"]
    slack.complaints.clear()
