"""The country of a time zone, which is that of numbers without a country code."""

from zoneinfo import available_timezones

import phonenumbers
import pytest
from pydantic import TypeAdapter, ValidationError

from bot.campaigns.regions import Region, region_of_zone


@pytest.mark.parametrize(
    ("zone", "region"),
    [
        ("America/New_York", "US"),
        ("Asia/Kolkata", "IN"),
        ("Europe/Berlin", "DE"),
        ("Europe/Stockholm", "SE"),
        ("Europe/London", "GB"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Kiev", "UA"),
        ("US/Pacific", "US"),
        # It stands for Africa/Abidjan today, which several countries share.
        ("Iceland", None),
        # Antarctica has no numbers of its own.
        ("Antarctica/McMurdo", None),
        ("Etc/GMT+5", None),
        ("UTC", None),
        ("Nowhere/Else", None),
        ("", None),
    ],
)
def test_a_zone_of_one_country_gives_its_region(zone: str, region: str | None) -> None:
    assert region_of_zone(zone) == region


def test_every_zone_gives_a_region_with_numbers_or_none() -> None:
    found = {region_of_zone(zone) for zone in available_timezones()}
    assert found <= {*phonenumbers.SUPPORTED_REGIONS, None}
    assert len(found) > 200


def test_a_region_is_two_letters_of_a_country_with_numbers() -> None:
    region: TypeAdapter[str] = TypeAdapter(Region)
    assert region.validate_python("us") == "US"
    for other in ("UK", "USA", "001", "", "United States"):
        with pytest.raises(ValidationError) as refused:
            region.validate_python(other)
        assert "must be a country's two letters, such as US or GB" in str(refused.value)
