"""Files of campaigns: a row for each, which becomes a campaign or is refused with its problems.

`reading` reads them.
"""

from bot.campaigns.campaign_files.campaign_file import CAMPAIGNS_MAX, CampaignFile
from bot.campaigns.campaign_files.columns import Column
from bot.campaigns.campaign_files.problems import Problem, RefusedRow, RowProblem

__all__ = [
    "CAMPAIGNS_MAX",
    "CampaignFile",
    "Column",
    "Problem",
    "RefusedRow",
    "RowProblem",
]
