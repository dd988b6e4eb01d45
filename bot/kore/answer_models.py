"""Models of answers: tolerant of what they do not know and of what they cannot read.

Only what a caller cannot do without is required; for the rest, None stands for "not said" and
for "not understood", so that one odd field never hides a campaign.
"""

from typing import Annotated, Generic, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

T = TypeVar("T")


class Answered(BaseModel):
    """Part of an answer; fields it does not know are ignored."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", coerce_numbers_to_str=True, hide_input_in_errors=True
    )


def without_nulls(value: object) -> object:
    """An object without its nulls, so that an empty `_id` does not hide an `id`."""
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if item is not None}
    return value


def _or_none(value: object, read: ValidatorFunctionWrapHandler) -> object:
    try:
        return read(value)
    except ValidationError:
        return None


Maybe = Annotated[T | None, WrapValidator(_or_none)]
"""A value, or None where it is absent or cannot be read."""

Row = TypeVar("Row", bound=Answered)


class Rows(Answered, Generic[Row]):
    """The rows of a list: the `results` of a page, or a plain array, as the documents have both.

    None stands for a row that cannot be read, so that it hides no other. `total` is how many rows
    the list has, `limit` how many the server puts on a page.
    """

    results: list[Maybe[Row]]
    limit: Maybe[int] = None
    has_more: Maybe[bool] = Field(None, alias="hasMore")
    total: Maybe[int] = Field(None, alias="totalResults")

    @model_validator(mode="before")
    @classmethod
    def _of_an_array(cls, data: object) -> object:
        return {"results": data} if isinstance(data, list) else data

    @property
    def readable(self) -> list[Row]:
        """The rows that can be read."""
        return [row for row in self.results if row is not None]

    @property
    def unreadable(self) -> int:
        """How many rows cannot be read."""
        return self.results.count(None)


Text = Annotated[Maybe[str], BeforeValidator(lambda value: value or None)]
"""Some text, or None where it is absent or empty."""
