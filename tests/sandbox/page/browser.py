"""A browser without scripts."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

import httpx

Answers = dict[str, str | list[str]]
Attributes = dict[str, str | None]


class FormReader(HTMLParser):
    """Reads a form as a browser without scripts would post it."""

    def __init__(self, form_id: str = "modal") -> None:
        super().__init__()
        self._form_id = form_id
        self.posted: dict[str, list[str]] = {}
        self._inside = False
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: Attributes = dict(attrs)
        self._inside = given.get("id") == self._form_id if tag == "form" else self._inside
        if not self._inside:
            return
        name = given.get("name") or ""
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
        elif tag == "input" and name:
            self._input(name, given)
        elif tag == "option" and self._select and "selected" in given:
            self._area = self._select

    def handle_data(self, data: str) -> None:
        if self._area:
            self._add(self._area, data.removeprefix("\n"))
        self._area = ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"

    def _input(self, name: str, given: Attributes) -> None:
        if given.get("type") not in ("radio", "checkbox") or "checked" in given:
            self._add(name, given.get("value") or "")

    def _add(self, name: str, value: str) -> None:
        self.posted.setdefault(name, []).append(value)


@dataclass
class Browser:
    """A person's browser; `html` is what it shows."""

    http: httpx.AsyncClient
    person: str = "Ana Lopez"
    place: str = "campaigns"
    thread: str = ""
    tab: str = ""
    panel: str = ""
    html: str = field(default="", init=False)

    @property
    def words(self) -> str:
        """The page's text, with HTML entities as characters."""
        return unescape(self.html)

    @property
    def whereabouts(self) -> dict[str, str]:
        at = {"as": self.person, "in": self.place, "thread": self.thread}
        return {**at, "tab": self.tab, "panel": self.panel}

    @property
    def heading(self) -> str:
        """The title of the topmost open dialog, or an empty string."""
        found = re.findall(r'<h2 id="(?:modal|question)-title">([^<]*)</h2>', self.html)
        return unescape(found[-1]) if found else ""

    @property
    def alerts(self) -> list[str]:
        """The alerts about what the person just did."""
        return re.findall(r'role="alert">([^<]*)<', self.words)

    @property
    def since(self) -> str:
        """The time at which the current page was first loaded."""
        return self.html.split('data-since="')[1].split('"')[0]

    @property
    def thread_shown(self) -> str:
        """The content of the open thread."""
        return self.html.split('<section id="thread"')[1].split("</section>")[0]

    async def look(self, **more: str) -> None:
        await self._show(await self.http.get("/", params=self.whereabouts | more))

    async def answer(self, path: str = "") -> None:
        """Answer the open confirmation dialog with yes, or by another `path`, such as `/no`."""
        reader = FormReader("question-form")
        reader.feed(self.html)
        address = re.findall(r'<form id="question-form" method="post" action="([^"]+)"', self.html)
        answer = await self.http.post(path or unescape(address[0]), data=reader.posted)
        await self._show(await self.http.get(answer.headers["location"]))

    async def post(self, path: str, **fields: str) -> None:
        answer = await self.http.post(path, data=self.whereabouts | fields)
        assert answer.status_code == 303
        await self._show(await self.http.get(answer.headers["location"]))

    def form(self) -> dict[str, list[str]]:
        """Return the modal's form as the browser would post it."""
        reader = FormReader()
        reader.feed(self.html)
        return reader.posted

    def buttons(self, words: str) -> list[str]:
        """Return the addresses that the buttons with these words post to, in their order."""
        shown = rf'formaction="([^"]+)" name="words" value="{re.escape(words)}"'
        return [unescape(address) for address in re.findall(shown, self.html)]

    async def fill(self, path: str, answers: Answers, **more: str) -> None:
        """Post the modal's form with these answers."""
        given = {f"answer {label}": answer for label, answer in answers.items()}
        answer = await self.http.post(path, data={**self.form(), **given, **more})
        assert answer.status_code == 303
        await self._show(await self.http.get(answer.headers["location"]))

    async def _show(self, answer: httpx.Response) -> None:
        assert answer.status_code == 200, answer.text
        self.html = answer.text
