"""Slack's texts as HTML, for one reader.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from sandbox.page.dates import clock_time, date_text
from sandbox.page.emoji import EMOJI
from sandbox.slack import Message, Person

SPAN = re.compile(
    r"""
      ```(?P<pre>.+?)```
    | `(?P<code>[^`\n]+)`
    | <(?P<token>[^<>\n]+)>
    | (?<!\w)\*(?P<strong>(?!\s)(?:`[^`\n]+`|[^*\n])+?(?<!\s))\*(?!\w)
    | (?<!\w)_(?P<em>(?!\s)(?:`[^`\n]+`|[^_\n])+?(?<!\s))_(?!\w)
    | (?<!\w)~(?P<s>(?!\s)(?:`[^`\n]+`|[^~\n])+?(?<!\s))~(?!\w)
    | :(?P<emoji>[a-z0-9_+-]+):
    """,
    re.VERBOSE | re.DOTALL,
)
DATE = re.compile(r"!date\^(?P<seconds>-?\d{1,11})\^(?P<template>[^^]+)(?:\^(?P<link>.+))?")
GROUPS = frozenset({"!channel", "!here", "!everyone"})
LINKED = ("https://", "http://", "mailto:")


def fault(what: str) -> Markup:
    """A visible word about what this page cannot draw."""
    return Markup('<strong class="fault">cannot draw: {}</strong>').format(what)


@dataclass(frozen=True, slots=True)
class Reader:
    """Draws texts as this person reads them: names of the workspace, and times in their zone."""

    person: Person

    def body(self, message: Message) -> Markup:
        """The text of a message without blocks; what people type is shown as they typed it."""
        return self.mrkdwn(message.text) if message.is_from_bot else escape(message.text)

    def text(self, node: dict[str, str] | None) -> Markup:
        """A text object of Block Kit; nothing where there is none."""
        if node is None:
            return Markup("")
        return self.mrkdwn(node["text"]) if node["type"] == "mrkdwn" else escape(node["text"])

    def time(self, message: Message) -> str:
        """When a message was written."""
        return clock_time(self._local(float(message.ts)))

    def mrkdwn(self, text: str) -> Markup:
        """Slack's markup as HTML; line breaks stay, for the style sheet to keep."""
        drawn, at = Markup(""), 0
        for match in SPAN.finditer(text):
            drawn += _literal(text[at : match.start()]) + self._span(match)
            at = match.end()
        return drawn + _literal(text[at:])

    def _span(self, match: re.Match[str]) -> Markup:
        kind = str(match.lastgroup)
        inside = match[kind]
        if kind == "token":
            return self._token(inside)
        if kind == "emoji":
            return escape(EMOJI.get(inside, match[0]))
        content = _literal(inside) if kind in ("pre", "code") else self.mrkdwn(inside)
        return Markup("<{0}>{1}</{0}>").format(kind, content)

    def _token(self, token: str) -> Markup:
        """What stands between angle brackets: a mention, a date or a link."""
        target, _, label = token.partition("|")
        if target.startswith(LINKED):
            return _link(target, label or target.removeprefix("mailto:"))
        if date := DATE.fullmatch(target):
            return self._date(date)
        name = self._mentioned(target)
        return _mention(name) if name else fault(f"<{token}>")

    def _mentioned(self, target: str) -> str | None:
        return f"@{target[1:]}" if target in GROUPS else self.person.mentioned(target)

    def _date(self, date: re.Match[str]) -> Markup:
        moment = self._local(float(date["seconds"]))
        words = date_text(moment, date["template"], self.person.now())
        link = date["link"] or ""
        return _link(link, words) if link.startswith(LINKED) else escape(words)

    def _local(self, seconds: float) -> datetime:
        return datetime.fromtimestamp(seconds, self.person.now().tzinfo)


def _literal(text: str) -> Markup:
    """Text as Slack sends it, in which only these three characters are escaped."""
    bare = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return escape(bare)


def _link(target: str, words: str) -> Markup:
    link = Markup('<a href="{}" target="_blank" rel="noreferrer">{}</a>')
    return link.format(_literal(target), _literal(words))


def _mention(name: str) -> Markup:
    return Markup('<span class="mention">{}</span>').format(name)
