"""Reviews: what the author confirms before anything is sent to Kore.ai, and the checks behind it.

A finding and the check that produces it are in the same module: `form` for a campaign before it is
created, `sms` for its text, `target` for the campaign to change, `edits` for its new settings,
`changes` for its other unfinished changes, `runs` for its schedule, `lists` for its contact lists
and `neighbors` for the other campaigns on them.
"""

from bot.campaigns.review.changes import needing_approval
from bot.campaigns.review.model import Facts, OpenChange, Review, contact_load, digest
from bot.campaigns.review.reviews import (
    review_campaign,
    review_delete,
    review_edit,
    review_schedule,
    review_start,
    review_stop,
    review_unschedule,
)
from bot.campaigns.review.rules import Rules
from bot.campaigns.review.runs import split_at_clock_change
from bot.campaigns.review.target import no_single_campaign

__all__ = [
    "Facts",
    "OpenChange",
    "Review",
    "Rules",
    "contact_load",
    "digest",
    "needing_approval",
    "no_single_campaign",
    "review_campaign",
    "review_delete",
    "review_edit",
    "review_schedule",
    "review_start",
    "review_stop",
    "review_unschedule",
    "split_at_clock_change",
]
