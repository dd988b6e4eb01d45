"""One call of each method of Slack's client, with the fewest arguments that it needs."""

from collections.abc import Awaitable, Callable

from slack_sdk.models.blocks import DividerBlock, PlainTextObject
from slack_sdk.models.views import View

from bot.slack import Method, SlackClient
from sandbox.slack import PretendSlack
from tests.world import SECRETS

MODAL = View(type="modal", title=PlainTextObject(text="Campaigns"), blocks=[DividerBlock()])
HOME = View(type="home", blocks=[DividerBlock()])
MESSAGE = {"text": "Hello", "blocks": []}

ASKS: dict[Method, Callable[[SlackClient, PretendSlack], Awaitable[object]]] = {
    Method.AUTH_TEST: lambda client, _: client.identify(),
    Method.OPEN_SOCKET: lambda client, _: client.try_socket("xapp-1-A111-pretend-app-token"),
    Method.OPEN_VIEW: lambda client, slack: client.open_view(trigger(slack), MODAL),
    Method.PUSH_VIEW: lambda client, slack: client.push_view(trigger_in_view(slack), MODAL),
    Method.UPDATE_VIEW: lambda client, _: client.update_view(MODAL, view_id="V1"),
    Method.PUBLISH_HOME: lambda client, slack: client.publish_home(ana(slack), HOME),
    Method.POST_MESSAGE: lambda client, slack: client.post_message(channel(slack), MESSAGE),
    Method.UPDATE_MESSAGE: lambda client, slack: client.update_message(
        channel(slack), "1.2", MESSAGE
    ),
    Method.HISTORY: lambda client, slack: client.history(channel(slack), oldest=0),
    Method.REPLIES: lambda client, slack: client.replies(channel(slack), "1.2"),
    Method.OPEN_DIRECT: lambda client, slack: client.open_direct(ana(slack)),
    Method.GROUP_MEMBERS: lambda client, _: client.group_members("S1"),
    Method.USER: lambda client, slack: client.time_zone(ana(slack)),
    Method.RESPONSE_URL: lambda client, slack: client.respond(response_url(slack), MESSAGE),
}


def connected(slack: PretendSlack) -> SlackClient:
    """Return a client of the pretend Slack, which the caller closes."""
    return SlackClient(SECRETS["SLACK_BOT_TOKEN"], f"{slack.state.base_url}/api/")


def ana(slack: PretendSlack) -> str:
    return slack.workspace.user_named("Ana Lopez").id


def channel(slack: PretendSlack) -> str:
    return slack.workspace.channel_named("campaigns").id


def trigger(slack: PretendSlack) -> str:
    return slack.state.triggers.issue(ana(slack))


def trigger_in_view(slack: PretendSlack) -> str:
    """Return a trigger from an open view, with which another view can be pushed."""
    views = slack.state.views
    opened = views.open(ana(slack), MODAL.to_dict(), None)
    return slack.state.triggers.issue(ana(slack), view_id=opened.id)


def response_url(slack: PretendSlack) -> str:
    state = slack.state
    path = state.response_urls.issue(ana(slack), slack.workspace.channel_named("campaigns"))
    return f"{state.base_url}{path}"
