"""Environments in words: each by its name, with production marked everywhere."""

from blocks.kit import HEADER_MAX, escape, shorten
from bot.campaigns.environment import Environment, Environments
from bot.campaigns.refs import CampaignRef

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


def name_and_place(ref: CampaignRef, environments: Environments) -> str:
    """Return a campaign's name in bold, with its environment if there are several."""
    place = environments.to_name(ref.environment)
    where = f" ({environment_name(place)})" if place else ""
    return f"*{escape(shorten(ref.label, HEADER_MAX))}*{where}"


def consequence(environment: Environment) -> str:
    """Return what it means to do something in production."""
    return f"*{environment_name(environment)}*: what is made here reaches real people."
