"""Renders Slack's texts as HTML for one reader.

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
KILO = 1_000
LINKED = ("https://", "http://", "mailto:")


def fault(what: str) -> Markup:
    """Return a visible note about something that the page cannot draw."""
    return Markup('<strong class="fault">cannot draw: {}</strong>').format(what)


def size(count: int) -> str:
    """Return a number of bytes as Slack shows it, such as "12 kB"."""
    if count < KILO:
        return f"{count} bytes"
    return f"{count / KILO:.0f} kB" if count < KILO**2 else f"{count / KILO**2:.1f} MB"


@dataclass(frozen=True, slots=True)
class Reader:
    """Renders texts for one person: with the workspace's names, and times in the person's zone."""

    person: Person

    def body(self, message: Message) -> Markup:
        """Render a message without blocks; text that people typed is shown unchanged."""
        return self.mrkdwn(message.text) if message.is_from_bot else escape(message.text)

    def text(self, node: dict[str, str] | None) -> Markup:
        """Render a Block Kit text object, or nothing if there is none."""
        if node is None:
            return Markup("")
        return self.mrkdwn(node["text"]) if node["type"] == "mrkdwn" else escape(node["text"])

    def time(self, message: Message) -> str:
        """Return the time when a message was written."""
        return clock_time(self._local(float(message.ts)))

    def mrkdwn(self, text: str) -> Markup:
        """Render Slack's markup as HTML; the style sheet shows the line breaks."""
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
        """Render the part in angle brackets: a mention, a date or a link."""
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
    """Convert Slack's escaping, which covers only these three characters, to HTML's."""
    bare = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return escape(bare)


def _link(target: str, words: str) -> Markup:
    link = Markup('<a href="{}" target="_blank" rel="noreferrer">{}</a>')
    return link.format(_literal(target), _literal(words))


def _mention(name: str) -> Markup:
    return Markup('<span class="mention">{}</span>').format(name)
