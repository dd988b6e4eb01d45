"""A finding as it is shown: its words, with the rule that it broke."""

from blocks.findings.rules import citation
from blocks.findings.words import finding_words
from bot.campaigns.review.findings import Finding


def finding_line(finding: Finding) -> str:
    """Return the finding as formatted text, with the rule that it broke."""
    words = finding_words(finding)
    return f"{words} {citation(finding.rule)}" if finding.rule else words
