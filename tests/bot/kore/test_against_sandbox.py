"""The client with the pretend Kore.ai, over real HTTP: every operation and every fault."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.contacts import Contact, NewContactList
from bot.campaigns.hours import Weekday
from bot.campaigns.schedule import Recurrence, Schedule
from bot.campaigns.values import DialingMode, Format, Kind, Status
from bot.kore import (
    Account,
    BadCredentials,
    Choices,
    Cursor,
    InvalidResponse,
    KoreClient,
    KoreError,
    NoAnswer,
    NotFound,
    Outcome,
    RateLimited,
    Refused,
    ServerFault,
    Unreachable,
)
from sandbox.kore import PretendKore
from sandbox.kore.routes import Form
from sandbox.server import base_url, listen
from tests.bot.kore.conftest import IDS, SECRET, no_pause


@pytest.fixture
def timeouts() -> httpx.Timeout:
    """A short timeout, as the client waits for all of it with the fault `hang`."""
    return httpx.Timeout(connect=1, read=0.3, write=1, pool=1)


@pytest.fixture
def schedule() -> Schedule:
    start = datetime.now(UTC).replace(tzinfo=None, microsecond=0) + timedelta(days=1)
    return Schedule(
        recurrence=Recurrence.WEEKLY,
        days=(Weekday.MONDAY, Weekday.FRIDAY),
        zone="UTC",
        start=start,
        end=start + timedelta(days=30),
    )


def changed(campaign: VoiceCampaign, **fields: object) -> VoiceCampaign:
    return VoiceCampaign.model_validate({**campaign.model_dump(), **fields})


@pytest.mark.parametrize("format_", Format)
async def test_sms_campaigns_of_every_format(
    real: KoreClient, sms: SmsCampaign, format_: Format
) -> None:
    names = {"template": "Welcome", "flow": "SMS support", "dnc_list": "Do not call"}
    campaign = sms.model_copy(update={"format": format_, **names})

    created = await real.create_campaign(campaign)
    got = await real.get_campaign(created.id)

    assert (got.name, got.kind, got.status) == (sms.name, Kind.SMS, "Ready")
    assert (got.hours, got.dnc_list, got.caller_id) == (sms.hours, "Do not call", sms.caller_id)


@pytest.mark.parametrize("dnc_list", [None, "Do not call"])
@pytest.mark.parametrize("mode", DialingMode)
async def test_voice_campaigns_of_every_mode_and_version(
    real: KoreClient, voice: VoiceCampaign, mode: DialingMode, dnc_list: str | None
) -> None:
    campaign = changed(voice, dialing_mode=mode, queue="Sales", max_skips=2, dnc_list=dnc_list)

    created = await real.create_campaign(campaign)
    got = await real.get_campaign(created.id)

    assert (got.kind, got.dialing_mode, got.dnc_list) == (Kind.VOICE, mode.value, dnc_list)
    assert got.hours == voice.hours


async def test_a_campaign_is_updated_found_and_deleted(
    real: KoreClient, sms: SmsCampaign, voice: VoiceCampaign
) -> None:
    created = await real.create_campaign(sms)
    called = await real.create_campaign(voice)

    renamed = sms.model_copy(update={"name": "A | B & C/D", "priority": 2})
    updated = await real.update_campaign(created.id, renamed, scheduled=False)
    await real.update_campaign(called.id, changed(voice, ring_time=20), scheduled=False)

    assert (updated.id, updated.name, updated.priority) == (created.id, "A | B & C/D", 2)
    texts = await real.list_campaigns(Kind.SMS, Cursor())
    assert [(each.id, each.name) for each in texts.rows] == [(created.id, "A | B & C/D")]
    ready = await real.list_campaigns(Kind.VOICE, Cursor(), statuses=[Status.READY])
    assert [each.id for each in ready.rows] == [called.id]
    await real.delete_campaign(created.id, Kind.SMS)
    await real.delete_campaign(called.id, Kind.VOICE)
    with pytest.raises(NotFound):
        await real.get_campaign(created.id)


@pytest.mark.parametrize("choices", [Choices(), Choices(paths="consistent")])
@pytest.mark.parametrize("paths", ["both", "documented", "consistent"])
async def test_campaigns_start_and_stop_with_either_form_of_the_paths(
    real: KoreClient, kore: PretendKore, sms: SmsCampaign, voice: VoiceCampaign, paths: Form
) -> None:
    kore.paths = paths
    flow = sms.model_copy(update={"format": Format.FLOW, "flow": "SMS support"})
    campaigns = [await real.create_campaign(flow), await real.create_campaign(voice)]

    for campaign in campaigns:
        assert campaign.kind is not None
        started = await real.start_campaign(campaign.id, campaign.kind)
        assert started.status == await real.campaign_status(campaign.id) == "Active"
        assert (started.run_id is None) is (campaign.kind is Kind.SMS)
        assert (await real.stop_campaign(campaign.id, campaign.kind)).status == "Stopped"


async def test_a_campaign_is_scheduled_by_name_and_unscheduled(
    real: KoreClient, sms: SmsCampaign, schedule: Schedule
) -> None:
    campaign = await real.create_campaign(sms.model_copy(update={"name": "A | B & C/D"}))

    assert await real.schedule_campaign("A | B & C/D", schedule) == campaign.id
    assert (await real.get_campaign(campaign.id)).scheduled is True
    with pytest.raises(Refused):
        await real.start_campaign(campaign.id, Kind.SMS)
    assert await real.unschedule_campaign("A | B & C/D") == campaign.id
    assert await real.campaign_status(campaign.id) == "Ready"


async def test_contact_lists_and_results(real: KoreClient, voice: VoiceCampaign) -> None:
    made = await real.create_contact_list(NewContactList(name="Autumn", description="Leads"))
    contact = Contact(phone_number="12025550199", fields={"firstName": "Ada"})
    await real.add_contacts("Autumn", (contact,))
    await real.update_contact_list(made.id, name="Winter")

    got = await real.get_contact_list(made.id)
    assert (got.name, got.contacts, got.has_time_zones) == ("Winter", 1, True)
    assert (await real.list_contacts(made.id)).rows == (contact,)
    assert "Winter" in [each.name for each in (await real.list_contact_lists()).rows]

    campaign = await real.create_campaign(changed(voice, contact_lists=("Winter",)))
    await real.start_campaign(campaign.id, Kind.VOICE)
    results = await real.contact_results(campaign.id)
    assert results.page == 1

    await real.stop_campaign(campaign.id, Kind.VOICE)
    await real.delete_campaign(campaign.id, Kind.VOICE)
    await real.delete_contact_list(made.id)


async def test_the_columns_of_contact_lists(real: KoreClient, kore: PretendKore) -> None:
    listed = (await real.list_contact_lists()).rows
    by_api, of_file = listed[0], listed[-1]
    assert (by_api.has_column("First Name"), by_api.has_column("Renewal Date")) == (True, None)
    assert (of_file.has_column("first name"), of_file.has_column("Renewal Date")) == (True, True)
    assert (of_file.has_column("Last Name"), of_file.has_time_zones) == (False, True)

    kore.tells_columns = False
    of_file = (await real.list_contact_lists()).rows[-1]
    assert (of_file.has_column("First Name"), of_file.has_column("Renewal Date")) == (True, None)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("fault", "reason", "outcome"),
    [
        ("reset", NoAnswer, Outcome.UNKNOWN),
        ("hang", NoAnswer, Outcome.UNKNOWN),
        ("server_error_500", ServerFault, Outcome.UNKNOWN),
        ("html", ServerFault, Outcome.UNKNOWN),
        ("truncated", InvalidResponse, Outcome.UNKNOWN),
        ("unexpected_200", InvalidResponse, Outcome.UNKNOWN),
        ("failure_200", Refused, Outcome.NOT_DONE),
        ("unauthorized_401", BadCredentials, Outcome.NOT_DONE),
    ],
)
async def test_a_write_that_fails_is_sent_once(  # noqa: PLR0917 # fixtures
    real: KoreClient,
    kore: PretendKore,
    sms: SmsCampaign,
    fault: str,
    when: str,
    reason: type[KoreError],
    outcome: Outcome,
) -> None:
    kore.faults.add("create", fault, when=when, times=3, seconds=1)

    with pytest.raises(reason) as caught:
        await real.create_campaign(sms)

    assert (type(caught.value), caught.value.outcome) == (reason, outcome)
    assert len(kore.state.campaigns) == (1 if when == "after" else 0)


@pytest.mark.parametrize("fault", ["rate_limit_429", "rate_limit_sentence"])
async def test_a_rate_limited_write_is_repeated(
    real: KoreClient, kore: PretendKore, sms: SmsCampaign, fault: str
) -> None:
    kore.faults.add("create", fault, times=2)

    await real.create_campaign(sms)

    assert len(kore.state.campaigns) == 1


@pytest.mark.parametrize(
    "fault", ["reset", "server_error_500", "html", "truncated", "rate_limit_429", "unexpected_200"]
)
async def test_a_failed_read_is_repeated(
    real: KoreClient, kore: PretendKore, sms: SmsCampaign, fault: str
) -> None:
    campaign = await real.create_campaign(sms)
    kore.faults.add("get", fault, times=2)

    assert (await real.get_campaign(campaign.id)).name == sms.name


async def test_a_long_wait_is_reported(
    real: KoreClient, kore: PretendKore, sms: SmsCampaign
) -> None:
    kore.faults.add("create", "rate_limit_429", times=3, seconds=45)

    with pytest.raises(RateLimited) as caught:
        await real.create_campaign(sms)

    assert caught.value.retry_after == 45


@pytest.mark.usefixtures("kore")
async def test_a_wrong_secret_is_reported(served: Account, sms: SmsCampaign) -> None:
    wrong = Account(host=served.host, client_secret=SECRET[::-1], **IDS)

    async with KoreClient(wrong, pause=no_pause) as client:
        with pytest.raises(BadCredentials):
            await client.create_campaign(sms)


async def test_a_closed_port_is_unreachable(sms: SmsCampaign) -> None:
    with listen() as closed:
        url = base_url(closed)
    async with KoreClient(Account(host=url, client_secret=SECRET, **IDS), pause=no_pause) as client:
        with pytest.raises(Unreachable) as caught:
            await client.create_campaign(sms)

    assert caught.value.outcome is Outcome.NOT_DONE


async def test_a_refusal_says_why(real: KoreClient, sms: SmsCampaign) -> None:
    with pytest.raises(Refused) as caught:
        await real.create_campaign(sms.model_copy(update={"contact_lists": ("No such list",)}))

    assert "contactLists" in caught.value.sentence
    assert caught.value.http_status == 400
