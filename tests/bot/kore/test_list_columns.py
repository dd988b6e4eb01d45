"""The columns of contact lists, as far as Kore.ai tells them."""

import httpx
import pytest

from bot.kore import KoreClient

MAPPED = {"phoneNumber": "Phone", "firstName": "fname", "lastName": "", "uniqueId": "id"}


@pytest.mark.parametrize(
    ("answered", "columns", "all_columns"),
    [
        ({}, (), False),
        ({"columns": []}, (), False),
        (
            {"mapping": {"firstName": "firstName", "timeZone": ""}, "columns": []},
            ("First Name", "firstName"),
            False,
        ),
        (
            {"mapping": MAPPED, "columns": ["Phone", "fname", "id", " Renewal Date", "", "Phone"]},
            (
                *("Phone Number", "Phone", "First Name", "fname", "Unique Identifier", "id"),
                "Renewal Date",
            ),
            True,
        ),
        ({"mapping": {"shoeSize": "size"}, "columns": ["size"]}, ("shoeSize", "size"), True),
        ({"mapping": {}, "columns": ["size"]}, ("size",), True),
        ({"columns": ["size"]}, ("size",), False),
        ({"mapping": ["size"], "columns": ["size"]}, ("size",), False),
        ({"mapping": {"firstName": ["a"]}, "columns": ["size", {}]}, ("size",), False),
        ({"mapping": {}, "columns": "size"}, (), False),
    ],
)
async def test_a_list_has_its_columns_and_the_names_that_the_console_shows_for_them(
    client: KoreClient,
    answers: list[httpx.Response | Exception],
    answered: dict[str, object],
    columns: tuple[str, ...],
    *,
    all_columns: bool,
) -> None:
    listed = {"_id": "cl-1", "name": "June", **answered}
    answers += [httpx.Response(200, json={"status": "success", "message": "", "data": listed})]
    read = await client.get_contact_list("cl-1")
    assert (read.columns, read.all_columns) == (columns, all_columns)
