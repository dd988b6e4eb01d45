"""Builds request bodies field by field, without fields that the API version does not accept.

Source: the create and update pages of docs.kore.ai/ai-for-service/apis/contact-center.
"""

from collections.abc import Sequence

from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.contacts import Contacts, NewContactList
from bot.campaigns.hours import CallingHours
from bot.campaigns.values import DialingMode, Format, Kind, MachineDetection, Status
from bot.kore.cursors import Window
from bot.kore.endpoints import Version
from bot.kore.translate import clock_text, encoded_text, hours_code

Body = dict[str, object]


def sms_body(campaign: SmsCampaign) -> Body:
    """Return the body of an SMS campaign for version 2."""
    return {
        **_common(campaign),
        "format": "advanced" if campaign.format is Format.FLOW else "simple",
        "dialingStrategy": _strategy(campaign),
        **_sms_content(campaign),
    }


def voice_body(campaign: VoiceCampaign, version: Version) -> Body:
    """Return the body of a voice campaign; a DNC list needs version 2."""
    return {
        **_common(campaign),
        "dialingMode": campaign.dialing_mode.value,
        "dialingStrategy": _strategy(campaign)
        | {
            "dialingOrder": campaign.dialing_order.value,
            "maxAttemptsPerRecord": campaign.max_attempts,
            "defaultRetryPeriod": campaign.retry_period,
            "maxRingTime": campaign.ring_time,
        },
        **_connection(campaign),
        **_machine_detection(campaign, version),
    }


def _common(campaign: SmsCampaign | VoiceCampaign) -> Body:
    return {
        "name": campaign.name,
        "description": campaign.description,
        "contactLists": list(campaign.contact_lists),
        **({"dncLists": {"name": campaign.dnc_list}} if campaign.dnc_list else {}),
        "priority": str(campaign.priority),
        "campaignType": campaign.kind.value,
        "schedule": {"isSchedulingEnabled": False},
    }


def _strategy(campaign: SmsCampaign | VoiceCampaign) -> Body:
    return {
        "callerId": {"phoneNumber": campaign.caller_id},
        "callingHours": _hours(campaign.hours),
    }


def _hours(hours: CallingHours) -> Body:
    """Return calling hours; WEEKLY is the only frequency with documented days."""
    days = [
        {
            "day": hours_code(window.day),
            "start": clock_text(window.start),
            "end": clock_text(window.end),
        }
        for window in hours.windows
    ]
    return {"frequency": "WEEKLY", "timezone": hours.zone, "days": days}


def _sms_content(campaign: SmsCampaign) -> Body:
    if campaign.format is Format.FLOW:
        return {"experienceFlowName": campaign.flow}
    text = {"message": encoded_text(campaign.message or "")}
    if campaign.format is Format.TEMPLATE:
        return {"message": {"template_name": campaign.template, **text}}
    return {"message": text}


def _connection(campaign: VoiceCampaign) -> Body:
    """Return who or what answers the called person."""
    match campaign.dialing_mode:
        case DialingMode.AGENTLESS:
            return {"experienceFlowName": campaign.flow}
        case DialingMode.PROGRESSIVE:
            return {"queue_name": campaign.queue}
        case DialingMode.PREVIEW:
            return {"queue_name": campaign.queue, "maxSkips": campaign.max_skips}


def _machine_detection(campaign: VoiceCampaign, version: Version) -> Body:
    """Version 1 needs a boolean in every mode, version 2 a word and only for Agentless."""
    agentless = campaign.dialing_mode is DialingMode.AGENTLESS
    chosen = campaign.machine_detection if agentless else None
    if version is Version.V1:
        return {"enableMachineDetect": chosen not in {None, MachineDetection.NO}}
    return {} if chosen is None else {"enableMachineDetect": chosen.value}


def search_body(kind: Kind, statuses: Sequence[Status], window: Window) -> Body:
    """Return the search for one page of campaigns, the latest first, so new rows hide no others."""
    return {
        "type": kind.value,
        "page": window.page,
        "skip": window.skip,
        "limit": window.limit,
        "sortBy": {window.order.value: "desc"},
        **({"filters": {"status": [status.value for status in statuses]}} if statuses else {}),
    }


def contact_list_body(new: NewContactList) -> Body:
    """Return the body of a contact list that is filled through the API."""
    return {
        "name": new.name,
        "description": new.description,
        "source": "passiveApi",
        "allowDuplicates": new.allow_duplicates,
    }


def contacts_body(list_name: str, contacts: Contacts) -> Body:
    """Return the body that adds contacts to the list of this name."""
    rows = [
        {**contact.fields, "phoneNumber": contact.phone_number.get_secret_value()}
        for contact in contacts
    ]
    return {"contact_list_name": list_name, "data": rows}
