"""Maps paths to operations: one row for each path in Kore.ai's documentation.

https://docs.kore.ai/ai-for-service/apis/contact-center/api-list

Three pages contradict the others. The paths on these three have the form "documented"; the path
that follows the other pages has the form "consistent".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sandbox.kore.calls import Operation, Version

Form = Literal["both", "documented", "consistent"]

V1 = "/agentassist/api/v1/public/{stream}/campaign"
V1_RUN = "/campaign/api/v1/public/{stream}/campaign"
V2 = "/campaign/api/v2/public/{stream}/campaign"
V2_BARE = "/api/v2/public/{stream}/campaign"


@dataclass(frozen=True, slots=True)
class Choice:
    """The operations of one path; a query parameter selects one."""

    parameter: str
    operations: Mapping[str, Operation]

    @property
    def rule(self) -> str:
        """Return the error message for a query that selects no operation."""
        return f"{self.parameter} in the query must be {' or '.join(self.operations)}"


@dataclass(frozen=True, slots=True)
class Row:
    """A method and path, and its operation; `form` says which setting of `paths` enables it."""

    method: str
    path: str
    version: Version
    leads_to: Operation | Choice
    form: Form = "both"

    def exists(self, paths: Form) -> bool:
        """Return whether the setting `paths` enables this row."""
        return "both" in {self.form, paths} or self.form == paths

    def operation(self, query: Mapping[str, str]) -> Operation | None:
        """Return the operation for a query, or None if the query selects none."""
        if isinstance(self.leads_to, Operation):
            return self.leads_to
        return self.leads_to.operations.get(query.get(self.leads_to.parameter, ""))


TRIGGER = Choice("trigger", {"play": Operation.START, "stop": Operation.STOP})
VIEW = Choice("view", {"status": Operation.STATUS, "contacts": Operation.RESULTS})
ENABLE = Choice("enableSchedule", {"true": Operation.SCHEDULE, "false": Operation.UNSCHEDULE})


def _campaign_rows(base: str, version: Version) -> tuple[Row, ...]:
    one = f"{base}/{{campaign}}"
    return (
        Row("POST", f"{base}/getAllCampaignDetails", version, Operation.SEARCH),
        Row("POST", f"{base}/contactList/createContactList", version, Operation.CREATE_LIST),
        Row("POST", base, version, Operation.CREATE),
        Row("POST", f"{one}/status", version, VIEW),
        Row("GET", one, version, Operation.GET),
        Row("PUT", one, version, Operation.UPDATE),
        Row("DELETE", one, version, Operation.DELETE),
    )


def _list_rows(base: str) -> tuple[Row, ...]:
    one = f"{base}/{{contact_list}}"
    return (
        Row("POST", f"{base}/getAllListDetails", "v2", Operation.ALL_LISTS),
        Row("GET", f"{base}/getAllListDetails", "v2", Operation.ALL_LISTS),
        Row("GET", f"{one}/getAllContacts", "v2", Operation.LIST_CONTACTS),
        Row("GET", one, "v2", Operation.GET_LIST),
        Row("PUT", one, "v2", Operation.UPDATE_LIST),
        Row("DELETE", one, "v2", Operation.DELETE_LIST),
    )


ADD_CONTACTS_PATH = "/api/1.1/public/{stream}/campaign/contactList/addContacts"

# Fixed paths come before placeholders, because the first matching row is used.
ROWS = (
    *_campaign_rows(V1, "v1"),
    Row("POST", f"{V1_RUN}/{{campaign}}", "v1", TRIGGER),
    Row("POST", f"{V2}/schedule", "v2", ENABLE),
    *_campaign_rows(V2, "v2"),
    *_list_rows(f"{V2}/contactList"),
    Row("POST", ADD_CONTACTS_PATH, "v2", Operation.ADD_CONTACTS),
    Row("POST", f"{V2}/trigger/{{campaign}}", "v2", TRIGGER, "consistent"),
    Row("POST", V2_BARE, "v2", Operation.CREATE, "documented"),
    Row("POST", f"{V2}/{{campaign}}", "v2", TRIGGER, "documented"),
    Row("POST", f"{V2}//trigger/{{campaign}}", "v2", TRIGGER, "documented"),
    Row("POST", f"{V2_BARE}/trigger/{{campaign}}", "v2", TRIGGER, "documented"),
)
