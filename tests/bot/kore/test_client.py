import json
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.contacts import Contact, ContactList, ContactResult
from bot.campaigns.values import Kind, Status
from bot.kore import (
    Account,
    Choices,
    Cursor,
    InvalidResponse,
    KoreClient,
    KoreError,
    Listing,
    NoDncInVersion1,
    Operation,
    Outcome,
)

Answers = list[httpx.Response | Exception]


def row(number: int, **fields: object) -> dict[str, Any]:
    return {"id": f"cd-{number}", "name": f"Campaign {number}", "status": "Ready", **fields}


def page(*rows: dict[str, Any], total: int) -> httpx.Response:
    return httpx.Response(200, json={"data": {"results": list(rows), "totalResults": total}})


def created(campaign_id: str = "cd-1") -> httpx.Response:
    return httpx.Response(200, json={"data": row(1, id=campaign_id)})


def asked(request: httpx.Request) -> dict[str, Any]:
    body = json.loads(request.content)
    assert isinstance(body, dict)
    return body


@pytest.mark.parametrize("has_body", [True, False])
async def test_every_request_carries_its_headers(
    client: KoreClient,
    answers: Answers,
    requests: list[httpx.Request],
    account: Account,
    *,
    has_body: bool,
) -> None:
    answers.append(httpx.Response(200, json={"id": "cd-1"} if has_body else {"data": row(1)}))

    await (client.unschedule_campaign("Spring sale") if has_body else client.get_campaign("cd-1"))

    headers = requests[0].headers
    assert headers["accountId"] == account.account_id
    assert headers["iid"] == account.stream_id
    assert headers["auth"].count(".") == 2
    assert headers.get("content-type") == ("application/json" if has_body else None)


async def test_campaigns_can_be_listed_by_status(
    client: KoreClient, answers: Answers, requests: list[httpx.Request]
) -> None:
    answers += [page(row(1), total=1)]

    listing = await client.list_campaigns(Kind.SMS, Cursor(), statuses=[Status.READY])

    assert [each.id for each in listing.rows] == ["cd-1"]
    assert asked(requests[0])["filters"] == {"status": ["Ready"]}


@pytest.mark.parametrize(
    ("choices", "dnc_list", "prefix"),
    [
        (Choices(), None, "/agentassist/api/v1/public/"),
        (Choices(), "Do not call", "/campaign/api/v2/public/"),
        (Choices(voice_version="v1"), None, "/agentassist/api/v1/public/"),
        (Choices(voice_version="v2"), None, "/campaign/api/v2/public/"),
    ],
)
async def test_the_operator_or_else_the_dnc_list_decides_the_voice_version(  # noqa: PLR0917 # fixtures
    client: KoreClient,
    answers: Answers,
    requests: list[httpx.Request],
    voice: VoiceCampaign,
    dnc_list: str | None,
    prefix: str,
) -> None:
    campaign = voice.model_copy(update={"dnc_list": dnc_list})
    answers += [created(), created()]

    await client.create_campaign(campaign)
    await client.update_campaign("cd-1", campaign, scheduled=False)

    assert [each.method for each in requests] == ["POST", "PUT"]
    for request in requests:
        assert request.url.path.startswith(prefix)
        assert request.url.params["campaignType"] == "voice"
        assert ("dncLists" in asked(request)) is (dnc_list is not None)


@pytest.mark.parametrize("choices", [Choices(voice_version="v1")])
async def test_a_dnc_list_is_never_dropped_silently(
    client: KoreClient, voice: VoiceCampaign
) -> None:
    with pytest.raises(NoDncInVersion1) as caught:
        await client.create_campaign(voice.model_copy(update={"dnc_list": "Do not call"}))

    assert caught.value.outcome is Outcome.NOT_DONE


async def test_sms_is_updated_and_deleted(
    client: KoreClient, answers: Answers, requests: list[httpx.Request], sms: SmsCampaign
) -> None:
    answers += [created(), httpx.Response(200, json={"status": "success", "data": row(1)})]

    snapshot = await client.update_campaign("cd-1", sms, scheduled=False)
    await client.delete_campaign("cd-1", Kind.SMS)

    assert (snapshot.id, snapshot.kind) == ("cd-1", Kind.SMS)
    assert [each.method for each in requests] == ["PUT", "DELETE"]
    for request in requests:
        assert request.url.path.endswith("/campaign/api/v2/public/st-0603182c-7ffb/campaign/cd-1")
        assert dict(request.url.params) == {"accountId": "67777ce93e25", "campaignType": "sms"}


async def test_results_hold_masked_numbers(client: KoreClient, answers: Answers) -> None:
    rows = [
        {"phoneNumber": "12025550100", "uniqueId": "", "dialerOutcome": ""},
        {
            "phoneNumber": 12025550101,
            "dialerOutcome": "completed",
            "numberOfAttemptsSoFar": 2,
            "agentDispositionCodes": ["Sale"],
            "botOutboundStatus": "userHangUp",
        },
    ]
    data = {"results": rows, "page": 1, "limit": 100, "totalPages": 1, "totalResults": 2}
    answers.append(httpx.Response(200, json={"status": "success", "data": data}))

    results = await client.contact_results("cd-1")

    assert (results.page, results.total_pages, results.total_results) == (1, 1, 2)
    assert results.rows == (
        ContactResult(phone_number="12025550100"),
        ContactResult(
            phone_number="12025550101",
            outcome="completed",
            attempts=2,
            dispositions=("Sale",),
            call_status="userHangUp",
        ),
    )
    assert "12025550100" not in repr(results)


async def test_contact_lists_are_created_updated_read_and_deleted(
    client: KoreClient, answers: Answers, requests: list[httpx.Request]
) -> None:
    listed = {
        "_id": "cl-1",
        "name": "June",
        "description": "Renewals",
        "status": "Ready",
        "totalRecordCount": 3,
        "campaignInUse": [{"id": "cd-1", "name": "An old name"}],
    }
    answers += [
        httpx.Response(200, json={"status": "success", "data": {"contactListId": "cl-1"}}),
        httpx.Response(200, json={"status": "success", "message": "", "data": listed}),
        httpx.Response(200, json={"status": "success", "message": "", "data": [listed]}),
        httpx.Response(200, json={"status": "success", "data": listed}),
    ]

    await client.update_contact_list("cl-1", description="Renewals")
    one = await client.get_contact_list("cl-1")
    every = await client.list_contact_lists()
    await client.delete_contact_list("cl-1")

    assert asked(requests[0]) == {"description": "Renewals"}
    assert one == ContactList(
        id="cl-1",
        name="June",
        description="Renewals",
        status="Ready",
        contacts=3,
        used_by=("cd-1",),
    )
    assert every == Listing((one,), complete=True)
    assert [each.method for each in requests] == ["PUT", "GET", "POST", "DELETE"]


@pytest.mark.parametrize(
    ("answered", "has_time_zones"),
    [
        ({"mapping": {"phoneNumber": "phone", "timeZone": "zone"}}, True),
        ({"mapping": {"phoneNumber": "phone", "timeZone": ""}}, False),
        ({"mapping": {"phoneNumber": "phone", "timeZone": " "}}, False),
        ({"mapping": {"phoneNumber": "phone"}}, None),
        ({"mapping": ["phoneNumber"]}, None),
        ({}, None),
    ],
)
async def test_a_list_has_time_zones_if_a_column_is_mapped_to_them(
    client: KoreClient,
    answers: Answers,
    answered: dict[str, object],
    *,
    has_time_zones: bool | None,
) -> None:
    listed = {"_id": "cl-1", "name": "June", **answered}
    answers += [httpx.Response(200, json={"status": "success", "message": "", "data": listed})]
    assert (await client.get_contact_list("cl-1")).has_time_zones is has_time_zones


async def test_contacts_are_read_and_added(
    client: KoreClient, answers: Answers, requests: list[httpx.Request]
) -> None:
    listed = {"_id": "cc-1", "createdAt": "2025-12-09T04:28:44.832Z", "phoneNumber": "12025550100"}
    page = {"results": [listed | {"firstName": "Ada", "age": 36, "note": None}], "hasMore": False}
    answers += [
        httpx.Response(200, json={"status": "success", "data": page}),
        httpx.Response(200, json={"message": "Adding contacts to public list is in progress"}),
    ]

    contacts = await client.list_contacts("cl-1")
    await client.add_contacts("June", contacts.rows)

    ada = Contact(phone_number="12025550100", fields={"firstName": "Ada", "age": "36"})
    assert contacts == Listing((ada,), complete=True)
    assert requests[1].url.path == (
        "/api/1.1/public/st-0603182c-7ffb/campaign/contactList/addContacts"
    )


async def test_an_answer_of_another_shape_is_invalid(client: KoreClient, answers: Answers) -> None:
    answers += [
        httpx.Response(200, json={"status": "success"}),
        httpx.Response(200, json={"status": "success", "data": {"rows": []}}),
    ]

    with pytest.raises(InvalidResponse) as write:
        await client.unschedule_campaign("Spring sale")
    with pytest.raises(InvalidResponse) as read:
        await client.list_contacts("cl-1")

    assert write.value.outcome is Outcome.UNKNOWN
    assert read.value.outcome is Outcome.NOT_DONE


async def test_logs_and_errors_contain_no_personal_data_or_secrets(
    client: KoreClient, answers: Answers, sms: SmsCampaign
) -> None:
    echo = {"errors": [{"msg": "callerId +12025550100 is not verified", "code": 400}]}
    answers += [httpx.ConnectError("refused"), httpx.Response(400, json=echo)]

    with capture_logs() as logs, pytest.raises(KoreError) as caught:
        await client.create_campaign(sms)

    told = f"{logs} {caught.value} {caught.value!r} {caught.value.__cause__!r}"
    for private in ("2025550100", sms.name, sms.description, "SGVsbG8", "a-secret", "eyJ", "https"):
        assert private not in told
    assert [(each["event"], each["operation"], each["attempt"]) for each in logs] == [
        ("kore.failed", Operation.CREATE_SMS.value, 1),
        ("kore.repeating", Operation.CREATE_SMS.value, 1),
        ("kore.failed", Operation.CREATE_SMS.value, 2),
    ]
