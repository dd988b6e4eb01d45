"""Environments in words: each by its name, and production marked wherever it is named."""

from bot.campaigns.environment import Environment

_MARK = "\N{LARGE RED CIRCLE}"
_PRODUCTION = "production"


def environment_name(environment: Environment) -> str:
    """The name to show, in formatted and in plain text alike: the mark is one of Unicode's."""
    name = environment.name[:1].upper() + environment.name[1:]
    if not environment.looks_like_production:
        return name
    return f"{_MARK} {name}" + ("" if environment.name == _PRODUCTION else f" ({_PRODUCTION})")


def in_environment(environment: Environment | None) -> str:
    """What stands before a sentence to say where; nothing where that goes without saying."""
    return f"{environment_name(environment)}: " if environment else ""


def consequence(environment: Environment) -> str:
    """What it means to do something in production."""
    return f"*{environment_name(environment)}*: what is made here reaches real people."
