"""One run of a campaign, which Kore.ai calls an instance, and what became of its contacts.

https://docs.kore.ai/ai-for-service/apis/contact-center/get-all-contact-details-voice-campaigns-v2
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sandbox.kore.calls import Json
from sandbox.kore.dialing import CallingHours
from sandbox.kore.openings import open_after, open_time


@dataclass(frozen=True)
class Instance:
    """A run from the top of the contact lists, as they were when it began.

    Its whole course is settled by that: each contact is reached once, at the first attempt, and
    `interval` of open calling hours after the one before. That later changes of a list are left
    to later runs is our reading; Kore.ai says as much of do-not-call lists.
    """

    id: str
    began: datetime
    contacts: tuple[Json, ...]
    interval: timedelta
    hours: CallingHours

    @cached_property
    def ends(self) -> datetime:
        """When everybody has been reached; with nobody to reach, at once."""
        if not self.contacts:
            return self.began
        return open_after(self.hours, self.began, len(self.contacts) * self.interval)

    def reached(self, now: datetime) -> int:
        """How many contacts have been reached by then."""
        if now >= self.ends:
            return len(self.contacts)
        return open_time(self.hours, self.began, now) // self.interval

    def results(self, now: datetime) -> list[Json]:
        """A row for each contact that has been called by then, in order."""
        return [self._result(number) for number in range(self.reached(now))]

    def _result(self, number: int) -> Json:
        contact = self.contacts[number]
        return {
            "phoneNumber": contact["phoneNumber"],
            "uniqueId": contact.get("uniqueId", ""),
            "dialerOutcome": "completed",
            "numberOfAttemptsSoFar": 1,
            # The samples have 24 hex digits; the same call has the same ones whenever one looks.
            "botSessionId": uuid.uuid5(uuid.NAMESPACE_OID, f"{self.id} {number}").hex[:24],
            "agentDispositionCodes": [],
            "botOutboundStatus": "userHangUp",
            "botOutboundStatusDetail": "user_hangup",
        }
