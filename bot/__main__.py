"""The command line: runs the bot or its sandbox, checks its settings, and manages its data."""

import asyncio
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    # The settings take half a second to load, which `--help` does not need.
    from bot.settings import Settings

T = TypeVar("T")

cli = typer.Typer(
    help="Create, schedule and look up Kore.ai campaigns from Slack.",
    no_args_is_help=True,
    add_completion=False,
    # Help in colors would load a Markdown parser, which takes longer than everything else.
    rich_markup_mode=None,
    pretty_exceptions_show_locals=False,
)
audit = typer.Typer(
    help="Export or verify the audit trail.", no_args_is_help=True, rich_markup_mode=None
)
cli.add_typer(audit, name="audit")
_DAY = "%Y-%m-%d"
_errors = Console(stderr=True, highlight=False, soft_wrap=True)


@cli.command()
def run() -> None:
    """Run the bot with the settings of the environment or .env."""
    # Imported modules stay in memory; scanning them for garbage takes an eighth of the startup.
    gc.disable()
    # Imported here: they take most of the startup, and `check` and `--help` need none of them.
    from bot.durable import LeaseTaken  # noqa: PLC0415
    from bot.logs import configure_logging  # noqa: PLC0415
    from bot.records import DatabaseFault  # noqa: PLC0415
    from bot.serve import serve  # noqa: PLC0415
    from bot.slack import SlackError  # noqa: PLC0415

    gc.freeze()
    gc.enable()
    settings = _settings()
    configure_logging(settings.log_level, settings.log_format)
    try:
        asyncio.run(serve(settings))
    except (LeaseTaken, DatabaseFault, OSError) as error:
        _give_up(str(error))
    except SlackError as error:
        _give_up(f"Slack: {error.reason}. Run `campaign-bot check` for details.")


@cli.command()
def check() -> None:
    """Check settings and connections; each fault has a remedy."""
    from bot.check import check as findings  # noqa: PLC0415 # as in `run`

    settings = _settings()
    out = Console(highlight=False, soft_wrap=True)

    async def tell() -> bool:
        in_order = True
        async for finding in findings(settings):
            mark = "[red]fault[/red]" if finding.remedy else "[green]ok[/green]   "
            out.print(f"{mark} {finding.subject}: {escape(finding.found)}")
            if finding.remedy:
                out.print(f"      {escape(finding.remedy)}")
                in_order = False
        return in_order

    if not asyncio.run(tell()):
        raise typer.Exit(code=1)


@cli.command()
def sandbox(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The page's port; 0 takes any free one.")
    ] = 8100,
    campaigns: Annotated[
        int, typer.Option(min=0, help="How many invented campaigns Kore.ai has at the start.")
    ] = 0,
) -> None:
    """Try the bot in the browser; Slack and Kore.ai are simulated."""
    from sandbox.run import run_sandbox  # noqa: PLC0415 # `run` does not load it

    asyncio.run(run_sandbox(port, campaigns))


@audit.command("export")
def export_audit(
    form: Annotated[Literal["csv", "jsonl"], typer.Option("--format")] = "csv",
    since: Annotated[
        datetime | None, typer.Option(formats=[_DAY], help="The first day, in UTC.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=[_DAY], help="The last day, in UTC.")
    ] = None,
    person: Annotated[str | None, typer.Option(help="A Slack user ID.")] = None,
    campaign: Annotated[str | None, typer.Option(help="A campaign's ID or name.")] = None,
) -> None:
    """Write the audit trail to standard output."""
    from bot.audit import audit_trail, export  # noqa: PLC0415 # as in `run`

    async def write() -> None:
        async with audit_trail(_database_url()) as trail:
            entries = trail.entries(
                since=since and since.replace(tzinfo=UTC),
                until=until and until.replace(tzinfo=UTC) + timedelta(days=1),
                person=person,
                campaign=campaign,
            )
            await export(entries, form, sys.stdout)

    with _report_faults():
        asyncio.run(write())


@audit.command("verify")
def verify_audit() -> None:
    """Verify that the audit trail is complete and unchanged.

    Otherwise its first broken entry is named.
    """
    from bot.audit import audit_trail, sentence  # noqa: PLC0415 # as in `run`
    from bot.records import Verdict  # noqa: PLC0415

    async def verify() -> Verdict:
        async with audit_trail(_database_url()) as trail:
            return await trail.verify()

    with _report_faults():
        verdict = asyncio.run(verify())
    if verdict.broken:
        _give_up(sentence(verdict))
    typer.echo(sentence(verdict))


@cli.command()
def backup(file: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Copy the SQLite database to FILE; the bot may run.

    The engine's database is copied to a file next to it.
    """
    from bot.records.backup import back_up  # noqa: PLC0415 # as in `run`

    with _report_faults():
        back_up(_database_url(), file)


@cli.command()
def restore(file: Annotated[Path, typer.Argument(help="A file made by `backup`.")]) -> None:
    """Restore the database from a backup; the bot must be stopped."""
    from bot.records.backup import restore as put_back  # noqa: PLC0415 # as in `run`

    with _report_faults():
        put_back(_database_url(), file)


@contextmanager
def _report_faults() -> Iterator[None]:
    """End the command with the message of a database fault."""
    from bot.records import DatabaseFault  # noqa: PLC0415 # as in `run`

    try:
        yield
    except DatabaseFault as fault:
        _give_up(str(fault))


def _database_url() -> str:
    from bot.settings import load_database_url  # noqa: PLC0415 # as in `run`

    return _loaded(load_database_url)


def _settings() -> "Settings":
    from bot.settings import load_settings  # noqa: PLC0415 # as in `run`

    return _loaded(load_settings)


def _loaded(load: Callable[[], T]) -> T:
    from bot.settings import SettingsFault  # noqa: PLC0415 # as in `run`

    try:
        return load()
    except SettingsFault as fault:
        _errors.print("These settings keep the bot from starting:")
        _give_up("\n".join(f"  {line}" for line in str(fault).splitlines()))


def _give_up(sentence: str) -> NoReturn:
    _errors.print(escape(sentence))
    raise typer.Exit(code=1)


def main() -> None:
    """Run the console script `campaign-bot`."""
    cli()


if __name__ == "__main__":
    main()
