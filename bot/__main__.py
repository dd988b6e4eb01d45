"""The command line: run the bot, try it in the sandbox, check its settings."""

import asyncio
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from slack_sdk.errors import SlackApiError

from bot.settings import Settings, SettingsFault, load_settings

cli = typer.Typer(
    help="Create, schedule and look up Kore.ai campaigns from Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
_errors = Console(stderr=True, highlight=False, soft_wrap=True)


@cli.command()
def run() -> None:
    """Run the bot with the settings of the environment or .env."""
    # Imported here, as `check` and `--help` need no engine: it takes most of the start-up.
    from bot.logs import configure_logging  # noqa: PLC0415
    from bot.records.database import DatabaseFault  # noqa: PLC0415
    from bot.serve import serve  # noqa: PLC0415
    from bot.work import EngineBusy  # noqa: PLC0415

    settings = _settings()
    configure_logging(settings.log_level, settings.log_format)
    try:
        asyncio.run(serve(settings))
    except (EngineBusy, DatabaseFault, OSError) as error:
        _give_up(str(error))
    except SlackApiError as error:
        _give_up(f"Slack: {error.response['error']}. `campaign-bot check` says more.")


@cli.command()
def check() -> None:
    """Say whether the bot would work; each fault with its remedy."""
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
) -> None:
    """Try the bot in the browser, with a pretend Slack and a pretend Kore.ai."""
    from sandbox.run import run_sandbox  # noqa: PLC0415 # nothing of it is loaded by `run`

    asyncio.run(run_sandbox(port))


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsFault as fault:
        _errors.print("These settings keep the bot from starting:")
        _give_up("\n".join(f"  {line}" for line in str(fault).splitlines()))


def _give_up(sentence: str) -> NoReturn:
    _errors.print(escape(sentence))
    raise typer.Exit(code=1)


def main() -> None:
    """The console script `campaign-bot`."""
    cli()


if __name__ == "__main__":
    main()
