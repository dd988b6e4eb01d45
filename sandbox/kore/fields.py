"""Reads a request body strictly: no unknown fields, exact types, no nulls."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

from sandbox.kore.refusals import Refused, invalid


class Strict(BaseModel):
    """An object in a request body; without an alias, a field is sent in camelCase."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, alias_generator=to_camel)

    @model_validator(mode="before")
    @classmethod
    def refuse_nulls(cls, data: object) -> object:
        """Refuse null: Kore.ai's samples leave out unused fields instead."""
        if isinstance(data, dict):
            nulls = [str(key) for key, value in data.items() if value is None]
            if nulls:
                raise ValueError(f"{', '.join(nulls)} must not be null")
        return data


class Nothing(Strict):
    """The empty body of calls without parameters."""


Model = TypeVar("Model", bound=Strict)


def read(model: type[Model], body: object) -> Model:
    """Return the body as a model.

    Raises:
        Refused: Fields break rules; there is a message for each.
    """
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise _refusal(error) from error


def _refusal(error: ValidationError) -> Refused:
    return invalid(*(_sentence(details) for details in error.errors()))


def _sentence(details: ErrorDetails) -> str:
    path = ".".join(str(part) for part in details["loc"]) or "body"
    return f"{path}: {details['msg'].removeprefix('Value error, ')}"
