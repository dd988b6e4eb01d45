"""Reviews: what a person is shown before anything is sent to Kore.ai, and the checks behind it."""

from bot.campaigns.review.model import Review, contact_load, not_one
from bot.campaigns.review.reviews import (
    Facts,
    digest,
    review_campaign,
    review_schedule,
    review_start,
)
from bot.campaigns.review.rules import Rules
from bot.campaigns.review.runs import parted

__all__ = [
    "Facts",
    "Review",
    "Rules",
    "contact_load",
    "digest",
    "not_one",
    "parted",
    "review_campaign",
    "review_schedule",
    "review_start",
]
