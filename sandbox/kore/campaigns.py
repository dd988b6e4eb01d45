"""The operations create, get, update and delete of a campaign."""

from sandbox.kore import answers
from sandbox.kore.account import Account
from sandbox.kore.bodies import body_model
from sandbox.kore.calls import Call, Json, Kind
from sandbox.kore.fields import read
from sandbox.kore.refusals import invalid
from sandbox.kore.schedules import drop_schedule
from sandbox.kore.state import Campaign, State, Status, new_id


def create(account: Account, call: Call) -> Json:
    """Create a campaign. It never starts, despite what the SMS page says of isSchedulingEnabled."""
    state = account.state
    body = _accepted_body(state, call, itself=None)
    campaign = _new_campaign(account, state, call.kind, body)
    state.campaigns[campaign.id] = campaign
    return answers.created(state, campaign)


def get(account: Account, call: Call) -> Json:
    """Look a campaign up by id."""
    return answers.retrieved(account.state, account.state.campaign(call.params["campaign"]))


def update(account: Account, call: Call) -> Json:
    """Replace a campaign's body; fields left out are removed, even the do-not-call list."""
    state = account.state
    campaign = addressed(state, call)
    if campaign.status is Status.ACTIVE:
        raise invalid("status: an Active campaign cannot be edited")
    campaign.body = _accepted_body(state, call, itself=campaign)
    if not _keeps_schedule(account, campaign.body):
        drop_schedule(state, campaign)
    campaign.updated_at = state.stamp
    return answers.updated(state, campaign, call.version)


def delete(account: Account, call: Call) -> Json:
    """Remove a campaign."""
    state = account.state
    campaign = addressed(state, call)
    del state.campaigns[campaign.id]
    return answers.deleted(state, campaign)


def addressed(state: State, call: Call) -> Campaign:
    """Return the campaign in the path.

    Raises:
        Refused: There is no such campaign, or its kind differs from the query's.
    """
    campaign = state.campaign(call.params["campaign"])
    if campaign.kind is not call.kind:
        raise invalid(f"campaignType: this is a campaign of type {campaign.kind}")
    return campaign


def _keeps_schedule(account: Account, body: Json) -> bool:
    told = bool(body.get("schedule", {}).get("isSchedulingEnabled"))
    return account.keeps_schedule == "always" or (account.keeps_schedule == "as_sent" and told)


def _new_campaign(account: Account, state: State, kind: Kind, body: Json) -> Campaign:
    voice = kind is Kind.VOICE
    unique = new_id("cd")
    return Campaign(
        # In Kore.ai's samples, voice ids have seven digits in the first group, SMS ids eight.
        id=unique[:3] + unique[4:] if voice else unique,
        kind=kind,
        body=body,
        status=Status.PREPARING if voice else Status.READY,
        created_at=state.stamp,
        updated_at=state.stamp,
        ready_at=account.ready_at(state.now) if voice else state.now,
    )


def _accepted_body(state: State, call: Call, *, itself: Campaign | None) -> Json:
    model = read(body_model(call.version, call.kind, call.body), call.body)
    body: Json = model.model_dump(by_alias=True, exclude_unset=True)
    same_name = state.campaign_named(model.name)
    if same_name is not None and same_name is not itself:
        raise invalid(f"name: a campaign named {model.name} already exists")
    _require_contact_lists(state, model.contact_lists)
    _require_names(state, body)
    return body


def _require_contact_lists(state: State, names: list[str]) -> None:
    for name in names:
        if state.contact_list_named(name) is None:
            raise invalid(f"contactLists does not exist: {name}")


def _require_names(state: State, body: Json) -> None:
    caller_id = body["dialingStrategy"]["callerId"]["phoneNumber"]
    template = body.get("message", {}).get("template_name")
    named = (
        ("dialingStrategy.callerId.phoneNumber", state.caller_ids, caller_id),
        ("queue_name", state.queues, body.get("queue_name")),
        ("experienceFlowName", state.experience_flows, body.get("experienceFlowName")),
        ("dncLists.name", state.dnc_lists, body.get("dncLists", {}).get("name")),
        ("message.template_name", state.sms_templates, template),
    )
    for field, catalog, name in named:
        if name is not None:
            state.require(catalog, name, field)
