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
    are repeated only if they certainly were not carried out. "FORM" is a POST whose arguments are a
    form instead of JSON.
    """

    name: str
    verb: Literal["GET", "POST", "FORM"] = "POST"
    repeatable: bool = False
    scopes: frozenset[str] = frozenset()


class Method(Enum):
    """The methods, the response_url, and the addresses to which and from which files are sent."""

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
    LINK = Call("chat.getPermalink", "GET", repeatable=True)
    HISTORY = Call("conversations.history", "GET", repeatable=True, scopes=_HISTORY)
    REPLIES = Call("conversations.replies", "GET", repeatable=True, scopes=_HISTORY)
    OPEN_DIRECT = Call("conversations.open", repeatable=True, scopes=frozenset({"im:write"}))
    GROUP_MEMBERS = Call(
        "usergroups.users.list", "GET", repeatable=True, scopes=frozenset({"usergroups:read"})
    )
    USER = Call("users.info", "GET", repeatable=True, scopes=frozenset({"users:read"}))
    # A file that is not completed is never seen. Slack's own SDKs send no JSON to this method.
    UPLOAD_URL = Call(
        "files.getUploadURLExternal", "FORM", repeatable=True, scopes=frozenset({"files:write"})
    )
    UPLOAD = Call("upload_url")
    COMPLETE_UPLOAD = Call("files.completeUploadExternal", scopes=frozenset({"files:write"}))
    FILE = Call("files.info", "GET", repeatable=True, scopes=frozenset({"files:read"}))
    DOWNLOAD = Call("url_private_download", "GET", repeatable=True)
    RESPONSE_URL = Call("response_url")


# The scopes that the bot's token needs; `commands` enables the slash command.
SCOPES = frozenset({"commands"}).union(*(method.value.scopes for method in Method))
