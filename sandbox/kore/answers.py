"""The shapes of answers about campaigns; each has the id in a different place.

https://docs.kore.ai/ai-for-service/apis/contact-center/api-list leads to the page of each.
"""

from datetime import UTC, datetime

from sandbox.kore.calls import Json, Kind, Version
from sandbox.kore.state import Campaign, State

ECHOED = (
    "name",
    "description",
    "dncLists",
    "priority",
    "dialingMode",
    "dialingStrategy",
    "contactLists",
    "format",
)


def timestamp(moment: datetime) -> str:
    """Return the time as in every answer: ISO 8601 in UTC with milliseconds and Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def success(message: str, data: object) -> Json:
    """Return the envelope that most answers have."""
    return {"status": "success", "message": message, "data": data}


def created(state: State, campaign: Campaign) -> Json:
    """Return the answer to create; voice answers have `id` and SMS answers `_id`."""
    id_key = "id" if campaign.kind is Kind.VOICE else "_id"
    data = {id_key: campaign.id, **_details(state, campaign)}
    if "schedule" in campaign.body and campaign.kind is Kind.SMS:
        data["schedule"] = campaign.body["schedule"]
    return success(f"Campaign {campaign.name} creation in progress", data)


def retrieved(state: State, campaign: Campaign) -> Json:
    """Return the answer to get."""
    return success(f"Campaign {campaign.name} retrieved successfully", _full(state, campaign))


def updated(state: State, campaign: Campaign, version: Version) -> Json:
    """Return the answer to update; voice answers have the id twice."""
    voice = campaign.kind is Kind.VOICE
    id_key = "id" if voice and version == "v1" else "_id"
    message = f"Campaign {campaign.name} details updated successfully"
    answer = success(message, _full(state, campaign, id_key))
    return {**answer, "id": campaign.id} if voice else answer


def deleted(state: State, campaign: Campaign) -> Json:
    """Return the answer to delete, with the deleted campaign."""
    return success(f"Campaign {campaign.name} deleted successfully", _full(state, campaign))


def row(state: State, campaign: Campaign) -> Json:
    """Return a campaign's row in a search answer; voice rows have `_id` and SMS rows `id`."""
    data = _full(state, campaign, "_id" if campaign.kind is Kind.VOICE else "id")
    connection = campaign.body.get("queue_name", campaign.body.get("experienceFlowName"))
    if connection is not None:
        data["connection"] = connection
    if campaign.kind is Kind.SMS:
        data["totalMessagesSent"] = campaign.reached(state.now)
    return data


def _full(state: State, campaign: Campaign, id_key: str = "_id") -> Json:
    data = {id_key: campaign.id, **_details(state, campaign), "schedule": _schedule(campaign)}
    if "dncLists" in data:
        name = data["dncLists"]["name"]
        data["dncLists"] = {"id": state.dnc_lists[name], "name": name}
    return data


def _schedule(campaign: Campaign) -> Json:
    scheduled = campaign.schedule is not None
    return {"isSchedulingEnabled": scheduled, "isRecurrenceEnabled": scheduled}


def _details(state: State, campaign: Campaign) -> Json:
    body = campaign.body
    return {
        **{key: body[key] for key in ECHOED if key in body},
        **_content(state, campaign),
        "lname": campaign.lname,
        "status": campaign.status,
        "createdAt": timestamp(campaign.created_at),
        "updatedAt": timestamp(campaign.updated_at),
    }


def _content(state: State, campaign: Campaign) -> Json:
    body = campaign.body
    content: Json = {}
    if "experienceFlowName" in body:
        content["experienceFlow"] = state.experience_flows[body["experienceFlowName"]]
    if "enableMachineDetect" in body:
        content["enableMachineDetect"] = body["enableMachineDetect"] not in {False, "no"}
    if campaign.kind is Kind.SMS:
        content |= {"isImported": False, "isFiltersEnabled": False}
    if "message" in body:
        content["message"] = _message(state, body["message"])
    return content


def _message(state: State, message: Json) -> Json:
    if "template_name" not in message:
        return message
    return {**message, "templateId": state.sms_templates[message["template_name"]]}
