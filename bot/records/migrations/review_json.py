"""Converts reviews stored before revision 0009 to the format of that revision.

This does not use the bot's models, because they change after this revision.
"""

from typing import Any

# Old and new keys of a review.
_RENAMED = {"undertaking": "action", "ground": "approval_reason"}


def upgraded(old: dict[str, Any]) -> dict[str, Any]:
    """Return the review with renamed keys and with each finding as one flat object."""
    review = {_RENAMED.get(key, key): value for key, value in old.items()}
    return review | {"findings": [_flat(each) for each in old.get("findings", [])]}


def _flat(finding: dict[str, Any]) -> dict[str, Any]:
    """Return the finding with its details next to its topic; the topic implies its severity."""
    return {"topic": finding["topic"], **finding["details"], "rule": finding["rule"]}
