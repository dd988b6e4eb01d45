"""The results of a run."""

from typing import Literal

from bot.campaigns.notifications.base import BaseNotification
from bot.campaigns.results import ResultCounts


class ResultsNotice(BaseNotification):
    """The bot reads the results of many contacts, and shows them after that."""

    kind: Literal["results_notice"] = "results_notice"
    read: int
    total: int


class Results(BaseNotification):
    """The results of a campaign's run, in the thread of its card."""

    kind: Literal["results"] = "results"
    campaign: str
    counts: ResultCounts


class ResultsChart(BaseNotification):
    """The same as a picture, below them."""

    kind: Literal["results_chart"] = "results_chart"
    campaign: str
    counts: ResultCounts


class ResultsFile(BaseNotification):
    """The results by contact, for the author alone: a file that was uploaded to Slack.

    Slack alone has its content, which has phone numbers; nobody sees it before it is shared.
    """

    kind: Literal["results_file"] = "results_file"
    campaign: str
    file: str
    counts: ResultCounts
