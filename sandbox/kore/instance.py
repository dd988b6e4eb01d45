"""One run of a campaign, which Kore.ai calls an instance, and its contacts' results.

https://docs.kore.ai/ai-for-service/apis/contact-center/get-all-contact-details-voice-campaigns-v2
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sandbox.kore.calls import Json
from sandbox.kore.dialing import CallingHours
from sandbox.kore.openings import open_after, open_time

# The outcome, status and detail of a call. The documentation names no others.
_USUAL_END = ("completed", "userHangUp", "user_hangup")
_OF_EVERY = 5
_ENDS = {2: ("completed", "agentHangUp", "agent_hangup"), 3: ("", "", "")}


@dataclass(frozen=True)
class Instance:
    """A run through the contact lists from the top, as they were when it began.

    Each contact is called once, `interval` of open calling hours after the contact before. Of every
    five, one is not reached, and with one the agent hangs up. We assume that later changes to a
    list affect only later runs; Kore.ai says this about do-not-call lists.
    """

    id: str
    began: datetime
    contacts: tuple[Json, ...]
    interval: timedelta
    hours: CallingHours

    @cached_property
    def ends(self) -> datetime:
        """Return when all contacts have been called; with no contacts, when the run began."""
        if not self.contacts:
            return self.began
        return open_after(self.hours, self.began, len(self.contacts) * self.interval)

    def reached(self, now: datetime) -> int:
        """Return how many contacts have been called at `now`."""
        if now >= self.ends:
            return len(self.contacts)
        return open_time(self.hours, self.began, now) // self.interval

    def results(self, now: datetime, *, of_all: bool = False) -> list[Json]:
        """Return a row for each contact that has been called at `now`, or for each, in order."""
        called = self.reached(now)
        rest = [self._waiting(each) for each in self.contacts[called:]] if of_all else []
        return [self._result(number) for number in range(called)] + rest

    def _waiting(self, contact: Json) -> Json:
        return {
            "phoneNumber": contact["phoneNumber"],
            "uniqueId": contact.get("uniqueId", ""),
            "dialerOutcome": "",
            "numberOfAttemptsSoFar": 0,
        }

    def _result(self, number: int) -> Json:
        contact = self.contacts[number]
        outcome, status, detail = _ENDS.get(number % _OF_EVERY, _USUAL_END)
        return {
            "phoneNumber": contact["phoneNumber"],
            "uniqueId": contact.get("uniqueId", ""),
            "dialerOutcome": outcome,
            "numberOfAttemptsSoFar": 1,
            # 24 hex digits, as in the samples; derived, so that a call's id never changes.
            "botSessionId": uuid.uuid5(uuid.NAMESPACE_OID, f"{self.id} {number}").hex[:24],
            "agentDispositionCodes": [],
            "botOutboundStatus": status,
            "botOutboundStatusDetail": detail,
        }
