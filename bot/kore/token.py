"""Creates the JWT of a request."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import jwt

from bot.kore.account import Account

# A token with a `jti` is valid for an hour at most: docs.kore.ai/ai-for-service/sdk/sdk-security.
LIFETIME = timedelta(minutes=5)


def fresh_token(account: Account) -> str:
    """Return a token for one request. Kore.ai accepts each `jti` once, so a retry needs a new
    token.

    Source: docs.kore.ai/ai-for-service/apis/automation/api-introduction.
    """
    now = datetime.now(UTC)
    claims = {
        "appId": account.client_id,
        "sub": account.client_id,
        "iat": now,
        "exp": now + LIFETIME,
        "jti": str(uuid4()),
    }
    return jwt.encode(claims, account.client_secret.get_secret_value(), algorithm="HS256")
