"""Kore.ai's endpoints.

Source: the pages of docs.kore.ai/ai-for-service/apis/contact-center. Some of them document an
endpoint that differs from similar ones; the consistent form is then its alternative. Obvious
misprints are corrected: a double slash in "stop SMS", `campaignType=sms` for voice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import MappingProxyType


class Version(Enum):
    """A version of the API, which determines the fields of a body."""

    V1 = 1
    V2 = 2


class Operation(StrEnum):
    """The operations of the API."""

    CREATE_SMS = "create_sms"
    CREATE_SMS_FLOW = "create_sms_flow"
    CREATE_VOICE_V1 = "create_voice_v1"
    CREATE_VOICE_V2 = "create_voice_v2"
    GET_CAMPAIGN = "get_campaign"
    LIST_CAMPAIGNS = "list_campaigns"
    UPDATE_SMS = "update_sms"
    UPDATE_VOICE_V1 = "update_voice_v1"
    UPDATE_VOICE_V2 = "update_voice_v2"
    DELETE_CAMPAIGN = "delete_campaign"
    START_SMS = "start_sms"
    START_VOICE = "start_voice"
    STOP_SMS = "stop_sms"
    STOP_VOICE = "stop_voice"
    CAMPAIGN_STATUS = "campaign_status"
    CONTACT_RESULTS = "contact_results"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    CREATE_LIST = "create_list"
    UPDATE_LIST = "update_list"
    GET_LIST = "get_list"
    DELETE_LIST = "delete_list"
    LIST_LISTS = "list_lists"
    LIST_CONTACTS = "list_contacts"
    ADD_CONTACTS = "add_contacts"


@dataclass(frozen=True, slots=True)
class Form:
    """A method and a path with query, with placeholders such as `{stream}` and `{account}`."""

    method: str
    target: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An operation's documented endpoint, and its alternative form if the pages disagree.

    `reads` means that the operation changes nothing, whatever its method.
    """

    version: Version
    documented: Form
    alternative: Form | None = None
    reads: bool = False


def _v1(method: str, target: str) -> Endpoint:
    return Endpoint(Version.V1, Form(method, f"/agentassist/api/v1/public/{{stream}}{target}"))


def _form(method: str, target: str) -> Form:
    return Form(method, f"/campaign/api/v2/public/{{stream}}/campaign{target}")


def _v2(method: str, target: str, *, reads: bool = False) -> Endpoint:
    return Endpoint(Version.V2, _form(method, target), reads=reads)


def _v2_unprefixed(method: str, target: str) -> Endpoint:
    """Return an endpoint documented without the prefix `/campaign` of the other pages."""
    printed = Form(method, f"/api/v2/public/{{stream}}/campaign{target}")
    return Endpoint(Version.V2, printed, _form(method, target))


ENDPOINTS: Mapping[Operation, Endpoint] = MappingProxyType(
    {
        Operation.CREATE_SMS: _v2("POST", "?accountId={account}&campaignType=sms"),
        Operation.CREATE_SMS_FLOW: _v2_unprefixed("POST", "?accountId={account}&campaignType=sms"),
        Operation.CREATE_VOICE_V1: _v1("POST", "/campaign?campaignType=voice"),
        Operation.CREATE_VOICE_V2: _v2("POST", "?accountId={account}&campaignType=voice"),
        Operation.GET_CAMPAIGN: _v2("GET", "/{campaign}?accountId={account}", reads=True),
        Operation.LIST_CAMPAIGNS: _v2(
            "POST", "/getAllCampaignDetails?accountId={account}", reads=True
        ),
        Operation.UPDATE_SMS: _v2("PUT", "/{campaign}?accountId={account}&campaignType=sms"),
        Operation.UPDATE_VOICE_V1: _v1("PUT", "/campaign/{campaign}?campaignType=voice"),
        Operation.UPDATE_VOICE_V2: _v2("PUT", "/{campaign}?accountId={account}&campaignType=voice"),
        Operation.DELETE_CAMPAIGN: _v2(
            "DELETE", "/{campaign}?accountId={account}&campaignType={kind}"
        ),
        Operation.START_SMS: Endpoint(
            Version.V2,
            _form("POST", "/{campaign}?campaignType=sms&trigger=play"),
            _form("POST", "/trigger/{campaign}?accountId={account}&campaignType=sms&trigger=play"),
        ),
        Operation.START_VOICE: _v2_unprefixed(
            "POST", "/trigger/{campaign}?accountId={account}&campaignType=voice&trigger=play"
        ),
        Operation.STOP_SMS: Endpoint(
            Version.V2,
            _form("POST", "/trigger/{campaign}?accountId={account}&campaignType=sms&trigger=stop"),
            # The form of "start SMS": a server that starts this way must be able to stop this way.
            _form("POST", "/{campaign}?accountId={account}&campaignType=sms&trigger=stop"),
        ),
        Operation.STOP_VOICE: _v2_unprefixed(
            "POST", "/trigger/{campaign}?accountId={account}&campaignType=voice&trigger=stop"
        ),
        Operation.CAMPAIGN_STATUS: _v2(
            "POST", "/{campaign}/status?accountId={account}&view=status", reads=True
        ),
        Operation.CONTACT_RESULTS: _v2("POST", "/{campaign}/status?view=contacts", reads=True),
        Operation.SCHEDULE: _v2("POST", "/schedule?enableSchedule=true&campaignName={name}"),
        Operation.UNSCHEDULE: _v2("POST", "/schedule?enableSchedule=false&campaignName={name}"),
        Operation.CREATE_LIST: _v2("POST", "/contactList/createContactList?accountId={account}"),
        Operation.UPDATE_LIST: _v2("PUT", "/contactList/{list}?accountId={account}"),
        Operation.GET_LIST: _v2("GET", "/contactList/{list}?accountId={account}", reads=True),
        Operation.DELETE_LIST: _v2("DELETE", "/contactList/{list}?accountId={account}"),
        Operation.LIST_LISTS: Endpoint(
            Version.V2,
            _form("POST", "/contactList/getAllListDetails?accountId={account}&type=call"),
            _form("GET", "/contactList/getAllListDetails?accountId={account}&type=call"),
            reads=True,
        ),
        Operation.LIST_CONTACTS: _v2(
            "GET", "/contactList/{list}/getAllContacts?accountId={account}", reads=True
        ),
        Operation.ADD_CONTACTS: Endpoint(
            Version.V1, Form("POST", "/api/1.1/public/{stream}/campaign/contactList/addContacts")
        ),
    }
)
