"""https://docs.slack.dev/reference/methods/usergroups.users.list."""

from sandbox.slack.refusal import Refusal
from sandbox.slack.shapes import JsonObject
from sandbox.slack.state import State
from sandbox.slack.web_api.arguments import Arguments


def members(state: State, arguments: Arguments) -> JsonObject:
    """Return the ids of a user group's members."""
    group = state.workspace.groups.get(arguments.text("usergroup"))
    if group is None:
        raise Refusal("no_such_subteam")
    return {"users": sorted(group)}
