"""The names that Slack sends back for what is drawn here. Each is defined once."""

from enum import StrEnum

from bot.campaigns.actions import Action

COMMAND = "/campaign"


class View(StrEnum):
    """A modal's `callback_id`. The question for a campaign's environment has its action's name."""

    SMS = "sms"
    VOICE = "voice"
    EDIT_SMS = "edit_sms"
    EDIT_VOICE = "edit_voice"
    SCHEDULE = "schedule"
    REVIEW = "review"
    DECLINE = "decline"
    CREATE_LIST = "create_list"
    RENAME_LIST = "rename_list"
    DELETE_LIST = "delete_list"
    ADD_CONTACTS = "add_contacts"
    IMPORT = "import"


# The `callback_id` of the modal that shows a contact list. It has nothing to submit.
CONTACT_LIST = "contact_list"


class Button(StrEnum):
    """A button's `action_id`; its value says which campaign, page or submission it is for."""

    OPEN_SMS = "open_sms"
    OPEN_VOICE = "open_voice"
    OPEN_IMPORT = "open_import"
    NEW_SCHEDULE = "new_schedule"
    OPEN_SCHEDULE = "open_schedule"
    CLONE = "clone"
    STOP_ALL = "stop_all"
    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    CANCEL_HOLD = "cancel_hold"
    OPTIONS = "options"
    EDIT_AGAIN = "edit_again"
    CHECK_AGAIN = "check_again"
    CREATE_NOW = "create_now"
    SPLIT = "split"
    SCHEDULE_REST = "schedule_rest"
    SCHEDULE_ALIKE = "schedule_alike"
    REFRESH = "refresh"
    DETAILS = "details"
    SHOW_STATUS = "show_status"
    OPEN_RESULTS = "open_results"
    RESULTS_FILE = "results_file"
    LIST = "list"
    LIST_PREVIOUS = "list_previous"
    LIST_NEXT = "list_next"
    CONTACT_LISTS = "contact_lists"
    CONTACT_LISTS_PREVIOUS = "contact_lists_previous"
    CONTACT_LISTS_NEXT = "contact_lists_next"
    SHOW_CONTACT_LIST = "show_contact_list"
    SAVED_FORMS = "saved_forms"
    SAVED_FORMS_PREVIOUS = "saved_forms_previous"
    SAVED_FORMS_NEXT = "saved_forms_next"
    USE_SAVED_FORM = "use_saved_form"
    DELETE_SAVED_FORM = "delete_saved_form"
    WATCH = "watch"
    UNWATCH = "unwatch"
    SET_BACK = "set_back"
    KEEP_HOUR = "keep_hour"
    CALENDAR = "calendar"
    HELP = "help"


class Shortcut(StrEnum):
    """The `callback_id` of a shortcut for which there is no button."""

    NEW_CAMPAIGN = "new_campaign"
    FROM_MESSAGE = "sms_from_message"


# The `action_id` of a menu; its options' values begin with the `action_id` of a button.
MENU = "menu"


def opens(action: Action) -> str:
    """Return the `action_id` of the button that opens an action's review."""
    return f"open_{action}"


class Source(StrEnum):
    """Where a typeahead gets its suggestions from.

    `CONTACT_LISTS` gives names, as Kore.ai wants them for a campaign; `CHOSEN_LISTS` gives
    references to contact lists that are to be changed.
    """

    CONTACT_LISTS = "contact_lists"
    CAMPAIGNS = "campaigns"
    CHOSEN_LISTS = "chosen_lists"
    ZONES = "zones"
    DNC_LISTS = "dnc_lists"
    QUEUES = "queues"
    FLOWS = "flows"
    TEMPLATES = "templates"
    CALLER_IDS = "caller_ids"
    SMS_CALLER_IDS = "sms_caller_ids"
