"""The page's addresses: what each shows or does."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from sandbox.page import actions
from sandbox.page.forms import Refusals
from sandbox.page.guard import Guard
from sandbox.page.render import fault
from sandbox.page.screen import Hint, Memory, Screen
from sandbox.slack import FormError, PretendSlack

HERE = Path(__file__).parent
HOSTS = ("localhost", "127.0.0.1", "[::1]")

Act = Callable[[Screen, FormData], Awaitable[Refusals]]

ACTS: Mapping[str, Act] = {
    "/command": actions.write,
    "/click": actions.click,
    "/modal/submit": actions.submit,
    "/modal/dispatch": actions.update,
    "/modal/click": actions.click_in_modal,
    "/modal/close": actions.close,
}


def build_page(slack: PretendSlack, hints: Sequence[Hint] = ()) -> Starlette:
    """The page for this workspace, to be served on loopback; `hints` are names to fill in."""
    page = Page(slack, hints)
    acts = [Route(path, page.after(act), methods=["POST"]) for path, act in ACTS.items()]
    return Starlette(
        routes=[
            Route("/", page.show),
            Route("/version", page.version),
            Route("/suggest", page.suggest),
            *acts,
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False),
            Middleware(Guard),
        ],
    )


class Page:
    """One page over one pretend Slack, for any number of people."""

    def __init__(self, slack: PretendSlack, hints: Sequence[Hint]) -> None:
        self._slack = slack
        self._hints = hints
        self._memories: defaultdict[str, Memory] = defaultdict(Memory)
        # Everything is escaped but what the renderer itself wrote.
        loader = FileSystemLoader(HERE / "templates")
        env = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
        env.globals["fault"] = fault
        self._templates = Jinja2Templates(env=env)

    async def show(self, request: Request) -> Response:
        """What a person sees."""
        screen = self._screen(request.query_params)
        memory = self._memories[screen.person.user.id]
        newest = screen.newest
        memory.read[screen.conversation] = newest.get(screen.conversation, "")
        context = {
            "screen": screen,
            "reader": screen.reader,
            "modal": screen.modal,
            "controls": screen.controls(memory.refused),
            "alerts": [*memory.alerts, *screen.person.notices[memory.notices_before :]],
            "unread": [name for name, ts in newest.items() if ts > memory.read.get(name, "")],
            "hints": self._hints,
        }
        return self._templates.TemplateResponse(request, "channel.html", context)

    async def version(self, request: Request) -> Response:
        """A word that is another one as soon as the person would see something else."""
        return PlainTextResponse(self._screen(request.query_params).version())

    async def suggest(self, request: Request) -> Response:
        """What the bot offers for what was typed into a field, as a JSON list."""
        modal = self._screen(request.query_params).modal
        label, typed = (request.query_params.get(name, "") for name in ("label", "typed"))
        if modal is None or label not in [each.label for each in modal.fields if each.is_external]:
            return JSONResponse([], 404)
        return JSONResponse(await modal.suggestions(label, typed))

    def after(self, act: Act) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint that carries out what was posted, and then shows the page again."""

        async def endpoint(request: Request) -> Response:
            # A button says in its address which one it is.
            form = await request.form()
            posted = FormData([*request.query_params.multi_items(), *form.multi_items()])
            screen = self._screen({name: str(value) for name, value in posted.items()})
            memory = self._begun(screen)
            try:
                memory.refused = await act(screen, posted)
            except (FormError, LookupError) as error:
                memory.alerts.append(str(error.args[0]))
            return RedirectResponse(screen.url(), 303)

        return endpoint

    def _begun(self, screen: Screen) -> Memory:
        """A new memory for what a person now does; they still know what they read."""
        user_id = screen.person.user.id
        read = self._memories[user_id].read
        memory = Memory(notices_before=len(screen.person.notices), read=read)
        self._memories[user_id] = memory
        return memory

    def _screen(self, asked: Mapping[str, str]) -> Screen:
        """Who looks at what; without a word about it, the first person at the first channel.

        Raises:
            HTTPException: 404, there is no such person or conversation.
        """
        people = (user for user in self._slack.workspace.users.values() if not user.is_bot)
        try:
            person = self._slack.person(asked.get("as") or next(people).real_name)
            screen = Screen(self._slack, person, asked.get("in") or "campaigns")
            person.messages(screen.conversation)
        except LookupError as error:
            raise HTTPException(404, str(error.args[0])) from None
        return screen
