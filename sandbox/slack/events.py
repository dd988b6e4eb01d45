"""The events that Slack sends to the bot.

https://docs.slack.dev/apis/events-api
"""

from sandbox.slack.ids import new_id
from sandbox.slack.journal import Packet
from sandbox.slack.objects import view_object
from sandbox.slack.payloads import VERIFICATION_TOKEN
from sandbox.slack.shapes import JsonObject
from sandbox.slack.state import State
from sandbox.slack.workspace import User

HOME_OPENED = "app_home_opened"


def home_opened(state: State, user: User) -> Packet:
    """Return the event for opening the Home tab, with the view published there.

    https://docs.slack.dev/reference/events/app_home_opened
    """
    published = state.views.home(user.id)
    shown = {"view": view_object(state.workspace, published)} if published else {}
    event = {
        "type": HOME_OPENED,
        "user": user.id,
        "channel": state.workspace.direct(user.id).id,
        "tab": "home",
        "event_ts": state.workspace.now(),
        **shown,
    }
    return Packet("events_api", HOME_OPENED, _envelope(state, event), accepts_answer=False)


def _envelope(state: State, event: JsonObject) -> JsonObject:
    workspace = state.workspace
    installation = {
        "enterprise_id": None,
        "team_id": workspace.id,
        "user_id": workspace.bot.id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.id,
        "api_app_id": workspace.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(state.clock.now().timestamp()),
        "authorizations": [installation],
        "is_ext_shared_channel": False,
    }
