"""The content of a new sandbox account: invented names, and numbers for fiction."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sandbox.kore.calls import Json, Kind
from sandbox.kore.state import Campaign, ContactList, State, Status, new_id

# All invented campaigns share their calling hours, because many of them take much memory.
DAYS = [{"day": day, "start": "9:00 AM", "end": "6:00 PM"} for day in ("MO", "TU", "WE")]
HOURS = {"frequency": "WEEKLY", "timezone": "America/New_York", "days": DAYS}
DIALING = {"callerId": {"phoneNumber": "+12025550100"}, "callingHours": HOURS}

# Each list, and how many contacts `fill` adds to it.
LISTS = {"Spring leads": 80, "VIP customers": 12, "Renewals June": 45}
# The list that was made of a file in the console, and the values of its own column.
FROM_FILE = "Renewals June"
OWN_COLUMN = {"Renewal Date": "June 30"}
COLUMNS = {FROM_FILE: ("phoneNumber", "firstName", "timezone", *OWN_COLUMN)}


def catalog(prefix: str, *names: str) -> dict[str, str]:
    """Return each name with a new id."""
    return {name: new_id(prefix) for name in names}


def contact_list(name: str, now: datetime) -> ContactList:
    """Return an empty contact list, created at `now`."""
    return ContactList(
        id=new_id("cl"),
        name=name,
        description=f"{name}, for trying things out",
        allow_duplicates=False,
        created_at=now,
        updated_at=now,
        columns=COLUMNS.get(name, ()),
    )


def seeded(now: datetime) -> State:
    """Return the state of a new account that can be used at once."""
    lists = [contact_list(name, now) for name in LISTS]
    return State(
        now=now,
        contact_lists={each.id: each for each in lists},
        dnc_lists=catalog("cl", "Do not call"),
        queues=catalog("qu", "Sales", "Support"),
        experience_flows=catalog("cf", "Appointment reminder", "SMS support"),
        sms_templates=catalog("cmt", "Welcome"),
        caller_ids=catalog(
            "num", "+12025550100", "+12025550101", "+442079460000", "72345", "SPRINGCO"
        ),
    )


def fill(state: State) -> None:
    """Add invented people to the lists; 555-0100 to 555-0199 are reserved for fiction."""
    for each in state.contact_lists.values():
        own = OWN_COLUMN if each.columns else {}
        each.contacts = [_contact(number) | own for number in range(LISTS[each.name])]


def _contact(number: int) -> Json:
    phone_number = f"120255501{number:02}"
    return {"_id": new_id("cc"), "phoneNumber": phone_number, "firstName": f"Contact {number}"}


def add_campaigns(state: State, kind: Kind, names: Iterable[str]) -> list[Campaign]:
    """Add Ready campaigns with these names to the account, the newest first.

    Names may repeat, which the create operation would refuse.
    """
    newest = state.now
    added = [
        new_campaign(kind, name, newest - timedelta(seconds=age)) for age, name in enumerate(names)
    ]
    state.campaigns.update((each.id, each) for each in added)
    return added


def new_campaign(kind: Kind, name: str, created: datetime) -> Campaign:
    """Return a Ready campaign that is in no account yet."""
    return Campaign(
        id=new_id("cd"),
        kind=kind,
        body=_body(kind, name),
        status=Status.READY,
        created_at=created,
        updated_at=created,
        ready_at=created,
    )


def _body(kind: Kind, name: str) -> Json:
    voice = {"dialingMode": "Progressive", "queue_name": "Sales"}
    sms = {"format": "simple", "message": {"message": "SGVsbG8%3D"}}
    return {
        "name": name,
        "description": f"{name}, for trying things out",
        "contactLists": ["Spring leads"],
        "dncLists": {"name": "Do not call"},
        "priority": "5",
        "campaignType": kind.value,
        "dialingStrategy": DIALING,
        **(voice if kind is Kind.VOICE else sms),
    }
