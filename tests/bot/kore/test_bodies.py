import pytest

from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.contacts import Contact, NewContactList
from bot.campaigns.values import DialingMode, Format, Kind, MachineDetection, Status
from bot.kore.bodies import contact_list_body, contacts_body, search_body, sms_body, voice_body
from bot.kore.cursors import Order, Window
from bot.kore.endpoints import Version

CAMPAIGN = {
    "name",
    "description",
    "contactLists",
    "priority",
    "campaignType",
    "dialingStrategy",
    "schedule",
}
SMS = CAMPAIGN | {"format"}
VOICE = CAMPAIGN | {"dialingMode"}
VERSIONS = {"v1": Version.V1, "v2": Version.V2}


def changed(campaign: VoiceCampaign, **fields: object) -> VoiceCampaign:
    return VoiceCampaign.model_validate({**campaign.model_dump(), **fields})


def test_a_simple_message_is_encoded(sms: SmsCampaign) -> None:
    body = sms_body(sms)

    assert set(body) == SMS | {"message"}
    assert body["format"] == "simple"
    assert body["message"] == {"message": "SGVsbG8sIDxGaXJzdCBOYW1lPiE%3D"}


def test_a_template_is_sent_by_name_with_its_text(sms: SmsCampaign) -> None:
    body = sms_body(
        sms.model_copy(update={"format": Format.TEMPLATE, "template": "Welcome", "flow": "left"})
    )

    assert set(body) == SMS | {"message"}
    assert body["format"] == "simple"
    assert body["message"] == {
        "template_name": "Welcome",
        "message": "SGVsbG8sIDxGaXJzdCBOYW1lPiE%3D",
    }


def test_a_flow_sends_no_message(sms: SmsCampaign) -> None:
    body = sms_body(sms.model_copy(update={"format": Format.FLOW, "flow": "SMS support"}))

    assert set(body) == SMS | {"experienceFlowName"}
    assert body["format"] == "advanced"


def test_a_dnc_list_is_sent_by_name(sms: SmsCampaign) -> None:
    body = sms_body(sms.model_copy(update={"dnc_list": "Do not call"}))

    assert set(body) == SMS | {"message", "dncLists"}
    assert body["dncLists"] == {"name": "Do not call"}


@pytest.mark.parametrize(
    ("mode", "version", "fields"),
    [
        (DialingMode.AGENTLESS, "v1", {"experienceFlowName", "enableMachineDetect"}),
        (DialingMode.AGENTLESS, "v2", {"experienceFlowName", "enableMachineDetect", "dncLists"}),
        (DialingMode.PROGRESSIVE, "v1", {"queue_name", "enableMachineDetect"}),
        (DialingMode.PROGRESSIVE, "v2", {"queue_name", "dncLists"}),
        (DialingMode.PREVIEW, "v1", {"queue_name", "maxSkips", "enableMachineDetect"}),
        (DialingMode.PREVIEW, "v2", {"queue_name", "maxSkips", "dncLists"}),
    ],
)
def test_each_dialing_mode_sends_its_own_fields(
    voice: VoiceCampaign, mode: DialingMode, version: str, fields: set[str]
) -> None:
    dnc_list = "Do not call" if version == "v2" else None
    campaign = changed(voice, dialing_mode=mode, queue="Sales", max_skips=2, dnc_list=dnc_list)

    assert set(voice_body(campaign, VERSIONS[version])) == VOICE | fields


@pytest.mark.parametrize(
    ("mode", "chosen", "first", "second"),
    [
        (DialingMode.AGENTLESS, MachineDetection.NO, False, "no"),
        (DialingMode.AGENTLESS, MachineDetection.DETECT, True, "detect"),
        (DialingMode.AGENTLESS, MachineDetection.DISCONNECT, True, "disconnect"),
        (DialingMode.PROGRESSIVE, None, False, None),
        (DialingMode.PROGRESSIVE, MachineDetection.DETECT, False, None),
    ],
)
def test_machine_detection_is_written_for_each_version(
    voice: VoiceCampaign,
    mode: DialingMode,
    chosen: MachineDetection | None,
    *,
    first: bool,
    second: str | None,
) -> None:
    campaign = changed(voice, dialing_mode=mode, queue="Sales", machine_detection=chosen)

    assert voice_body(campaign, Version.V1)["enableMachineDetect"] is first
    assert voice_body(campaign, Version.V2).get("enableMachineDetect") == second


def test_a_search_is_sorted_and_filtered_only_by_given_statuses() -> None:
    plain = {"type": "sms", "limit": 50, "sortBy": {"createdAt": "desc"}}

    assert search_body(Kind.SMS, (), Window(Order.CREATED, 50)) == plain | {"page": 1, "skip": 0}
    window = Window(Order.CREATED, limit=10, skip=20, page=3)
    assert search_body(Kind.SMS, [Status.READY, Status.ACTIVE], window) == plain | {
        "page": 3,
        "skip": 20,
        "limit": 10,
        "filters": {"status": ["Ready", "Active"]},
    }


def test_a_contact_list_has_the_api_as_its_source() -> None:
    assert contact_list_body(NewContactList(name="June", description="Renewals")) == {
        "name": "June",
        "description": "Renewals",
        "source": "passiveApi",
        "allowDuplicates": False,
    }


def test_contacts_are_sent_with_their_numbers() -> None:
    contact = Contact(phone_number="12025550100", fields={"firstName": "Ada", "phoneNumber": "no"})

    assert contacts_body("June", (contact,)) == {
        "contact_list_name": "June",
        "data": [{"phoneNumber": "12025550100", "firstName": "Ada"}],
    }
