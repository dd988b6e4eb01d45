"""The methods api.test, auth.test and apps.connections.open."""

from sandbox.slack.shapes import JsonObject
from sandbox.slack.state import State
from sandbox.slack.web_api.arguments import Arguments


def try_out(_state: State, arguments: Arguments) -> JsonObject:
    """Answer https://docs.slack.dev/reference/methods/api.test."""
    return {"args": arguments.given}


def who_am_i(state: State, _arguments: Arguments) -> JsonObject:
    """Answer https://docs.slack.dev/reference/methods/auth.test."""
    workspace = state.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.domain.title(),
        "team_id": workspace.id,
        "user": workspace.bot.name,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def open_socket(state: State, _arguments: Arguments) -> JsonObject:
    """Answer https://docs.slack.dev/reference/methods/apps.connections.open."""
    address = state.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/socket/{state.sockets.ticket()}"}
