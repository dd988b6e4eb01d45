"""The field for the country of numbers that a file has without their country code."""

from blocks.fields import TextField

COUNTRY = TextField(
    label="Country of the numbers",
    optional=True,
    placeholder="US",
    hint="Two letters, for numbers without their country code.",
)
