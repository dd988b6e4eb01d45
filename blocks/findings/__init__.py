"""The findings of a review in words: the finding, why it matters, and the rule that it broke.

Each module has the words for the findings of the module with the same name in
`bot.campaigns.review`.
"""

from blocks.findings import changes, form, lists, neighbors, runs, target  # noqa: F401 # registers the words
from blocks.findings.rules import citation
from blocks.findings.words import finding_words
from bot.campaigns.review.findings import Finding


def finding_line(finding: Finding) -> str:
    """Return the finding as formatted text, with the rule that it broke."""
    words = finding_words(finding)
    return f"{words} {citation(finding.rule)}" if finding.rule else words
