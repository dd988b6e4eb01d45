"""Models of answers: tolerant of what they do not know and of what they cannot read.

Only what a caller cannot do without is required; for the rest, None stands for "not said" and
for "not understood", so that one odd field never hides a campaign.
"""

from typing import Annotated, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

T = TypeVar("T")


class Answered(BaseModel):
    """Part of an answer; fields it does not know are ignored."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", coerce_numbers_to_str=True, hide_input_in_errors=True
    )


def _or_none(value: object, read: ValidatorFunctionWrapHandler) -> object:
    try:
        return read(value)
    except ValidationError:
        return None


Maybe = Annotated[T | None, WrapValidator(_or_none)]
"""A value, or None where it is absent or cannot be read."""

Text = Annotated[Maybe[str], BeforeValidator(lambda value: value or None)]
"""Some text, or None where it is absent or empty."""
