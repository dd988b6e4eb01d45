import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.campaign import SmsCampaign
from bot.campaigns.values import Format, Kind
from bot.kore import Account, Choices, KoreClient, NotFound, Operation, UnknownRoute
from bot.kore.endpoints import ENDPOINTS
from bot.kore.routes import Routes

ACTIVE = {"status": "Active", "message": "Campaign Started"}
NO_ROUTE = "Cannot POST /campaign"
DOCUMENTED = "/campaign/api/v2/public/st-0603182c-7ffb/campaign/cd-1"
CONSISTENT = "/campaign/api/v2/public/st-0603182c-7ffb/campaign/trigger/cd-1"

Answers = list[httpx.Response | Exception]


def paths(requests: list[httpx.Request]) -> list[str]:
    return [request.url.path for request in requests]


def test_every_operation_has_an_endpoint() -> None:
    assert set(ENDPOINTS) == set(Operation)


def test_endpoints_do_not_repeat_misprints_of_the_documents() -> None:
    for operation, endpoint in ENDPOINTS.items():
        for form in filter(None, (endpoint.documented, endpoint.alternative)):
            assert "//" not in form.target
            assert not ("voice" in operation and "campaignType=sms" in form.target)


async def test_after_an_unknown_route_the_alternative_path_is_used_from_then_on(
    client: KoreClient, answers: Answers, requests: list[httpx.Request]
) -> None:
    answers += [httpx.Response(404, text=NO_ROUTE), *[httpx.Response(200, json=ACTIVE)] * 2]

    await client.start_campaign("cd-1", Kind.SMS)
    await client.start_campaign("cd-1", Kind.SMS)

    assert paths(requests) == [DOCUMENTED, CONSISTENT, CONSISTENT]


async def test_after_an_unknown_campaign_the_alternative_path_is_not_tried(
    client: KoreClient, answers: Answers, requests: list[httpx.Request]
) -> None:
    answers.append(httpx.Response(404, json={"errors": [{"msg": "Campaign not found"}]}))

    with pytest.raises(NotFound):
        await client.start_campaign("cd-1", Kind.SMS)

    assert paths(requests) == [DOCUMENTED]


async def test_each_form_of_a_path_is_tried_once(
    client: KoreClient, answers: Answers, requests: list[httpx.Request]
) -> None:
    answers += [httpx.Response(404, text=NO_ROUTE)] * 2

    with pytest.raises(UnknownRoute):
        await client.start_campaign("cd-1", Kind.SMS)

    assert paths(requests) == [DOCUMENTED, CONSISTENT]


@pytest.mark.parametrize("choices", [Choices(paths="consistent")])
async def test_an_operator_can_choose_the_alternative_paths(
    client: KoreClient, answers: Answers, requests: list[httpx.Request], sms: SmsCampaign
) -> None:
    flow = sms.model_copy(update={"format": Format.FLOW, "message": None, "flow": "SMS support"})
    created = {"data": {"_id": "cd-1", "name": sms.name, "status": "Ready"}}
    answers += [httpx.Response(200, json=created), httpx.Response(200, json=ACTIVE)]

    await client.create_campaign(flow)
    await client.start_campaign("cd-1", Kind.SMS)

    assert paths(requests) == ["/campaign/api/v2/public/st-0603182c-7ffb/campaign", CONSISTENT]


async def test_contact_lists_are_requested_with_get_if_post_is_not_a_route(
    client: KoreClient, answers: Answers, requests: list[httpx.Request]
) -> None:
    answers += [httpx.Response(404, text=NO_ROUTE), httpx.Response(200, json={"data": []})]

    assert (await client.list_contact_lists()).rows == ()
    assert [(each.method, each.content) for each in requests] == [("POST", b"{}"), ("GET", b"")]


@pytest.mark.parametrize("campaign_id", ["", ".", ".."])
async def test_an_empty_or_dotted_id_is_not_sent(client: KoreClient, campaign_id: str) -> None:
    with pytest.raises(NotFound):
        await client.get_campaign(campaign_id)


@given(st.text(min_size=1).filter(lambda text: text.strip(".")))
def test_values_in_a_url_are_quoted(value: str) -> None:
    account = Account(stream_id="st/1", account_id="a&1", client_id="c", client_secret="s")
    routes = Routes(account, Choices())
    get, schedule = Operation.GET_CAMPAIGN, Operation.SCHEDULE

    by_id = httpx.URL(routes.url(get, routes.forms(get)[0], {"campaign": value}))
    by_name = httpx.URL(routes.url(schedule, routes.forms(schedule)[0], {"name": value}))

    *before, last = by_id.raw_path.split(b"?")[0].split(b"/")
    assert before == b"/campaign/api/v2/public/st%2F1/campaign".split(b"/")
    assert httpx.URL(path=last.decode()).path == value
    assert by_id.params["accountId"] == "a&1"
    assert dict(by_name.params) == {"enableSchedule": "true", "campaignName": value}
