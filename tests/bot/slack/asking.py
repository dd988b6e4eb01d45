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
CSV = b"phoneNumber\n+12025550100\n"

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
    Method.LINK: lambda client, slack: client.permalink(channel(slack), "1.2"),
    Method.HISTORY: lambda client, slack: client.history(channel(slack), oldest=0),
    Method.REPLIES: lambda client, slack: client.replies(channel(slack), "1.2"),
    Method.OPEN_DIRECT: lambda client, slack: client.open_direct(ana(slack)),
    Method.GROUP_MEMBERS: lambda client, _: client.group_members("S1"),
    Method.USER: lambda client, slack: client.time_zone(ana(slack)),
    Method.UPLOAD_URL: lambda client, _: client.upload_url("leads.csv", len(CSV)),
    Method.UPLOAD: lambda client, slack: client.upload(upload_url(slack), CSV),
    Method.COMPLETE_UPLOAD: lambda client, slack: client.complete_upload(
        uploaded(slack), "Leads", channel=channel(slack)
    ),
    Method.FILE: lambda client, slack: client.file(put_file(slack)),
    Method.DOWNLOAD: lambda client, slack: client.download(download_url(slack), len(CSV)),
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


def upload_url(slack: PretendSlack) -> str:
    """Return the address of an upload that has begun."""
    file = slack.state.files.begin("leads.csv", len(CSV), slack.workspace.bot.id, 0)
    return f"{slack.state.base_url}/upload/v1/{file.ticket}"


def uploaded(slack: PretendSlack) -> str:
    """Return the ID of a file whose content was sent, and which is not complete."""
    file = slack.state.files.begin("leads.csv", len(CSV), slack.workspace.bot.id, 0)
    file.content = CSV
    return file.id


def put_file(slack: PretendSlack) -> str:
    """Return the ID of a file that Ana has put into a form."""
    return slack.state.files.put("leads.csv", CSV, ana(slack), 0).id


def download_url(slack: PretendSlack) -> str:
    team = slack.workspace.id
    return f"{slack.state.base_url}/files-pri/{team}-{put_file(slack)}/download/leads.csv"
