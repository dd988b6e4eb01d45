"""The methods of Slack's Web API that the bot calls, in one table.

Source: docs.slack.dev/reference/methods.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

_HISTORY = frozenset({"channels:history", "groups:history", "im:history"})


@dataclass(frozen=True, slots=True)
class Call:
    """How a method is called, and which scopes of the bot's token it needs.

    `repeatable`: a repeat is harmless, whether or not an earlier call was carried out. What is not
    is repeated only where it certainly was not.
    """

    name: str
    verb: Literal["GET", "POST"] = "POST"
    repeatable: bool = False
    scopes: frozenset[str] = frozenset()


class Method(Enum):
    """Each method, and the addresses that Slack hands out for answers."""

    AUTH_TEST = Call("auth.test", repeatable=True)
    OPEN_SOCKET = Call("apps.connections.open", repeatable=True)
    # A trigger_id opens one view, so a repeat opens no second one; but it is refused.
    OPEN_VIEW = Call("views.open")
    PUSH_VIEW = Call("views.push")
    UPDATE_VIEW = Call("views.update", repeatable=True)
    PUBLISH_HOME = Call("views.publish", repeatable=True)
    # The bot posts in public channels that it has not joined, which needs the second scope.
    POST_MESSAGE = Call("chat.postMessage", scopes=frozenset({"chat:write", "chat:write.public"}))
    UPDATE_MESSAGE = Call("chat.update", repeatable=True, scopes=frozenset({"chat:write"}))
    HISTORY = Call("conversations.history", "GET", repeatable=True, scopes=_HISTORY)
    REPLIES = Call("conversations.replies", "GET", repeatable=True, scopes=_HISTORY)
    OPEN_DIRECT = Call("conversations.open", repeatable=True, scopes=frozenset({"im:write"}))
    GROUP_MEMBERS = Call(
        "usergroups.users.list", "GET", repeatable=True, scopes=frozenset({"usergroups:read"})
    )
    USER = Call("users.info", "GET", repeatable=True, scopes=frozenset({"users:read"}))
    RESPONSE_URL = Call("response_url")


# What the bot's token must be granted: `commands` lets it have a slash command.
SCOPES = frozenset({"commands"}).union(*(method.value.scopes for method in Method))
