"""The page's URLs, and what each shows or does."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from sandbox.page import actions
from sandbox.page.actions import Act
from sandbox.page.backstage import Backstage
from sandbox.page.dates import clock_time
from sandbox.page.guard import Guard
from sandbox.page.guide import Guide
from sandbox.page.place import Place
from sandbox.page.render import fault, size
from sandbox.page.screen import Memory, Screen
from sandbox.slack import FormError

HERE = Path(__file__).parent
HOSTS = ("localhost", "127.0.0.1", "[::1]")
PANELS = frozenset({"", "kore", "traffic", "faults", "none"})
TABS = frozenset({"", "messages", "home", "about"})
# Less than the second that a stopping server waits for its last answers.
FOLLOWED_SECONDS = 0.8
LOOK_SECONDS = 0.25

ACTS: Mapping[str, Act] = {
    "/command": actions.write,
    "/reply": actions.reply,
    "/click": actions.click,
    "/home": actions.open_home,
    "/home/click": actions.click_at_home,
    "/shortcut": actions.shortcut,
    "/modal/submit": actions.submit,
    "/modal/dispatch": actions.update,
    "/modal/click": actions.click_in_modal,
    "/modal/close": actions.close,
    "/no": actions.answer_no,
}


def build_page(backstage: Backstage, guide: Guide) -> Starlette:
    """Return the page of these services as an app to serve on loopback."""
    page = Page(backstage, guide)
    acts = {**ACTS, **backstage.acts}
    posts = [Route(path, page.after(act), methods=["POST"]) for path, act in acts.items()]
    return Starlette(
        routes=[
            Route("/", page.show),
            Route("/version", page.version),
            Route("/suggest", page.suggest),
            Route("/file/{file}", page.file),
            *posts,
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False),
            Middleware(Guard),
        ],
    )


@cache
def _templates() -> Jinja2Templates:
    """Return the templates, cached because compiling them takes longer than showing the page."""
    # Everything is escaped, except what the renderer itself marked as HTML.
    loader = FileSystemLoader(HERE / "templates")
    env = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    env.globals |= {"fault": fault, "clock_time": clock_time, "size": size}
    return Jinja2Templates(env=env)


class Page:
    """The page of one sandbox, for any number of people."""

    def __init__(self, backstage: Backstage, guide: Guide) -> None:
        self._backstage = backstage
        self._slack = backstage.slack
        self._guide = guide
        self._memories: defaultdict[str, Memory] = defaultdict(Memory)

    async def show(self, request: Request) -> Response:
        """Show the page as a person sees it."""
        screen = self._screen(request.query_params)
        return _templates().TemplateResponse(request, "page.html", self._context(screen))

    async def version(self, request: Request) -> Response:
        """Return the version of what the person sees; it changes with the content.

        If the request has the `known` version, wait a short time for a different one.
        """
        screen = self._screen(request.query_params)
        known = request.query_params.get("known")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FOLLOWED_SECONDS):
                while self._version(screen) == known and not await request.is_disconnected():
                    await screen.wait(LOOK_SECONDS)
        return PlainTextResponse(self._version(screen))

    async def suggest(self, request: Request) -> Response:
        """Return the bot's options for a text typed into a field, as a JSON list."""
        modal = self._screen(request.query_params).modal
        label, typed = (request.query_params.get(name, "") for name in ("label", "typed"))
        if modal is None or label not in [each.label for each in modal.fields if each.is_external]:
            return JSONResponse([], 404)
        return JSONResponse(await modal.suggestions(label, typed))

    async def file(self, request: Request) -> Response:
        """Return a file that the person may see: a picture to show, or another file to save."""
        screen = self._screen(request.query_params)
        file = screen.person.file(request.path_params["file"])
        if file is None:
            return PlainTextResponse("there is no such file", 404)
        kind = "inline" if file.is_image else "attachment"
        named = f"{kind}; filename*=UTF-8''{quote(file.name)}"
        headers = {"Content-Disposition": named, "X-Content-Type-Options": "nosniff"}
        return Response(file.content, media_type=file.mimetype, headers=headers)

    def after(self, act: Act) -> Callable[[Request], Awaitable[Response]]:
        """Return an endpoint that carries out an action and then shows the page again."""

        async def endpoint(request: Request) -> Response:
            async with request.form() as form:
                # The ids of a button are in the query of its URL.
                parts = [*request.query_params.multi_items(), *form.multi_items()]
                return await self._done(act, parts)

        return endpoint

    async def _done(self, act: Act, posted: list[tuple[str, str | UploadFile]]) -> Response:
        """Carry out an action with what was posted, and lead to the page."""
        screen = self._screen({name: str(value) for name, value in posted})
        memory, place = self._begun(screen), screen.place
        try:
            result = await act(screen, FormData(posted))
            memory.refused, memory.question = result.refused, result.question
            place = replace(place, **result.place)
        except (FormError, LookupError) as error:
            memory.alerts.append(str(error.args[0]))
        return RedirectResponse(place.url(), 303)

    def _context(self, screen: Screen) -> dict[str, object]:
        memory = self._memories[screen.person.user.id]
        newest, here = screen.newest, screen.place.conversation
        memory.read[here] = newest.get(here, "")
        return {
            "screen": screen,
            "place": screen.place,
            "reader": screen.reader,
            "thread": screen.thread,
            "modal": screen.modal,
            "question": memory.question,
            "controls": screen.controls(memory.refused),
            "alerts": [*memory.alerts, *screen.person.notices[memory.notices_before :]],
            "unread": [name for name, ts in newest.items() if ts > memory.read.get(name, "")],
            "now": screen.person.now(),
            "manifest": self._slack.manifest,
            "guide": self._guide,
            "version": self._version(screen),
            **self._backstage.context(screen.place.panel),
        }

    def _version(self, screen: Screen) -> str:
        return screen.version(self._backstage.version(screen.place.panel))

    def _begun(self, screen: Screen) -> Memory:
        """Start a new `Memory` for a person's action; it keeps which messages they have read."""
        user_id = screen.person.user.id
        read = self._memories[user_id].read
        memory = Memory(notices_before=len(screen.person.notices), read=read)
        self._memories[user_id] = memory
        return memory

    def _screen(self, asked: Mapping[str, str]) -> Screen:
        """Return the screen that a request asks for, by default the first person's first channel.

        Raises:
            HTTPException: 404: There is no such person, conversation or part of the page.
        """
        place = Place.of(asked)
        people = (user for user in self._slack.workspace.users.values() if not user.is_bot)
        if place.panel not in PANELS or place.tab not in TABS:
            raise HTTPException(404, "there is no such part of the page")
        try:
            person = self._slack.person(place.person or next(people).real_name)
            screen = Screen.of(self._slack, person, place)
            person.messages(screen.place.conversation)
        except (LookupError, ValueError) as error:
            raise HTTPException(404, str(error.args[0])) from None
        return screen
