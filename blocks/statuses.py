"""Why an action does not fit a campaign's status, in words."""

from collections.abc import Mapping

from bot.campaigns.reasons import Reason

# What to do, by the reason.
NOT_IN_STATUS: Mapping[Reason, str] = {
    Reason.STOP_FIRST: "Stop it first, then try again.",
    Reason.PREPARING: "Try again in a few minutes, when it is Ready.",
    Reason.DELETED: "Kore.ai no longer has it.",
}
