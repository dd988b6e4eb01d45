"""Checks who sent a request: the JWT in the header `auth`, and the stream and account ids.

https://docs.kore.ai/ai-for-service/apis/automation/api-introduction
https://docs.kore.ai/ai-for-service/sdk/sdk-security
"""

import time
from typing import Any

import jwt

from sandbox.kore.calls import Call, Operation
from sandbox.kore.refusals import invalid, unauthorized

HOUR = 3600
INVALID_CREDENTIALS = 4002

# The documentation of these operations shows no accountId in the query; all other v2 pages do.
WITHOUT_ACCOUNT_QUERY = {
    Operation.START,
    Operation.RESULTS,
    Operation.SCHEDULE,
    Operation.UNSCHEDULE,
    Operation.ADD_CONTACTS,
}


class Gate:
    """Accepts only requests signed with the account's own JWT app."""

    def __init__(
        self, *, stream_id: str, account_id: str, client_id: str, client_secret: str
    ) -> None:
        self._stream_id = stream_id
        self._account_id = account_id
        self._client_id = client_id
        self._client_secret = client_secret
        self._used: set[str] = set()

    def check(self, call: Call) -> None:
        """Check the call's credentials.

        Raises:
            Refused: The token, account or application is wrong.
        """
        self._check_token(call.headers.get("auth", ""))
        self._check_ids(call)

    def _check_token(self, token: str) -> None:
        claims = self._claims(token)
        if claims.get("appId") != self._client_id:
            raise _invalid_credentials()
        _check_lifetime(claims)
        self._check_used(claims)

    def _claims(self, token: str) -> dict[str, Any]:
        # `iat` only limits the lifetime, because a sandbox's bot may run ahead of real time.
        options: Any = {"verify_aud": False, "verify_iat": False, "require": ["sub"]}
        try:
            return jwt.decode(token, self._client_secret, algorithms=["HS256"], options=options)
        except jwt.InvalidSignatureError as error:
            raise _invalid_credentials() from error
        except jwt.ExpiredSignatureError as error:
            raise unauthorized("error verifying the jwt: jwt expired") from error
        except jwt.InvalidTokenError as error:
            raise unauthorized(f"error verifying the jwt: {error}") from error

    def _check_used(self, claims: dict[str, Any]) -> None:
        jti = claims.get("jti")
        if jti in self._used:
            raise unauthorized("error verifying the jwt: possibly a replay")
        if jti is not None:
            self._used.add(jti)

    def _check_ids(self, call: Call) -> None:
        told = {
            "iid in the headers": (call.headers.get("iid"), self._stream_id),
            "streamId in the path": (call.params["stream"], self._stream_id),
            "accountId in the headers": (call.headers.get("accountid"), self._account_id),
        }
        for where, (given, wanted) in told.items():
            if given != wanted:
                raise unauthorized(f"{where} is missing or not this application's")
        self._check_account_query(call)

    def _check_account_query(self, call: Call) -> None:
        given = call.query.get("accountId")
        documented = call.version == "v2" and call.operation not in WITHOUT_ACCOUNT_QUERY
        if given is None and documented:
            raise invalid("accountId in the query is required")
        if given not in {None, self._account_id}:
            raise unauthorized("accountId in the query is not this application's")


def _invalid_credentials() -> Exception:
    return unauthorized("Invalid SDK credentials", code=INVALID_CREDENTIALS)


def _check_lifetime(claims: dict[str, Any]) -> None:
    """Refuse a token with a `jti` or an `exp` that is valid for more than an hour.

    This uses real time, because the bot that signs may not share the sandbox's clock.
    """
    if "exp" not in claims and "jti" not in claims:
        return
    issued = claims.get("iat", time.time())
    if "exp" not in claims or claims["exp"] - issued > HOUR:
        raise unauthorized('error verifying the jwt: if "jti" claim "exp" must be <= 1 hour(s)')
