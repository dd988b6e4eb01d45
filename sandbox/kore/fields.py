"""Reading a request body strictly: every field known, every type exact, nothing null."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

from sandbox.kore.refusals import Refused, invalid


class Strict(BaseModel):
    """An object of a request body; its fields are camelCase on the wire unless they say else."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, alias_generator=to_camel)

    @model_validator(mode="before")
    @classmethod
    def refuse_nulls(cls, data: object) -> object:
        """A field that is not wanted is left out; no page shows one sent as null."""
        if isinstance(data, dict):
            nulls = [str(key) for key, value in data.items() if value is None]
            if nulls:
                raise ValueError(f"{', '.join(nulls)} must not be null")
        return data


class Nothing(Strict):
    """The empty object that calls without parameters are sent with."""


Model = TypeVar("Model", bound=Strict)


def read(model: type[Model], body: object) -> Model:
    """The body as a model.

    Raises:
        Refused: with a sentence for each field that breaks a rule.
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
