"""What became of a campaign, in words, for its cards, its followers and who approved it."""

from collections.abc import Iterator

from blocks.actions import done_by
from blocks.campaign_settings import setting_text
from blocks.card import KIND_WORDS, status
from blocks.environments import name_and_place
from blocks.forms import setting_label
from blocks.ids import Button
from blocks.kit import (
    Message,
    button,
    buttons,
    code,
    notice,
    section,
)
from bot.campaigns.actions import Action
from bot.campaigns.changes import CampaignChange
from bot.campaigns.environment import Environments
from bot.campaigns.notifications import Drift

_APPROVED = {Action.SCHEDULE: "you approved its schedule"}


def below(change: CampaignChange) -> Message:
    """Build the reply in a card's thread about what changed by itself, or in the console."""
    elsewhere = "Changed in Kore.ai's console: " if change.became else ""
    return notice(f"{elsewhere}{'; '.join(_news(change))}")


def drift(told: Drift, environments: Environments, *, may_set_back: bool) -> Message:
    """Tell an approver that what they approved is no longer as they approved it."""
    change = told.change
    approved = _APPROVED.get(told.approved, "you approved it")
    text = (
        f"{name_and_place(change.campaign, environments)} was changed in Kore.ai's console after "
        f"{approved}: {'; '.join(settings_changed(change))}. Kore.ai has it as changed; who did it "
        "cannot be known."
    )
    back = button("Set it back", Button.SET_BACK, str(change.campaign))
    return Message(text=text, blocks=[section(text), *([buttons(back)] if may_set_back else [])])


def line(change: CampaignChange, environments: Environments) -> str:
    """Return a line about a change, for a channel that follows the campaign."""
    return f"{name_and_place(change.campaign, environments)}: {'; '.join(_news(change))}"


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
    yield from settings_changed(change)


def settings_changed(change: CampaignChange) -> Iterator[str]:
    """Yield each setting that somebody changed in the console, as it was and as it is."""
    if change.kind is None:
        return
    for name, value in change.became.items():
        was = setting_text(change.kind, name, change.was[name])
        yield f"{setting_label(name)}: {was} → {setting_text(change.kind, name, value)}"
