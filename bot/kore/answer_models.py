"""Base models of responses, which tolerate unknown and unreadable fields.

Only fields that a caller cannot do without are required. For all others, None means missing or
unreadable, so that one odd field never hides a campaign.
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
    """Part of a response; unknown fields are ignored."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", coerce_numbers_to_str=True, hide_input_in_errors=True
    )


def without_nulls(value: object) -> object:
    """Remove an object's nulls, so that an empty `_id` does not hide an `id`."""
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if item is not None}
    return value


def _or_none(value: object, read: ValidatorFunctionWrapHandler) -> object:
    try:
        return read(value)
    except ValidationError:
        return None


Maybe = Annotated[T | None, WrapValidator(_or_none)]
"""A value, or None if it is missing or unreadable."""

Row = TypeVar("Row", bound=Answered)


class Rows(Answered, Generic[Row]):
    """The rows of a list: the `results` of a page, or a plain array, as Kore.ai documents both.

    None stands for an unreadable row, so that it does not hide the others. `total` is the number of
    rows in the list, `limit` the server's page size.
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
        """Return the readable rows."""
        return [row for row in self.results if row is not None]

    @property
    def unreadable(self) -> int:
        """Return the number of unreadable rows."""
        return self.results.count(None)


Text = Annotated[Maybe[str], BeforeValidator(lambda value: value or None)]
"""A text, or None if it is missing or empty."""
