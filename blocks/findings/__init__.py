"""The findings of a review in words: the finding, why it matters, and the rule that it broke.

Each module has the words for the findings of the module with the same name in
`bot.campaigns.review`.
"""

from blocks.findings import (  # noqa: F401 # registers the words
    changes,
    contacts,
    edits,
    form,
    imports,
    list_changes,
    lists,
    neighbors,
    runs,
    sms,
    stop_all,
    target,
)
from blocks.findings.lines import finding_line

__all__ = ["finding_line"]
