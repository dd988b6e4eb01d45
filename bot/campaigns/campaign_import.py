"""Creating several campaigns from one file: the command, and what became of each campaign."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from bot.campaigns.actions import Action
from bot.campaigns.base_command import BaseCommand
from bot.campaigns.campaign import SmsCampaign
from bot.campaigns.reasons import Failure
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Frozen, Zone, same_name

# How many characters it takes to show a row's line, the size of a list, and a schedule or hours.
_LINE, _SIZE, _TIMES = 20, 12, 120
_SHOWN = (
    *("name", "message", "template", "flow", "contact_lists", "caller_id", "dnc_list"),
    *("hours", "schedule"),
)


class CampaignRow(Frozen):
    """A campaign to create, and perhaps its schedule; `line` is where it begins in the file."""

    line: int
    campaign: SmsCampaign
    schedule: Schedule | None = None


def differing(rows: Sequence[CampaignRow]) -> frozenset[str]:
    """Return the settings, by their names, in which not all rows are alike."""
    settings = [dict(each.campaign) | {"schedule": each.schedule} for each in rows]
    first = settings[0]
    return frozenset(name for name in first if any(each[name] != first[name] for each in settings))


def length(rows: Sequence[CampaignRow]) -> int:
    """Return about how many characters it takes to show the rows, and once what they share."""
    differs = differing(rows)
    return sum(
        _LINE + sum(_characters(name, each) for name in _SHOWN if at == 0 or name in differs)
        for at, each in enumerate(rows)
    )


def _characters(name: str, row: CampaignRow) -> int:
    match row.schedule if name == "schedule" else getattr(row.campaign, name):
        case str() as text:
            return len(text)
        case tuple() as names:
            return sum(len(each) + _SIZE for each in names)
        case None:
            return 0
        case _:
            return _TIMES


class ImportCampaigns(BaseCommand):
    """Create the campaigns of a file in Slack, one after the other.

    `rows` are what a review has read from it: they alone are carried out. Times in the file are in
    `zone`, unless the file says another. Numbers without a country code are those of `region`, such
    as "US"; if it is None, those of the zone's country.
    """

    action: ClassVar = Action.IMPORT
    type: Literal["import_campaigns"] = "import_campaigns"
    file: str
    zone: Zone
    region: str | None = None
    rows: tuple[CampaignRow, ...] = ()

    @property
    def label(self) -> str:
        """Return the first campaign's name, and how many others there are."""
        if not self.rows:
            return ""
        others = len(self.rows) - 1
        return self.rows[0].campaign.name + (f" +{others}" if others else "")

    @property
    def target_id(self) -> str | None:
        """Return None: none of the campaigns exists yet."""
        return None

    def may_share_target(self, other: BaseCommand) -> bool:
        """Return whether both create a campaign of one name."""
        return isinstance(other, ImportCampaigns) and any(
            same_name(one.campaign.name, two.campaign.name)
            for one in self.rows
            for two in other.rows
        )


class Imported(Frozen):
    """What became of one row: the `campaign` that exists now, by its ID, or the `failure`.

    `scheduled` is whether its schedule is set; None if it has none in the file, or was not created.
    If it was not set, `not_scheduled` is why.
    """

    line: int
    name: str
    campaign: str | None = None
    failure: Failure | None = None
    scheduled: bool | None = None
    not_scheduled: Failure | None = None
