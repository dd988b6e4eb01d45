"""The columns of a file of campaigns, and the names by which they are known."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Column(StrEnum):
    """What a column has. Those of a campaign's fields have the names of the fields."""

    NAME = "name"
    DESCRIPTION = "description"
    KIND = "kind"
    MESSAGE = "message"
    TEMPLATE = "template"
    FLOW = "flow"
    CONTACT_LISTS = "contact_lists"
    DNC_LIST = "dnc_list"
    CALLER_ID = "caller_id"
    PRIORITY = "priority"
    CALLING_DAYS = "calling_days"
    CALLING_HOURS = "calling_hours"
    SCHEDULE = "schedule"


# Names without letter case, spaces and punctuation.
_NAMES: Mapping[Column, str] = MappingProxyType(
    {
        Column.NAME: "name campaign campaignname",
        Column.DESCRIPTION: "description",
        Column.KIND: "type kind campaigntype channel",
        Column.MESSAGE: "message text sms smstext messagetext",
        Column.TEMPLATE: "template templatename",
        Column.FLOW: "flow experienceflow",
        Column.CONTACT_LISTS: "contactlists contactlist lists list audience",
        Column.DNC_LIST: "dnclist dnc donotcall donotcalllist",
        Column.CALLER_ID: "callerid sender from senderid",
        Column.PRIORITY: "priority",
        Column.CALLING_DAYS: "callingdays days",
        Column.CALLING_HOURS: "callinghours hours",
        Column.SCHEDULE: "schedule when",
    }
)
MEANINGS: Mapping[str, Column] = MappingProxyType(
    {name: column for column, names in _NAMES.items() for name in names.split()}
)
