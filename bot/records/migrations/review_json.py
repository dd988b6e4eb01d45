"""Reviews stored before revision 0009, rewritten in the form that it stores.

Nothing here uses the bot's models, which change after this revision.
"""

from typing import Any

# The old key of a review, and the new one.
_RENAMED = {"undertaking": "action", "ground": "approval_reason"}


def upgraded(old: dict[str, Any]) -> dict[str, Any]:
    """The review with its keys renamed, and with each finding as one flat object."""
    review = {_RENAMED.get(key, key): value for key, value in old.items()}
    return review | {"findings": [_flat(each) for each in old.get("findings", [])]}


def _flat(finding: dict[str, Any]) -> dict[str, Any]:
    """The finding with its details beside its topic; the topic tells how severe it is."""
    return {"topic": finding["topic"], **finding["details"], "rule": finding["rule"]}
