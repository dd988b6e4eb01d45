"""Environments in words: each by its name, with production marked everywhere."""

from bot.campaigns.environment import Environment

_MARK = "\N{LARGE RED CIRCLE}"
_PRODUCTION = "production"


def environment_name(environment: Environment) -> str:
    """Return the name to show. The mark is a Unicode character, so it suits plain text too."""
    name = environment.name[:1].upper() + environment.name[1:]
    if not environment.looks_like_production:
        return name
    return f"{_MARK} {name}" + ("" if environment.name == _PRODUCTION else f" ({_PRODUCTION})")


def in_environment(environment: Environment | None) -> str:
    """Return a prefix that names the environment; empty if there is no need to name it."""
    return f"{environment_name(environment)}: " if environment else ""


def consequence(environment: Environment) -> str:
    """Return what it means to do something in production."""
    return f"*{environment_name(environment)}*: what is made here reaches real people."
