"""An edit in words: what differs, and a schedule that was lost with it or can be taken over."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue
from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.views import View as Modal

from blocks.campaign_settings import setting_text
from blocks.card import schedule_facts
from blocks.environments import in_environment
from blocks.failures import Failed, sentences
from blocks.forms import setting_label
from blocks.ids import Button
from blocks.kit import (
    SECTION_MAX,
    TITLE_MAX,
    Message,
    button,
    buttons,
    escape,
    facts,
    mrkdwn,
    notice_view,
    plain,
    section,
)
from bot.campaigns.campaign import Campaign, Snapshot
from bot.campaigns.edits import Settings, differing
from bot.campaigns.environment import Environment
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Schedule

_MESSAGE = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A schedule that a new campaign can take over; `key` is the submission's."""

    name: str
    like: str
    schedule: Schedule
    key: str
    environment: Environment | None = None


def differences(campaign: Campaign, replaced: Settings) -> list[Block]:
    """Return the settings that an edit changes, each as it is and as it will be."""
    names = [name for name in differing(campaign, replaced) if name != "kind"]
    new = campaign.model_dump(mode="json")
    pairs = [
        (setting_label(name), f"{_old(campaign, name, replaced)}\n→ {_new(campaign, name, new)}")
        for name in names
        if name != _MESSAGE
    ]
    blocks: list[Block] = [*facts(pairs)]
    if _MESSAGE in names:
        blocks += _messages(replaced.get(_MESSAGE), new[_MESSAGE])
    return blocks


def _messages(old: JsonValue, new: JsonValue) -> Iterator[Block]:
    """Yield both texts as plain text, exactly as they are sent."""
    for heading, text in (("*Message now*", old or "Not known"), ("*Message then*", new or "")):
        yield section(heading)
        yield SectionBlock(text=plain(str(text), SECTION_MAX), expand=True)


def _old(campaign: Campaign, name: str, replaced: Settings) -> str:
    """Return a setting as it is now; Kore.ai does not show every setting."""
    unknown = name not in replaced and name not in _CAN_BE_NONE
    return "Not known" if unknown else _new(campaign, name, replaced)


def _new(campaign: Campaign, name: str, settings: Settings) -> str:
    return setting_text(campaign.kind, name, settings.get(name))


_CAN_BE_NONE = frozenset({"dnc_list"})


def reading_view(external_id: str, title: str) -> Modal:
    """Build the view to show while the bot reads the campaign."""
    return Modal(
        type="modal",
        external_id=external_id,
        title=plain(title, TITLE_MAX),
        close=plain("Cancel", TITLE_MAX),
        blocks=[section(":hourglass_flowing_sand: Reading the campaign from Kore.ai.")],
    )


def not_opened_view(title: str, failed: Failed) -> Modal:
    """Build the view that says why the campaign cannot be edited or cloned."""
    return notice_view(title, " ".join(sentences(failed)))


def schedule_lost(found: Snapshot, why: str, environment: Environment | None) -> Message:
    """Tell the author that the edit is done, and that the campaign has no schedule any more."""
    text = (
        f"{in_environment(environment)}“{escape(found.name)}” was changed as you asked, but "
        f"Kore.ai dropped its schedule with that, and the bot could not set it again.{why} It will "
        "not start by itself until you schedule it again."
    )
    again = button("Schedule", Button.OPEN_SCHEDULE, str(CampaignRef.of(found)), style="primary")
    return Message(text=text, blocks=[section(text), buttons(again)])


def proposal(proposed: Proposed) -> Message:
    """Offer the schedule of the campaign that was cloned; nothing is scheduled yet."""
    name, like = escape(proposed.name), escape(proposed.like)
    text = (
        f"{in_environment(proposed.environment)}“{name}” is not scheduled. The campaign that you "
        f"cloned, “{like}”, has this schedule. Do you want the same one?"
    )
    press = button("Schedule like this", Button.SCHEDULE_ALIKE, proposed.key, style="primary")
    return Message(
        text=text,
        blocks=[
            SectionBlock(text=mrkdwn(text), expand=True),
            *facts(schedule_facts(proposed.schedule)),
            buttons(press),
        ],
    )
