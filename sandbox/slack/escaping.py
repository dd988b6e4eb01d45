"""Texts that people type, as Slack writes them for apps.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from html import escape

from sandbox.slack.workspace import Workspace

_SPECIAL = re.compile(r"https?://[^\s<>]+|[\w.+-]+@[\w-]+\.[\w.]+|[#@][\w-]+")


def command_text(workspace: Workspace, text: str) -> str:
    """Escape names and links in a command's text.

    "#sales" becomes "<#C1|sales>", "@here" "<!here>", and a URL is put in "<>":
    docs.slack.dev/reference/app-manifest, "should_escape".
    """
    people = {f"@{each.name}": f"<@{each.id}|{each.name}>" for each in workspace.users.values()}
    return _escaped(text, _names(workspace) | people)


def message_text(workspace: Workspace, text: str) -> str:
    """Escape the same in a message, in which a person is an ID alone, as in "<@U1>"."""
    people = {f"@{each.name}": f"<@{each.id}>" for each in workspace.users.values()}
    return _escaped(text, _names(workspace) | people)


def _names(workspace: Workspace) -> dict[str, str]:
    names = {f"#{each.name}": f"<#{each.id}|{each.name}>" for each in workspace.channels.values()}
    names |= {f"@{each}": f"<!{each}>" for each in ("here", "channel", "everyone")}
    groups = workspace.user_groups.values()
    return names | {f"@{each.handle}": f"<!subteam^{each.id}|@{each.handle}>" for each in groups}


def _escaped(text: str, names: dict[str, str]) -> str:
    return _SPECIAL.sub(
        lambda found: names.get(found[0]) or _linked(found[0]), escape(text, quote=False)
    )


def _linked(found: str) -> str:
    if found.startswith(("#", "@")):
        return found
    return f"<{found}>" if "://" in found else f"<mailto:{found}|{found}>"
