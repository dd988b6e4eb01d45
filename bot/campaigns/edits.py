"""Edits: a campaign's settings as they are, and what an edit and others changed in them.

Kore.ai replaces a campaign as a whole, so whatever an edit does not send is lost. A setting that
Kore.ai does not show is what the bot last sent, if it did.
"""

import hashlib
import json
from collections.abc import Mapping

from pydantic import JsonValue

from bot.campaigns.campaign import Campaign, Snapshot, VoiceCampaign
from bot.campaigns.values import DialingMode, Format, Frozen, Kind

# Known settings as JSON, by the names of the fields of SmsCampaign or VoiceCampaign.
Settings = Mapping[str, JsonValue]
# Enough to tell a setting from another one: nobody gains from a collision.
_MARK_LENGTH = 8
_ADVANCED = "advanced"
_DIALING = {"dialing_order", "max_attempts", "retry_period", "ring_time"}


class Merged(Frozen):
    """An edit, applied to the campaign as it is now.

    Since the form was opened, somebody changed the settings `kept` and `replaced` elsewhere. The
    edit does not touch those in `kept`, which stay as they are now, and replaces the others.
    """

    campaign: Campaign
    kept: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()


def settings_of(found: Snapshot, sent: Campaign | None) -> dict[str, JsonValue]:
    """Return a campaign's settings; `sent` is what the bot last sent for it.

    A DNC list that the bot sent counts even if Kore.ai does not show it, because leaving it out
    would lift the protection.
    """
    earlier = sent.model_dump(mode="json", exclude_none=True) if sent else {}
    return earlier | _shown(found)


def marks_of(settings: Settings) -> str:
    """Return a short text by which each of the settings can be compared with a later one."""
    return " ".join(f"{name}={_mark(value)}" for name, value in sorted(settings.items()))


def merged(edited: Campaign, seen: str, now: Settings) -> Merged:
    """Apply an edit to the settings as they are now; `seen` are the marks of those it began with.

    A setting that the edit leaves as it began is not touched by it.
    """
    begun, wanted = _read(seen), edited.model_dump(mode="json")
    elsewhere = [
        name
        for name, value in now.items()
        if name in wanted and _mark(value) not in {begun.get(name), _mark(wanted[name])}
    ]
    kept = tuple(name for name in elsewhere if _mark(wanted[name]) == begun.get(name))
    campaign = type(edited).model_validate(wanted | {name: now[name] for name in kept})
    return Merged(
        campaign=campaign, kept=kept, replaced=tuple(each for each in elsewhere if each not in kept)
    )


def differing(campaign: Campaign, settings: Settings) -> list[str]:
    """Return the names of the settings in which a campaign differs from these."""
    wanted = campaign.model_dump(mode="json")
    return [name for name, value in wanted.items() if value != settings.get(name)]


def shows(found: Snapshot, campaign: Campaign) -> bool:
    """Return whether everything that Kore.ai shows of a campaign is as in this one."""
    wanted = campaign.model_dump(mode="json")
    return all(wanted.get(name) == value for name, value in _shown(found).items())


def is_as_seen(seen: str, now: Settings) -> bool:
    """Return whether the settings are as they were when the marks were made."""
    return seen == marks_of(now)


def connection_of(campaign: Campaign) -> str | None:
    """Return the queue or the flow that answers a campaign's contacts; None if there is none."""
    return (campaign.queue if isinstance(campaign, VoiceCampaign) else None) or campaign.flow


def _shown(found: Snapshot) -> dict[str, JsonValue]:
    """Return the settings that Kore.ai shows."""
    common: dict[str, JsonValue] = {
        "name": found.name,
        "description": found.description,
        "contact_lists": list(found.contact_lists) or None,
        "dnc_list": found.dnc_list,
        "caller_id": found.caller_id,
        "hours": found.hours.model_dump(mode="json") if found.hours else None,
        "priority": found.priority,
        "kind": found.kind,
    }
    own = _shown_of_voice(found) if found.kind is Kind.VOICE else _shown_of_sms(found)
    return {name: value for name, value in (common | own).items() if value is not None}


def _shown_of_sms(found: Snapshot) -> dict[str, JsonValue]:
    details = found.details
    if (found.format or "").lower() == _ADVANCED:
        return {"format": Format.FLOW, "flow": found.connection}
    template = details.template if details else None
    return {
        "format": Format.TEMPLATE if template else Format.MESSAGE,
        "template": template,
        "message": details.message if details else None,
    }


def _shown_of_voice(found: Snapshot) -> dict[str, JsonValue]:
    mode, details = found.dialing_mode, found.details
    agentless, preview = found.connects_to_flow, mode == DialingMode.PREVIEW
    shown = details.model_dump(mode="json", include=_DIALING) if details else {}
    return {
        "dialing_mode": mode,
        "flow" if agentless else "queue": found.connection,
        "machine_detection": details.machine_detection if details and agentless else None,
        "max_skips": details.max_skips if details and preview else None,
        **shown,
    }


def _mark(value: JsonValue) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK_LENGTH]


def _read(marks: str) -> dict[str, str]:
    return dict(each.split("=", 1) for each in marks.split() if "=" in each)
