"""Contact lists, and files of contacts and campaigns."""

from typing import Literal

from bot.campaigns.campaign_import import Imported
from bot.campaigns.notifications.base import BaseNotification


class ListNotice(BaseNotification):
    """The contact list was created, renamed or deleted, as the submission says."""

    kind: Literal["list"] = "list"
    contact_list: str


class ContactsProgress(BaseNotification):
    """How far the contacts of a file are added, and at the end how many were."""

    kind: Literal["contacts"] = "contacts"


class ContactsReport(BaseNotification):
    """What became of each row of the file, for the author alone: a file uploaded to Slack."""

    kind: Literal["contacts_report"] = "contacts_report"
    file: str


class ImportProgress(BaseNotification):
    """How far the campaigns of a file are created, and at the end how many were."""

    kind: Literal["import"] = "import"


class ImportReport(BaseNotification):
    """What became of each campaign of a file."""

    kind: Literal["import_report"] = "import_report"
    campaigns: tuple[Imported, ...]


OfImport = ImportProgress | ImportReport
OfList = ListNotice | ContactsProgress
