"""Sample forms, campaigns and hostile texts for the tests of `blocks`."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

from slack_sdk.models.views import View as Modal

from blocks.form import Form, Values
from blocks.forms.campaign_import import ImportForm
from blocks.forms.contacts import AddContactsForm
from blocks.forms.lists import CreateListForm, DeleteListForm, RenameListForm
from blocks.forms.schedule import ScheduleForm
from blocks.forms.sms import SmsForm
from blocks.forms.voice import VoiceForm
from blocks.kit import Message
from blocks.state import ElementState, State
from bot.campaigns.campaign import Snapshot
from bot.campaigns.hours import WORKDAYS, CallingHours
from bot.campaigns.results import Count, ResultCounts
from bot.campaigns.schedule import Recurrence, Schedule
from bot.campaigns.values import Kind
from sandbox.slack.blockkit import initial_state

NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)
ID = "cd-e7110489-a30a-5d1e"
MENU_ACTIONS = [
    *("open_sms", "open_voice", "open_import", "new_schedule"),
    *("list", "contact_lists", "saved_forms", "help"),
]

COUNTS = ResultCounts(
    contacts=1_000,
    total=1_000,
    is_complete=True,
    is_running=False,
    as_of=NOW,
    reached=801,
    not_called=150,
    call_statuses=(Count(word="userHangUp", contacts=700), Count(word="", contacts=3)),
    dispositions=(Count(word="Sale", contacts=20),),
    attempts=(Count(word="1", contacts=600), Count(word="2", contacts=250)),
)

HOSTILE = {
    "channel ping": "<!channel> now",
    "person ping": "<@U1>",
    "ampersand": "Fish & chips &lt;",
    "bold": "*sale*",
    "backticks": "`sale` ``",
    "braces": "{name} {0}",
    "long": "x" * 5000,
    "long and escaped": "<!here>" * 700,
    "emoji": "🎉👩‍👩‍👧 :tada:",
    "right to left": "\u05de\u05d1\u05e6\u05e2 \u202e\u0623\u0628 sale",
    "lines": "one\ntwo\n> three",
}

SHARED: Values = {
    "name": "Spring sale",
    "description": "Reminds customers of the sale",
    "contact_lists": ["Newsletter", "VIP"],
    "dnc_list": "Do not call",
    "caller_id": "+12025550100",
    "priority": "4",
    "zone": "America/New_York",
    "calling_days": ["0", "4"],
    "hours_from": "10:00",
    "hours_to": "17:30",
    "hours_by_day": None,
    "saved_name": "Spring reminder",
    "saved_for": "channel",
    "channel": "C123",
}
SMS: dict[str, Values] = {
    "message": SHARED | {"format": "message", "message": "Hello"},
    "template": SHARED | {"format": "template", "message": "Hi {{1}}", "template": "spring"},
    "flow": SHARED | {"format": "flow", "flow": "Survey"},
}
_CALLS: Values = SHARED | {
    "dialing_order": "LIFO",
    "max_attempts": "2",
    "retry_period": "90",
    "ring_time": "45",
}
VOICE: dict[str, Values] = {
    "Agentless": _CALLS
    | {"dialing_mode": "Agentless", "flow": "Survey", "machine_detection": "detect"},
    "Progressive": _CALLS | {"dialing_mode": "Progressive", "queue": "Sales"},
    "Preview": _CALLS | {"dialing_mode": "Preview", "queue": "Sales", "max_skips": "0"},
}
_TIMES: Values = {
    "campaign": f"{ID} Spring sale",
    "every": "2",
    "zone": "America/New_York",
    "start_date": "2027-02-01",
    "start_time": "09:00",
    "end_date": "2027-03-01",
    "end_time": "18:00",
    "channel": "C123",
}
SCHEDULE: dict[str, Values] = {
    "Daily": _TIMES | {"recurrence": "Daily"},
    "Weekly": _TIMES | {"recurrence": "Weekly", "days": ["0", "2"]},
}
_LIST = "production/cl-1 Spring leads"
LISTS: dict[str, Values] = {
    "new list": {"name": "Spring leads", "description": "Leads", "allow_duplicates": "false"},
    "renamed list": {"contact_list": _LIST, "name": "Leads", "description": "All leads"},
    "deleted list": {"contact_list": _LIST, "typed_name": "spring leads"},
    "filled list": {"contact_list": _LIST, "files": ["F1"], "region": "us", "columns": None},
}
IMPORTS: dict[str, Values] = {"import": {"files": ["F1"], "zone": "UTC", "channel": "C1"}}
# Every form in each of its shapes, with valid values.
FILLED: list[tuple[type[Form], Values]] = [
    *((SmsForm, values) for values in SMS.values()),
    *((VoiceForm, values) for values in VOICE.values()),
    *((ScheduleForm, values) for values in SCHEDULE.values()),
    (CreateListForm, LISTS["new list"]),
    (RenameListForm, LISTS["renamed list"]),
    (DeleteListForm, LISTS["deleted list"]),
    (AddContactsForm, LISTS["filled list"]),
    (ImportForm, IMPORTS["import"]),
]
FILLED_IDS = [*SMS, *VOICE, *SCHEDULE, *LISTS, *IMPORTS]


def typed(values: dict[str, Any]) -> State:
    """Return a view's `state.values` with the types that the bot gives to a request of Slack's."""
    return {
        block: {action: ElementState.model_validate(each) for action, each in elements.items()}
        for block, elements in values.items()
    }


def state_of(view: dict[str, Any]) -> State:
    """Return the state of a view that nobody has changed."""
    return typed(initial_state(view))


def as_json(modal: Modal) -> dict[str, Any]:
    """Return the modal as the JSON that Slack receives."""
    view: dict[str, Any] = json.loads(json.dumps(modal.to_dict()))
    return view


def as_sent(message: Message) -> dict[str, Any]:
    """Return the message as the JSON that Slack receives."""
    sent: dict[str, Any] = json.loads(json.dumps(message.payload()))
    return sent


def formatted(message: Message) -> list[str]:
    """Return all texts of a message in which Slack looks for links and pings."""
    sent = as_sent(message)
    return [sent["text"], *mrkdwn_texts(sent["blocks"])]


def mrkdwn_texts(part: object) -> list[str]:
    """Return all `mrkdwn` texts in a part of a view or message."""
    if isinstance(part, list):
        return [text for each in part for text in mrkdwn_texts(each)]
    if not isinstance(part, dict):
        return []
    own = [part["text"]] if part.get("type") == "mrkdwn" else []
    return own + mrkdwn_texts(list(part.values()))


def snapshot(text: str = "Spring sale", **fields: object) -> Snapshot:
    """Return a campaign of Kore.ai's with `text` in every field that a person typed."""
    hours = CallingHours.same_every_day("America/New_York", WORKDAYS, time(9), time(18))
    known: dict[str, Any] = {
        "id": ID,
        "name": text,
        "kind": Kind.VOICE,
        "status": "Ready",
        "contact_lists": (text, "VIP"),
        "dnc_list": text,
        "caller_id": text,
        "priority": 5,
        "dialing_mode": text,
        "hours": hours,
    }
    return Snapshot(**known | fields)


def plan(**fields: object) -> Schedule:
    """Return a schedule: Mondays and Wednesdays in February 2027, 9:00 AM in New York."""
    known: dict[str, Any] = {
        "recurrence": Recurrence.WEEKLY,
        "days": (0, 2),
        "zone": "America/New_York",
        "start": datetime.combine(date(2027, 2, 1), time(9)),
        "end": datetime.combine(date(2027, 3, 1), time(18)),
    }
    return Schedule(**known | fields)
