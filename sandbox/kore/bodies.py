"""The campaign bodies for create and update, by version, kind and mode or format.

https://docs.kore.ai/ai-for-service/apis/contact-center/api-list leads to the page of each.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar
from urllib.parse import quote, unquote

from pydantic import AfterValidator, Field

from sandbox.kore.calls import Kind, Version
from sandbox.kore.dialing import SmsDialing, VoiceDialing
from sandbox.kore.fields import Strict
from sandbox.kore.refusals import invalid

Body = TypeVar("Body")
Filled = Annotated[str, Field(min_length=1)]
Description = Annotated[str, Field(max_length=256)]
Priority = Literal["1", "2", "3", "4", "5"]


class Scheduling(Strict):
    """The scheduling flag, false in every sample; a separate operation sets schedules."""

    is_scheduling_enabled: bool


class DncList(Strict):
    """A campaign's only do-not-call list, although the field's name is plural."""

    name: Filled


class CampaignBody(Strict):
    """The fields of every campaign body."""

    name: Annotated[str, Field(min_length=1, max_length=48)]
    contact_lists: Annotated[list[str], Field(min_length=1, max_length=10)]
    schedule: Scheduling | None = None


class VoiceBody(CampaignBody):
    """The fields of every voice body."""

    description: Description
    priority: Priority
    campaign_type: Literal["voice"]
    dialing_strategy: VoiceDialing


class AgentlessV1(VoiceBody):
    """A v1 voice body that connects the call to an experience flow."""

    dialing_mode: Literal["Agentless"]
    experience_flow_name: Filled
    enable_machine_detect: bool


class ProgressiveV1(VoiceBody):
    """A v1 voice body that connects the call to a queue."""

    dialing_mode: Literal["Progressive"]
    queue_name: Annotated[Filled, Field(alias="queue_name")]
    enable_machine_detect: bool


class PreviewV1(VoiceBody):
    """A v1 voice body whose agents see the contact before the call."""

    dialing_mode: Literal["Preview"]
    queue_name: Annotated[Filled, Field(alias="queue_name")]
    max_skips: Annotated[int, Field(ge=0)]
    enable_machine_detect: bool


class VoiceBodyV2(VoiceBody):
    """The fields of every v2 voice body: v2 adds the do-not-call list."""

    dnc_lists: DncList


class AgentlessV2(VoiceBodyV2):
    """A v2 voice body that connects the call to an experience flow."""

    dialing_mode: Literal["Agentless"]
    experience_flow_name: Filled
    enable_machine_detect: Literal["no", "detect", "disconnect"]


class ProgressiveV2(VoiceBodyV2):
    """A v2 voice body that connects the call to a queue, without machine detection."""

    dialing_mode: Literal["Progressive"]
    queue_name: Annotated[Filled, Field(alias="queue_name")]


class PreviewV2(VoiceBodyV2):
    """A v2 voice body whose agents see the contact before the call, without machine detection."""

    dialing_mode: Literal["Preview"]
    queue_name: Annotated[Filled, Field(alias="queue_name")]
    max_skips: Annotated[int, Field(ge=0)]


def _encoded_text(value: str) -> str:
    """Require percent-encoded Base64 of UTF-8, as in the v2 samples."""
    try:
        text = base64.b64decode(unquote(value), validate=True).decode()
    except (binascii.Error, UnicodeError) as error:
        raise ValueError("must be percent-encoded Base64") from error
    if quote(base64.b64encode(text.encode()), safe="") != value:
        raise ValueError("must be percent-encoded Base64")
    return value


class MessageV1(Strict):
    """The plain text of a simple SMS campaign, and its template."""

    message: Filled
    template_name: Annotated[Filled | None, Field(alias="template_name")] = None
    template_id: str | None = None


class MessageV2(MessageV1):
    """The encoded text of a simple SMS campaign."""

    message: Annotated[Filled, AfterValidator(_encoded_text)]


class SmsBody(CampaignBody):
    """The fields of every SMS body."""

    campaign_type: Literal["sms"]
    dialing_strategy: SmsDialing


class SimpleSmsV1(SmsBody):
    """A v1 SMS body with a text."""

    description: Description
    priority: Priority
    format: Literal["simple"]
    message: MessageV1


class SimpleSmsV2(SmsBody):
    """A v2 SMS body with a text."""

    description: Description
    priority: Priority
    format: Literal["simple"]
    message: MessageV2
    dnc_lists: DncList | None = None


class AdvancedSmsV1(SmsBody):
    """A v1 SMS body with an experience flow instead of a text."""

    description: Description | None = None
    priority: Priority | None = None
    format: Literal["advanced"]
    experience_flow_name: Filled


class AdvancedSmsV2(AdvancedSmsV1):
    """A v2 SMS body with an experience flow instead of a text."""

    dnc_lists: DncList | None = None


VOICE: dict[tuple[Version, str], type[VoiceBody]] = {
    ("v1", "Agentless"): AgentlessV1,
    ("v1", "Progressive"): ProgressiveV1,
    ("v1", "Preview"): PreviewV1,
    ("v2", "Agentless"): AgentlessV2,
    ("v2", "Progressive"): ProgressiveV2,
    ("v2", "Preview"): PreviewV2,
}
SMS: dict[tuple[Version, str], type[SmsBody]] = {
    ("v1", "simple"): SimpleSmsV1,
    ("v1", "advanced"): AdvancedSmsV1,
    ("v2", "simple"): SimpleSmsV2,
    ("v2", "advanced"): AdvancedSmsV2,
}


def body_model(version: Version, kind: Kind, body: object) -> type[VoiceBody] | type[SmsBody]:
    """Return the model for a body, chosen by its dialing mode or format.

    Raises:
        Refused: The body is not an object, or its mode or format is missing or unknown.
    """
    if not isinstance(body, dict):
        raise invalid("body must be a JSON object")
    if kind is Kind.VOICE:
        return _chosen(VOICE, version, "dialingMode", body.get("dialingMode"))
    return _chosen(SMS, version, "format", body.get("format"))


def _chosen(
    models: Mapping[tuple[Version, str], Body], version: Version, field: str, choice: object
) -> Body:
    if not isinstance(choice, str) or (version, choice) not in models:
        choices = ", ".join(name for known, name in models if known == version)
        raise invalid(f"{field} must be one of {choices}")
    return models[version, choice]
