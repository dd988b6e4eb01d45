"""Packages import each other only as allowed, and libraries are used only in their package."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A "room" is a package or a module at the root. These are the rooms that each may import besides
# itself. A module belongs to the room with the longest matching name. `bot` joins all the others.
MAY_IMPORT: dict[str, set[str]] = {
    "bot": {
        *("bot.background", "bot.campaigns", "bot.catalog", "bot.charts", "bot.durable"),
        *("bot.kore", "bot.outages", "bot.records", "bot.slack", "bot.work", "blocks"),
        "handlers",
    },
    "bot.__main__": {"bot", "bot.durable", "bot.records", "bot.slack", "sandbox"},
    "bot.background": set(),
    "bot.campaigns": set(),
    "bot.catalog": {"bot.campaigns", "bot.kore", "bot.records"},
    "bot.charts": set(),
    "bot.durable": {"bot.background", "bot.outages", "bot.records"},
    "bot.kore": {"bot.campaigns"},
    "bot.outages": set(),
    "bot.records": {"bot.campaigns", "bot.outages"},
    "bot.slack": {"bot.campaigns", "bot.charts", "bot.outages", "bot.records", "blocks"},
    "bot.work": {
        *("bot.background", "bot.campaigns", "bot.catalog", "bot.durable", "bot.kore"),
        "bot.records",
    },
    "blocks": {"bot.campaigns"},
    "handlers": {
        *("blocks", "bot.background", "bot.campaigns", "bot.catalog", "bot.records"),
        *("bot.slack", "bot.work"),
    },
    "sandbox": set(),
}
ROOT_MODULES = {
    *(
        "__init__",
        "__main__",
        "app",
        "audit",
        "background",
        "check",
        "environments",
        "logs",
        "outages",
        "readiness",
        "serve",
    ),
    "settings",
}
# The only rooms that may import each library.
HOMES = {
    "httpx": ("bot.kore", "sandbox"),
    "jwt": ("bot.kore", "sandbox"),
    "sqlalchemy": ("bot.records",),
    "alembic": ("bot.records",),
    "psycopg": ("bot.records",),
    "dbos": ("bot.durable",),
    "slack_bolt": ("bot.app", "handlers"),
    "slack_sdk.web": ("bot.slack",),
    "aiohttp": ("bot.slack",),
    "yarl": ("bot.slack",),
    "vl_convert": ("bot.charts.drawing",),
    "charset_normalizer": ("bot.campaigns",),
}


@dataclass(frozen=True, slots=True)
class Import:
    """One import: its file and line, the importing module, and what it imports."""

    path: Path
    line: int
    module: str
    target: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.module} imports {self.target}"


def module_name(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def room_of(module: str) -> str:
    return max((room for room in MAY_IMPORT if is_within(module, room)), key=len, default="")


def targets(node: ast.AST) -> list[str]:
    """Return the names that a statement imports; `from package import module` names the module."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    return [_named(node.module or "", alias.name) for alias in node.names]


def _named(package: str, name: str) -> str:
    within = ROOT.joinpath(*package.split("."), name)
    is_module = within.is_dir() or within.with_suffix(".py").exists()
    return f"{package}.{name}" if is_module else package


def imports() -> Iterator[Import]:
    for package in ("bot", "blocks", "handlers", "sandbox"):
        for path in sorted((ROOT / package).rglob("*.py")):
            shown = path.relative_to(ROOT)
            for node in ast.walk(ast.parse(path.read_text())):
                for target in targets(node):
                    yield Import(shown, getattr(node, "lineno", 0), module_name(shown), target)


IMPORTS = list(imports())


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_in_the_allowed_directions(room: str) -> None:
    ours = [each for each in IMPORTS if room_of(each.module) == room and room_of(each.target)]
    allowed = MAY_IMPORT[room] | {room}
    wrong = [str(each) for each in ours if room_of(each.target) not in allowed]
    assert wrong == []


@pytest.mark.parametrize("technology", HOMES)
def test_a_library_is_imported_only_in_its_rooms(technology: str) -> None:
    users = [each for each in IMPORTS if is_within(each.target, technology)]
    wrong = [
        str(each)
        for each in users
        if not any(is_within(each.module, home) for home in HOMES[technology])
    ]
    assert wrong == []
    assert users


def test_only_the_command_line_imports_the_sandbox() -> None:
    users = {
        each.module
        for each in IMPORTS
        if is_within(each.target, "sandbox") and not is_within(each.module, "sandbox")
    }
    assert users <= {"bot.__main__"}


def test_the_root_has_only_the_listed_modules() -> None:
    """A new module at the root would be allowed to import every room."""
    assert {path.stem for path in (ROOT / "bot").glob("*.py")} <= ROOT_MODULES


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("import httpx._client", ["httpx._client"]),
        ("from blocks import messages, card", ["blocks.messages", "blocks.card"]),
        ("from bot.kore import KoreClient", ["bot.kore"]),
        ("from bot import kore", ["bot.kore"]),
        ("x = 1", []),
    ],
)
def test_every_form_of_import_is_recognized(statement: str, named: list[str]) -> None:
    assert targets(ast.parse(statement).body[0]) == named


def test_a_wrong_import_is_named_with_its_file_and_line() -> None:
    wrong = Import(Path("blocks/card.py"), 7, "blocks.card", "bot.kore")
    assert str(wrong) == "blocks/card.py:7: blocks.card imports bot.kore"
    assert room_of(wrong.target) not in MAY_IMPORT[room_of(wrong.module)]
