"""The regions whose phone numbers people write without a country code: two letters of ISO 3166."""

from functools import cache
from importlib.resources import files
from typing import Annotated

import phonenumbers
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError


def _known_region(typed: str) -> str:
    if (region := typed.upper()) not in phonenumbers.SUPPORTED_REGIONS:
        raise PydanticCustomError("region", "must be a country's two letters, such as US or GB")
    return region


Region = Annotated[str, AfterValidator(_known_region), Field(json_schema_extra={"maxLength": 2})]


def region_of_zone(zone: str) -> str | None:
    """Return the country of an IANA time zone; None if it has none, or numbers of its own.

    `zone.tab` names one country for each zone. An older name has that of the zone for which it
    stands today, unless several countries share this.
    """
    countries = _countries("zone.tab").get(zone) or _countries("zone1970.tab").get(
        _links().get(zone, ""), ()
    )
    known = [each for each in countries if each in phonenumbers.SUPPORTED_REGIONS]
    return known[0] if len(countries) == 1 and known else None


@cache
def _countries(table: str) -> dict[str, tuple[str, ...]]:
    """Return the countries of each zone; the table's first lines explain its columns."""
    rows = (line.split("\t") for line in _lines(table) if not line.startswith("#"))
    return {row[2]: tuple(row[0].split(",")) for row in rows}


@cache
def _links() -> dict[str, str]:
    """Return the zone that each older name stands for; the format is that of the manual zic(8)."""
    links = (line.split() for line in _lines("tzdata.zi") if line.startswith("L "))
    return {name: zone for _, zone, name in links}


def _lines(table: str) -> list[str]:
    """Return the lines of a file of the time zone database, in its package tzdata."""
    return files("tzdata").joinpath("zoneinfo", table).read_text(encoding="utf-8").splitlines()
