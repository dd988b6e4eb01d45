"""What a new sandbox account holds. Names are invented; numbers are from fictional ranges."""

from datetime import datetime

from sandbox.kore.state import ContactList, State, new_id


def catalog(prefix: str, *names: str) -> dict[str, str]:
    """The ids of some names."""
    return {name: new_id(prefix) for name in names}


def contact_list(name: str, now: datetime) -> ContactList:
    """An empty contact list, made at `now`."""
    return ContactList(
        id=new_id("cl"),
        name=name,
        description=f"{name}, for trying things out",
        allow_duplicates=False,
        created_at=now,
        updated_at=now,
    )


def seeded(now: datetime) -> State:
    """A fresh account, usable at once."""
    lists = [contact_list(name, now) for name in ("Spring leads", "VIP customers", "Renewals June")]
    return State(
        contact_lists={each.id: each for each in lists},
        dnc_lists=catalog("cl", "Do not call"),
        queues=catalog("qu", "Sales", "Support"),
        experience_flows=catalog("cf", "Appointment reminder", "SMS support"),
        sms_templates=catalog("cmt", "Welcome"),
        caller_ids=catalog("num", "+12025550100", "+12025550101", "+442079460000"),
    )
