"""How Kore.ai and the network fail: what is certain then, and what is not."""

from sandbox.kore import FaultKind

# What is certainly not done, and the words for why.
CERTAIN = [
    (FaultKind.RATE_LIMIT_429, "takes no more requests"),
    (FaultKind.RATE_LIMIT_SENTENCE, "takes no more requests"),
    (FaultKind.FAILURE_200, "refused it"),
    (FaultKind.UNAUTHORIZED_401, "does not accept the bot's credentials"),
]
# What is not known until Kore.ai is asked again.
LOST = [
    FaultKind.RESET,
    FaultKind.SERVER_ERROR_500,
    FaultKind.HTML,
    FaultKind.TRUNCATED,
    FaultKind.UNEXPECTED_200,
]
