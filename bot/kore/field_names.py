"""Kore.ai's names of the fields of a campaign and of a schedule, beside the labels of our forms."""

import re

# The names in request bodies: bot.kore.bodies, bot.kore.translate. A test compares the labels with
# those of the forms.
LABELS = {
    "callerId": "Caller ID",
    "callerId.phoneNumber": "Caller ID",
    "callingHours.timezone": "Time zone",
    "contactLists": "Contact lists",
    "defaultRetryPeriod": "Retry period (minutes)",
    "dialingMode": "Dialing mode",
    "dialingOrder": "Dialing order",
    "dncLists": "DNC list",
    "dncLists.name": "DNC list",
    "enableMachineDetect": "Answering machine",
    "endDateTime": "End date",
    "experienceFlowName": "Experience flow",
    "maxAttemptsPerRecord": "Maximum attempts",
    "maxRingTime": "Ring time (seconds)",
    "maxSkips": "Maximum skips",
    "queue_name": "Queue",
    "startDateTime": "Start date",
    "template_name": "Template name",
}
# Kore.ai puts objects in front of some names, as in data.dncLists and dialingStrategy.callerId.
_NAMES = re.compile(
    r"(?<![\w.])(?:(?:data|dialingStrategy|message)\.)*"
    rf"({'|'.join(re.escape(name) for name in sorted(LABELS, key=len, reverse=True))})(?![\w.]\w)"
)


def with_labels(text: str) -> str:
    """Return Kore.ai's message with the labels of our forms in place of its names for fields."""
    return _NAMES.sub(lambda found: LABELS[found[1]], text)
