"""Lists in a single answer: both shapes are read, and unreadable rows make a list incomplete."""

from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.campaigns.contacts import Contact, ContactList
from bot.kore import InvalidResponse, KoreClient, Listing
from sandbox.kore import PretendKore

JUNE: dict[str, Any] = {"_id": "cl-1", "name": "June"}
MAY: dict[str, Any] = {"_id": "cl-2", "name": "May"}
BOTH = (ContactList(id="cl-1", name="June"), ContactList(id="cl-2", name="May"))
UNREADABLE: list[Any] = [
    None,
    7,
    "cl-3",
    [],
    {},
    {"_id": "cl-3"},
    {"name": "July"},
    {"_id": "", "name": "A"},
]


def answer(data: object) -> httpx.Response:
    return httpx.Response(200, json={"status": "success", "message": "", "data": data})


@pytest.mark.parametrize("as_page", [True, False])
async def test_contact_lists_are_read_from_an_array_and_from_a_page(
    real: KoreClient, kore: PretendKore, *, as_page: bool
) -> None:
    kore.lists_as_page = as_page

    listing = await real.list_contact_lists()

    assert [each.id for each in listing.rows] == [*kore.state.contact_lists]
    assert listing.complete


@pytest.mark.parametrize(
    ("data", "complete", "total"),
    [
        ([JUNE, MAY], True, None),
        ({"results": [JUNE, MAY]}, True, None),
        ({"results": [JUNE, MAY], "hasMore": False, "totalResults": 2}, True, 2),
        ({"results": [JUNE, MAY], "hasMore": "no idea", "totalResults": "2"}, True, 2),
        ({"results": [JUNE, MAY], "hasMore": True}, False, None),
        ({"results": [JUNE, MAY], "totalResults": 3}, False, 3),
    ],
)
async def test_a_page_that_is_not_the_whole_list_is_incomplete(
    client: KoreClient,
    answers: list[httpx.Response],
    data: object,
    *,
    complete: bool,
    total: int | None,
) -> None:
    answers.append(answer(data))

    assert await client.list_contact_lists() == Listing(BOTH, complete=complete, total=total)


async def test_unreadable_rows_are_skipped_and_counted_in_the_log(
    client: KoreClient, answers: list[httpx.Response]
) -> None:
    answers += [answer([JUNE, row, MAY]) for row in UNREADABLE]
    answers.append(answer(UNREADABLE))

    with capture_logs() as logs:
        for _ in UNREADABLE:
            assert await client.list_contact_lists() == Listing(BOTH, complete=False)
        assert await client.list_contact_lists() == Listing((), complete=False)

    noted = [each["rows"] for each in logs if each["event"] == "kore.rows_unreadable"]
    assert noted == [*[1] * len(UNREADABLE), len(UNREADABLE)]


async def test_unreadable_rows_of_contacts_and_results_are_skipped(
    client: KoreClient, answers: list[httpx.Response]
) -> None:
    ada = {"phoneNumber": "12025550100", "firstName": "Ada"}
    for data in ([ada, {}, None], {"results": [{}, ada]}):
        answers.append(answer(data))
        listing = await client.list_contacts("cl-1")
        contact = Contact(phone_number="12025550100", fields={"firstName": "Ada"})
        assert listing == Listing((contact,), complete=False)

    page = {"results": ["odd", ada], "page": 1, "totalPages": 1, "totalResults": 2}
    answers.append(answer(page))
    results = await client.contact_results("cd-1")
    assert (len(results.rows), results.total_results) == (1, 2)


@pytest.mark.parametrize("data", [None, "odd", 7, {}, {"results": None}, {"results": {}}])
async def test_an_answer_without_rows_is_invalid(
    client: KoreClient, answers: list[httpx.Response], data: object
) -> None:
    answers += [answer(data)] * 2

    with pytest.raises(InvalidResponse):
        await client.list_contact_lists()
    with pytest.raises(InvalidResponse):
        await client.list_contacts("cl-1")


async def test_an_unreadable_use_of_a_list_does_not_hide_the_others(
    client: KoreClient, answers: list[httpx.Response]
) -> None:
    answers.append(answer(JUNE | {"campaignInUse": [{"id": "cd-1"}, None, {}, {"_id": "cd-2"}]}))

    assert (await client.get_contact_list("cl-1")).used_by == ("cd-1", "cd-2")


async def test_an_empty_id_does_not_hide_the_other_id(
    client: KoreClient, answers: list[httpx.Response]
) -> None:
    answers.append(answer({"_id": None, "id": "cl-1", "name": "June"}))

    assert await client.get_contact_list("cl-1") == BOTH[0]
