"""https://docs.slack.dev/reference/methods/users.info."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sandbox.slack.shapes import JsonObject
from sandbox.slack.state import State
from sandbox.slack.web_api.access import known_user
from sandbox.slack.web_api.arguments import Arguments


def info(state: State, arguments: Arguments) -> JsonObject:
    """Return one member, with their time zone."""
    user = known_user(state, arguments.text("user"))
    local = state.clock.now().astimezone(ZoneInfo(user.tz))
    offset = local.utcoffset() or timedelta()
    profile = {"real_name": user.real_name, "display_name": user.name, "team": state.workspace.id}
    return {
        "user": {
            "id": user.id,
            "team_id": state.workspace.id,
            "name": user.name,
            "real_name": user.real_name,
            "deleted": False,
            "is_bot": user.is_bot,
            "tz": user.tz,
            "tz_label": local.tzname(),
            "tz_offset": int(offset.total_seconds()),
            "profile": profile,
        }
    }
