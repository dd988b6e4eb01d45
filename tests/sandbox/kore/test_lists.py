from datetime import timedelta
from typing import Any

import httpx
import pytest

from sandbox.kore import ContactList, PretendKore

NEW = {"name": "Autumn leads", "description": "Met in autumn.", "source": "passiveApi"}
CREATE = "/campaign/contactList/createContactList"
ALL = "/campaign/contactList/getAllListDetails"
ADD = "/api/1.1/public/st-1/campaign/contactList/addContacts"


@pytest.fixture
def spring(kore: PretendKore) -> ContactList:
    found = kore.state.contact_list_named("Spring leads")
    assert found is not None
    return found


def contacts(count: int, name: str = "Spring leads") -> dict[str, Any]:
    data = [{"phoneNumber": f"120255501{number:02}"} for number in range(count)]
    return {"contact_list_name": name, "data": data}


@pytest.mark.parametrize("version", ["v1", "v2"])
async def test_create(
    kore: PretendKore, v1: httpx.AsyncClient, v2: httpx.AsyncClient, version: str
) -> None:
    answer = (await {"v1": v1, "v2": v2}[version].post(CREATE, json=NEW)).json()
    made = kore.state.contact_list_named("Autumn leads")
    assert made is not None
    assert answer["status"] == "success"
    assert answer["data"]["id"] == made.id
    assert answer["data"]["allowDuplicates"] is False
    assert answer["data"]["campaignInUse"] == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "n" * 49}, "name"),
        ({"name": "Spring leads"}, "name: a contact list named Spring leads already exists"),
        ({"description": "d" * 257}, "description"),
        ({"source": "passiveApiIntegration"}, "source"),
        ({"allowDuplicates": "false"}, "allowDuplicates"),
        ({"name1": "Autumn leads"}, "name1"),
    ],
)
async def test_create_rules(
    v2: httpx.AsyncClient, changes: dict[str, object], message: str
) -> None:
    answer = await v2.post(CREATE, json=NEW | changes)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["msg"].startswith(message)


async def test_an_update_renames_the_list_in_campaigns(
    kore: PretendKore, v2: httpx.AsyncClient, voice_id: str, spring: ContactList
) -> None:
    changes = {"name": "May leads", "description": "Met in May."}
    answer = await v2.put(f"/campaign/contactList/{spring.id}", json=changes)
    data = answer.json()["data"]
    assert (data["name"], data["description"]) == ("May leads", "Met in May.")
    assert data["campaignInUse"] == [{"id": voice_id, "name": "Spring Calls"}]
    assert kore.state.campaigns[voice_id].body["contactLists"] == ["May leads"]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"name": "May leads"}, ("May leads", "Spring leads, for trying things out")),
        ({"description": "Met in May."}, ("Spring leads", "Met in May.")),
    ],
)
async def test_update_keeps_what_is_not_sent(
    v2: httpx.AsyncClient, spring: ContactList, change: dict[str, str], wanted: tuple[str, str]
) -> None:
    data = (await v2.put(f"/campaign/contactList/{spring.id}", json=change)).json()["data"]
    assert (data["name"], data["description"]) == wanted


async def test_get(v2: httpx.AsyncClient, spring: ContactList) -> None:
    data = (await v2.get(f"/campaign/contactList/{spring.id}")).json()["data"]
    assert (data["name"], data["status"], data["totalRecordCount"]) == ("Spring leads", "Ready", 0)


async def test_a_list_made_of_a_file_has_its_columns(
    kore: PretendKore, v2: httpx.AsyncClient, spring: ContactList
) -> None:
    of_file = kore.state.contact_list_named("Renewals June")
    assert of_file is not None
    data = (await v2.get(f"/campaign/contactList/{of_file.id}")).json()["data"]
    assert (data["source"], data["status"]) == ("localDrive", "Validated")
    assert data["columns"] == ["phoneNumber", "firstName", "timezone", "Renewal Date"]
    assert data["mapping"] == {
        "firstName": "firstName",
        "lastName": "",
        "phoneNumber": "phoneNumber",
        "timeZone": "timezone",
        "uniqueId": "",
        "contactPriority": "",
    }
    by_api = (await v2.get(f"/campaign/contactList/{spring.id}")).json()["data"]
    assert (by_api["source"], by_api["status"], by_api["columns"]) == ("passiveApi", "Ready", [])
    assert by_api["mapping"]["lastName"] == "lastName"


async def test_an_answer_may_omit_the_columns(kore: PretendKore, v2: httpx.AsyncClient) -> None:
    kore.tells_columns = False
    assert not any("columns" in row for row in (await v2.get(ALL)).json()["data"])


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_an_unknown_list(v2: httpx.AsyncClient, method: str) -> None:
    answer = await v2.request(method, "/campaign/contactList/cl-none", json={})
    assert answer.status_code == 404
    assert answer.json() == {"errors": [{"msg": "Contact list not found", "code": 404}]}


async def test_delete(kore: PretendKore, v2: httpx.AsyncClient, spring: ContactList) -> None:
    answer = await v2.delete(f"/campaign/contactList/{spring.id}")
    assert answer.json()["message"] == "Contact list Spring leads deleted successfully"
    assert spring.id not in kore.state.contact_lists


async def test_a_list_in_use_cannot_be_deleted(
    kore: PretendKore, v2: httpx.AsyncClient, voice_id: str, spring: ContactList
) -> None:
    del voice_id
    answer = await v2.delete(f"/campaign/contactList/{spring.id}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["msg"] == "contactList is in use by a campaign"
    assert spring.id in kore.state.contact_lists


@pytest.mark.parametrize(("method", "content"), [("GET", ""), ("POST", "{}")])
async def test_all_lists(v2: httpx.AsyncClient, method: str, content: str) -> None:
    answer = await v2.request(method, ALL, params={"type": "call"}, content=content)
    names = [row["name"] for row in answer.json()["data"]]
    assert names == ["Spring leads", "VIP customers", "Renewals June"]


async def test_all_lists_may_come_as_the_results_of_a_page(
    kore: PretendKore, v2: httpx.AsyncClient
) -> None:
    plain = (await v2.get(ALL)).json()["data"]
    kore.lists_as_page = True
    page = (await v2.get(ALL)).json()["data"]
    assert page.pop("results") == plain
    assert page == {"skip": 0, "limit": 3, "hasMore": False, "totalPages": 1, "totalResults": 3}


async def test_all_lists_are_of_type_call(v2: httpx.AsyncClient) -> None:
    answer = await v2.get(ALL, params={"type": "dnc"})
    assert answer.json()["errors"] == [{"msg": "type in the query must be call", "code": 400}]


async def test_add_and_list_contacts(
    bare: httpx.AsyncClient, v2: httpx.AsyncClient, spring: ContactList
) -> None:
    sent = contacts(2)
    sent["data"][0] |= {"firstName": "Ada", "favoriteColor": "green"}
    answer = await bare.post(ADD, json=sent)
    assert answer.json() == {"message": "Adding contacts to public list is in progress"}
    page = (await v2.get(f"/campaign/contactList/{spring.id}/getAllContacts")).json()["data"]
    listed = page.pop("results")
    assert [row.pop("_id")[:3] for row in listed] == ["cc-", "cc-"]
    assert listed == sent["data"]
    assert page == {"skip": 0, "limit": 50, "hasMore": False, "totalPages": 1, "totalResults": 2}


@pytest.mark.parametrize(("allowed", "count"), [(False, 1), (True, 2)])
async def test_duplicates(
    kore: PretendKore, bare: httpx.AsyncClient, spring: ContactList, allowed: object, count: int
) -> None:
    kore.state.contact_lists[spring.id].allow_duplicates = bool(allowed)
    for _ in range(2):
        await bare.post(ADD, json=contacts(1))
    assert len(spring.contacts) == count


async def test_contacts_may_arrive_some_time_after_they_were_accepted(
    kore: PretendKore, bare: httpx.AsyncClient, v2: httpx.AsyncClient, spring: ContactList
) -> None:
    async def size() -> int:
        answer = await v2.get(f"/campaign/contactList/{spring.id}")
        return int(answer.json()["data"]["totalRecordCount"])

    kore.adding_seconds = 30.0
    await bare.post(ADD, json=contacts(2))
    await bare.post(ADD, json=contacts(2))
    assert await size() == 0
    kore.clock.forward(timedelta(seconds=31))
    assert await size() == 2


async def test_a_hundred_contacts_at_once(bare: httpx.AsyncClient, spring: ContactList) -> None:
    assert (await bare.post(ADD, json=contacts(100))).status_code == 200
    assert len(spring.contacts) == 100


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (contacts(101), "data"),
        (contacts(0), "data"),
        (contacts(1, "Nobody"), "contact_list_name does not exist: Nobody"),
        ({"contact_list_name": "Spring leads", "data": [{}]}, "data.0.phoneNumber"),
        (
            {"contact_list_name": "Spring leads", "data": [{"phoneNumber": "call me"}]},
            "data.0.phoneNumber",
        ),
    ],
)
async def test_add_rules(bare: httpx.AsyncClient, body: dict[str, Any], message: str) -> None:
    answer = await bare.post(ADD, json=body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["msg"].startswith(message)
