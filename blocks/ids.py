"""The names that Slack sends back for what is drawn here. Each is defined once."""

from enum import StrEnum

from bot.campaigns.actions import Action

COMMAND = "/campaign"


class View(StrEnum):
    """A modal's `callback_id`. The question for a campaign's environment has its action's name."""

    SMS = "sms"
    VOICE = "voice"
    SCHEDULE = "schedule"
    REVIEW = "review"
    DECLINE = "decline"


class Button(StrEnum):
    """A button's `action_id`; its value says which campaign, page or submission it is for."""

    OPEN_SMS = "open_sms"
    OPEN_VOICE = "open_voice"
    NEW_SCHEDULE = "new_schedule"
    OPEN_SCHEDULE = "open_schedule"
    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    CANCEL_HOLD = "cancel_hold"
    EDIT_AGAIN = "edit_again"
    CHECK_AGAIN = "check_again"
    CREATE_NOW = "create_now"
    SPLIT = "split"
    SCHEDULE_REST = "schedule_rest"
    REFRESH = "refresh"
    SHOW_STATUS = "show_status"
    LIST = "list"
    LIST_PREVIOUS = "list_previous"
    LIST_NEXT = "list_next"
    HELP = "help"


def opens(action: Action) -> str:
    """Return the `action_id` of the button that opens an action's review."""
    return f"open_{action}"


class Source(StrEnum):
    """Where a typeahead gets its suggestions from."""

    CONTACT_LISTS = "contact_lists"
    CAMPAIGNS = "campaigns"
    ZONES = "zones"
    DNC_LISTS = "dnc_lists"
    QUEUES = "queues"
    FLOWS = "flows"
    TEMPLATES = "templates"
    CALLER_IDS = "caller_ids"
