"""Chooses the operation, version and body that write a campaign to Kore.ai."""

from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.values import Format
from bot.kore.account import Choices
from bot.kore.bodies import Body, sms_body, voice_body
from bot.kore.endpoints import ENDPOINTS, Operation
from bot.kore.errors import NoDncInVersion1


def creation(campaign: SmsCampaign | VoiceCampaign, choices: Choices) -> tuple[Operation, Body]:
    """Return the operation that creates the campaign, and its body.

    Raises:
        NoDncInVersion1: version 1 was chosen for voice, and the campaign has a DNC list.
    """
    match campaign:
        case SmsCampaign(format=Format.FLOW):
            return Operation.CREATE_SMS_FLOW, sms_body(campaign)
        case SmsCampaign():
            return Operation.CREATE_SMS, sms_body(campaign)
        case VoiceCampaign():
            forms = (Operation.CREATE_VOICE_V1, Operation.CREATE_VOICE_V2)
            return _voice(campaign, choices, *forms)


def replacement(
    campaign: SmsCampaign | VoiceCampaign, choices: Choices, *, scheduled: bool
) -> tuple[Operation, Body]:
    """Return the operation that replaces a campaign by this one, and its body.

    `scheduled` is whether the campaign has a schedule.

    Raises:
        NoDncInVersion1: version 1 was chosen for voice, and the campaign has a DNC list.
    """
    match campaign:
        case SmsCampaign():
            operation, body = Operation.UPDATE_SMS, sms_body(campaign)
        case VoiceCampaign():
            forms = (Operation.UPDATE_VOICE_V1, Operation.UPDATE_VOICE_V2)
            operation, body = _voice(campaign, choices, *forms)
    return operation, body | {"schedule": {"isSchedulingEnabled": scheduled}}


def _voice(
    campaign: VoiceCampaign, choices: Choices, first: Operation, second: Operation
) -> tuple[Operation, Body]:
    """Use version 2 if a DNC list or the operator requires it, else version 1."""
    if choices.voice_version == "v1" and campaign.dnc_list:
        raise NoDncInVersion1(first)
    auto = second if campaign.dnc_list else first
    operation = {"auto": auto, "v1": first, "v2": second}[choices.voice_version]
    return operation, voice_body(campaign, ENDPOINTS[operation].version)
