"""A Kore.ai account without HTTP, whose clock stands still until a test sets it forward."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.clock import Clock
from sandbox.kore import Campaign, ContactList, Kind, Operation
from sandbox.kore.account import Account
from sandbox.kore.calls import Call, Json
from sandbox.kore.operations import OPERATIONS
from sandbox.kore.seed import contact_list

MONDAY = datetime(2026, 3, 23, 8, tzinfo=UTC)
ALL_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class HeldClock(Clock):
    """A clock that stands still until it is set forward."""

    def __init__(self, moment: datetime = MONDAY) -> None:
        super().__init__()
        self._moment = moment

    def now(self) -> datetime:
        return self._moment + self.ahead

    def forward_to(self, moment: datetime) -> None:
        self.forward(moment - self.now())


def hours(
    *windows: tuple[str, str], zone: str = "UTC", days: tuple[str, ...] = ALL_DAYS
) -> dict[str, Any]:
    """Return calling hours with these windows on these days."""
    listed = [{"day": day, "start": start, "end": end} for day in days for start, end in windows]
    return {"frequency": "WEEKLY", "timezone": zone, "days": listed}


NINE_TO_SIX = hours(("9:00 AM", "6:00 PM"))


def daily(start: datetime, end: datetime, every: int = 1) -> Json:
    """Return the body of a daily schedule."""
    details = {"recurType": "Daily", "dailyDetails": {"onceEveryNdays": every}}
    return _schedule(start, end, details)


def weekly(start: datetime, end: datetime, *days: str, every: int = 1) -> Json:
    """Return the body of a weekly schedule."""
    details = {"onceEveryNweeks": every, "whichDays": list(days)}
    return _schedule(start, end, {"recurType": "Weekly", "weeklyDetails": details})


def _schedule(start: datetime, end: datetime, recurrence: Json) -> Json:
    written = "%Y-%m-%d %H:%M:%S"
    times = {"startDateTime": f"{start:{written}}", "endDateTime": f"{end:{written}}"}
    return {**times, "recurrenceObject": recurrence}


class Asking:
    """Sends calls to its own account, at the time of its clock."""

    def __init__(self, moment: datetime = MONDAY) -> None:
        self.clock = HeldClock(moment)
        self.account = Account(self.clock)
        self.account.preparing_seconds = 0

    def ask(self, operation: Operation, query: Json, body: object, campaign: str = "") -> Json:
        params = {"campaign": campaign}
        return OPERATIONS[operation](
            self.account, Call(operation, "v2", params, query, headers={}, body=body)
        )

    def fill(self, **sizes: int) -> None:
        """Create contact lists of these sizes."""
        for name, size in sizes.items():
            made: ContactList = contact_list(name, self.clock.now())
            made.contacts = [{"phoneNumber": f"120255501{n:02}"} for n in range(size)]
            self.account.state.contact_lists[made.id] = made

    def sms(self, name: str, *lists: str, when: Json = NINE_TO_SIX) -> Campaign:
        """Create an SMS campaign on these lists."""
        body: Json = {
            "name": name,
            "contactLists": list(lists),
            "format": "advanced",
            "experienceFlowName": "SMS support",
            "campaignType": "sms",
            "dialingStrategy": {"callerId": {"phoneNumber": "+12025550101"}, "callingHours": when},
        }
        made = self.ask(Operation.CREATE, {"campaignType": "sms"}, body)
        return self.account.state.campaigns[made["data"]["_id"]]

    def voice(self, name: str, *lists: str, when: Json = NINE_TO_SIX) -> Campaign:
        """Create a voice campaign on these lists; it is Ready at once."""
        body: Json = {
            "name": name,
            "description": "",
            "contactLists": list(lists),
            "dncLists": {"name": "Do not call"},
            "priority": "5",
            "campaignType": "voice",
            "dialingMode": "Progressive",
            "dialingStrategy": {
                "callerId": {"phoneNumber": "+12025550100"},
                "callingHours": when,
                "dialingOrder": "FIFO",
                "maxAttemptsPerRecord": 1,
                "defaultRetryPeriod": 60,
                "maxRingTime": 30,
            },
            "queue_name": "Sales",
        }
        made = self.ask(Operation.CREATE, {"campaignType": "voice"}, body)
        return self.account.state.campaigns[made["data"]["id"]]

    def trigger(self, operation: Operation, campaign: Campaign) -> Json:
        """Start, stop or delete a campaign."""
        body: Json | None = None if operation is Operation.DELETE else {}
        return self.ask(operation, {"campaignType": campaign.kind}, body, campaign.id)

    def schedule(self, campaign: Campaign, body: Json) -> None:
        self.ask(Operation.SCHEDULE, {"campaignName": campaign.name}, body)

    def unschedule(self, campaign: Campaign) -> None:
        self.ask(Operation.UNSCHEDULE, {"campaignName": campaign.name}, {})

    def sent(self, campaign: Campaign) -> int:
        """Return the number of sent messages in the campaign's search row."""
        assert campaign.kind is Kind.SMS
        rows = self.ask(Operation.SEARCH, {}, {"type": "sms"})["data"]["results"]
        [found] = [row["totalMessagesSent"] for row in rows if row["id"] == campaign.id]
        assert isinstance(found, int)
        return found

    def results(self, campaign: Campaign) -> list[Json]:
        """Return the result rows of a voice campaign's contacts."""
        paging = {"page": 1, "limit": 100}
        rows: list[Json] = self.ask(Operation.RESULTS, {}, paging, campaign.id)["data"]["results"]
        return rows

    def at(self, moment: datetime) -> None:
        """Set the clock forward to this time and let the account catch up."""
        self.clock.forward_to(moment)
        self.account.settle()

    def after(self, **span: float) -> None:
        """Set the clock forward by this span and let the account catch up."""
        self.at(self.clock.now() + timedelta(**span))
