"""Find secrets in logs."""

import re

from tests.world import SECRETS

# The beginning of a JWT, a phone number with its country code, a response_url.
_SHAPES = re.compile(r"eyJ[\w-]{8,}\.|\+\d{8,15}\b|/response/[0-9a-f]{8,}")


def leaks(log: str) -> list[str]:
    """Return every secret, token, JWT, phone number and response_url in a log."""
    return [secret for secret in SECRETS.values() if secret in log] + _SHAPES.findall(log)
