"""What became of a campaign, in words, for its cards, its followers and who approved it."""

from collections.abc import Iterator

from blocks import times
from blocks.actions import done_by
from blocks.campaign_settings import setting_text
from blocks.card import KIND_WORDS, status
from blocks.environments import environment_name
from blocks.forms import setting_label
from blocks.ids import Button, opens
from blocks.kit import (
    HEADER_MAX,
    Message,
    button,
    buttons,
    code,
    escape,
    notice,
    section,
    shorten,
)
from bot.campaigns.actions import Action
from bot.campaigns.changes import CampaignChange
from bot.campaigns.environment import Environments
from bot.campaigns.notifications import Drift, RunAhead
from bot.campaigns.refs import CampaignRef
from bot.campaigns.run_warnings import RunWarning

_APPROVED = {Action.SCHEDULE: "you approved its schedule"}


def below(change: CampaignChange) -> Message:
    """Build the reply in a card's thread about what changed by itself, or in the console."""
    elsewhere = "Changed in Kore.ai's console: " if change.became else ""
    return notice(f"{elsewhere}{'; '.join(_news(change))}")


def drift(told: Drift, environments: Environments, *, may_set_back: bool) -> Message:
    """Tell an approver that what they approved is no longer as they approved it."""
    change = told.change
    text = (
        f"{_name(change.campaign, environments)} was changed in Kore.ai's console after "
        f"{_APPROVED.get(told.approved, 'you approved it')}: {'; '.join(_settings(change))}. "
        "Kore.ai has it as changed; who did it cannot be known."
    )
    back = button("Set it back", Button.SET_BACK, str(change.campaign))
    return Message(text=text, blocks=[section(text), *([buttons(back)] if may_set_back else [])])


def run_ahead(told: RunAhead, environments: Environments) -> Message:
    """Warn the author of a schedule of what speaks against its next run by now."""
    named = _name(told.campaign, environments)
    reasons = "\n".join(f"• {each}" for each in _against(told.warning))
    text = (
        f"{named} will run {times.readers_time(told.run_at)}, as you scheduled it. By now this "
        f"speaks against it:\n{reasons}\nIt runs all the same, unless you remove the schedule."
    )
    ref = str(told.campaign)
    remove = button("Remove schedule", opens(Action.UNSCHEDULE), ref, style="danger")
    show = button("Show", Button.SHOW_STATUS, ref)
    return Message(text=text, blocks=[section(text), buttons(remove, show)])


def _against(warning: RunWarning) -> Iterator[str]:
    for name in warning.empty:
        yield f"The contact list {escape(name)} is empty."
    for each in warning.grown:
        name, sizes = escape(each.name), f"{each.now:,} contacts; it had {each.was:,}"
        yield f"The contact list {name} has {sizes}."
    if warning.dnc_gone:
        yield f"It no longer has the DNC list {escape(warning.dnc_gone)}."
    if warning.change:
        yield from _settings(warning.change)


def line(change: CampaignChange, environments: Environments) -> str:
    """Return a line about a change, for a channel that follows the campaign."""
    return f"{_name(change.campaign, environments)}: {'; '.join(_news(change))}"


def _name(ref: CampaignRef, environments: Environments) -> str:
    name = f"*{escape(shorten(ref.label, HEADER_MAX))}*"
    place = environments.to_name(ref.environment)
    where = f" ({environment_name(place)})" if place else ""
    return f"{name}{where}"


def _news(change: CampaignChange) -> Iterator[str]:
    """Yield what happened: what somebody did, that it is new, or what became another."""
    if done := change.done:
        there = f" in <#{done.channel}>" if done.channel else ""
        yield f"{done_by(done.action, done.author, done.approver)}{there}"
        yield status(change.now)
        return
    if change.before is None:
        kind = KIND_WORDS[change.kind] if change.kind else "Campaign"
        yield f"new in Kore.ai: {kind}, {status(change.now)}, {code(change.campaign.id or '')}"
        return
    if change.before != change.now:
        yield f"{status(change.before)} → {status(change.now)}"
    yield from _settings(change)


def _settings(change: CampaignChange) -> Iterator[str]:
    """Yield each setting that somebody changed in the console, as it was and as it is."""
    if change.kind is None:
        return
    for name, value in change.became.items():
        was = setting_text(change.kind, name, change.was[name])
        yield f"{setting_label(name)}: {was} → {setting_text(change.kind, name, value)}"
