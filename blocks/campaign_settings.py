"""A campaign's settings in a review, each under the label of its field in the form."""

from collections.abc import Iterator

from pydantic import JsonValue
from slack_sdk.models.blocks import Block, SectionBlock

from blocks import times
from blocks.card import KIND_WORDS
from blocks.forms import CAMPAIGN_FORMS, setting_label
from blocks.forms.sms import FORMAT_WORDS
from blocks.forms.voice import MODE_WORDS
from blocks.kit import SECTION_MAX, escape, facts, plain, section
from blocks.sms_length import length_line
from bot.campaigns.campaign import SmsCampaign, VoiceCampaign
from bot.campaigns.hours import CallingHours
from bot.campaigns.review import Review
from bot.campaigns.values import Kind

_SHOWN_ELSEWHERE = frozenset({"format", "dialing_mode", "message"})


def campaign_blocks(campaign: SmsCampaign | VoiceCampaign, review: Review) -> list[Block]:
    """Return all settings of a campaign, and its text exactly as it is sent."""
    blocks = [*facts(list(_campaign_facts(campaign, review)))]
    if isinstance(campaign, SmsCampaign) and campaign.message:
        # Plain text shows the message exactly as it will be sent.
        shown = SectionBlock(text=plain(campaign.message, SECTION_MAX), expand=True)
        blocks += [section("*Message*"), shown, length_line(campaign.message, review.load)]
    return blocks


def _campaign_facts(
    campaign: SmsCampaign | VoiceCampaign, review: Review
) -> Iterator[tuple[str, str]]:
    """Yield each value of the campaign with the label of its field in the form."""
    fields, texts = CAMPAIGN_FORMS[campaign.kind].fields(), _campaign_texts(campaign, review)
    for name, value in campaign:
        label = setting_label(name)
        if name in texts:
            yield label, texts[name]
        elif name not in _SHOWN_ELSEWHERE and value is not None:
            yield label, escape(fields[name].words_of(str(value)))


def _campaign_texts(campaign: SmsCampaign | VoiceCampaign, review: Review) -> dict[str, str]:
    """Return the shown texts of values that are not shown as typed, by name."""
    if isinstance(campaign, SmsCampaign):
        way = FORMAT_WORDS[campaign.format]
    else:
        way = MODE_WORDS[campaign.dialing_mode]
    return {
        "contact_lists": list_sizes(review),
        "dnc_list": escape(campaign.dnc_list or "None"),
        "hours": times.calling_hours(campaign.hours),
        "priority": str(campaign.priority),
        "kind": f"{KIND_WORDS[campaign.kind]} · {way}",
    }


def setting_text(kind: Kind, name: str, value: JsonValue) -> str:
    """Return a setting, which may be None, as formatted text."""
    if value is None:
        return "None"
    if name == "hours":
        return times.calling_hours(CallingHours.model_validate(value))
    if isinstance(value, list):
        return ", ".join(escape(str(each)) for each in value)
    return escape(CAMPAIGN_FORMS[kind].fields()[name].words_of(str(value)))


def list_sizes(review: Review) -> str:
    """Return the contact lists of a review, each with its number of contacts."""
    return ", ".join(
        f"{escape(name)} ({size:,})" if size is not None else f"{escape(name)} (size not known)"
        for name, size in review.lists
    )
