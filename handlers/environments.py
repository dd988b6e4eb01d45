"""The environment that a form is for."""

from collections.abc import Mapping

from blocks.fields import Value
from blocks.form import ENVIRONMENT, FormErrors, Values
from blocks.words import CHOOSE
from handlers.payloads import Press, SlashCommand
from handlers.services import Services


def environment_given(
    services: Services, request: SlashCommand | Press, given: Mapping[str, Value]
) -> str | None:
    """Return the initial environment: empty if a person has to choose.

    None if there is only one. Only the environment of the channel or of the campaign is filled
    in, so that nobody gets into production by not looking.
    """
    if not services.environments.several:
        return None
    own = services.environments.of_channel(request.channel)
    name = str(given.get(ENVIRONMENT) or (own.name if own else ""))
    return name if services.environments.named(name) else ""


def environment_in(services: Services, values: Values) -> str | None:
    """Return the name of the environment chosen in a form; None if none is yet."""
    if not services.environments.several:
        return services.environments.first.name
    chosen = services.environments.named(str(values.get(ENVIRONMENT)))
    return chosen.name if chosen else None


def environment_chosen(services: Services, chosen: Value) -> str:
    """Return the name of the environment that a form is for.

    Raises:
        FormErrors: no existing environment was chosen.
    """
    if not chosen and not services.environments.several:
        return services.environments.first.name
    found = services.environments.named(str(chosen or ""))
    if found is None:
        raise FormErrors({ENVIRONMENT: CHOOSE})
    return found.name
