"""What a file of campaigns has."""

from bot.campaigns.campaign_files.problems import RefusedRow
from bot.campaigns.campaign_import import CampaignRow
from bot.campaigns.values import Frozen

# A review shows them all, and a person reads it.
CAMPAIGNS_MAX = 50


class CampaignFile(Frozen):
    """What a file has: campaigns, the rows that become none, and the columns that say nothing."""

    rows: tuple[CampaignRow, ...]
    refused: tuple[RefusedRow, ...] = ()
    left_out: tuple[str, ...] = ()
