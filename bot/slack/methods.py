"""The Web API methods that the bot calls.

Source: docs.slack.dev/reference/methods.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

_HISTORY = frozenset({"channels:history", "groups:history", "im:history"})


@dataclass(frozen=True, slots=True)
class Call:
    """How to call a method, and which scopes of the bot's token it needs.

    `repeatable`: repeating the call is harmless, even if it was already carried out. Other calls
    are repeated only if they certainly were not carried out.
    """

    name: str
    verb: Literal["GET", "POST"] = "POST"
    repeatable: bool = False
    scopes: frozenset[str] = frozenset()


class Method(Enum):
    """The methods, and the response_url."""

    AUTH_TEST = Call("auth.test", repeatable=True)
    OPEN_SOCKET = Call("apps.connections.open", repeatable=True)
    # A trigger_id opens only one view: a repeated call opens no second one, but is refused.
    OPEN_VIEW = Call("views.open")
    PUSH_VIEW = Call("views.push")
    UPDATE_VIEW = Call("views.update", repeatable=True)
    PUBLISH_HOME = Call("views.publish", repeatable=True)
    # The bot also posts in public channels that it has not joined, which needs the second scope.
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


# The scopes that the bot's token needs; `commands` enables the slash command.
SCOPES = frozenset({"commands"}).union(*(method.value.scopes for method in Method))
