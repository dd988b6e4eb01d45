"""The Kore.ai account to use, and the operator's choices about its API."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr

from bot.campaigns.values import Frozen

_BASE_URL = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:[0-9]{1,5})?")


def _base_url(host: str) -> str:
    """Return the host as a URL without a trailing slash, with or without a given scheme."""
    url = (host if "://" in host else f"https://{host}").rstrip("/")
    if not _BASE_URL.fullmatch(url):
        raise ValueError("not the address of a host")
    return url


BaseUrl = Annotated[str, AfterValidator(_base_url)]
# IDs are sent as headers, which allow only visible ASCII.
HeaderText = Annotated[str, Field(pattern=r"^[\x21-\x7e]+$")]


class Account(Frozen):
    """A Kore.ai app and the JWT app that may manage its campaigns.

    `stream_id` is the app's ID, `st-…`, which Kore.ai also calls bot ID and IId. `client_id` and
    `client_secret` belong to a JWT app with the scope Campaign Management.

    Source: docs.kore.ai/ai-for-service/apis/automation/api-introduction.
    """

    host: BaseUrl = "https://platform.kore.ai"
    stream_id: HeaderText
    account_id: HeaderText
    client_id: HeaderText
    client_secret: Annotated[SecretStr, Field(min_length=1)]


class Choices(Frozen):
    """The operator's choices where Kore.ai's documentation leaves one.

    `voice_version`: "auto" uses version 1 without a DNC list and version 2 with one. `paths`: which
    form of an endpoint to try first, the documented one or its alternative.
    """

    voice_version: Literal["auto", "v1", "v2"] = "auto"
    paths: Literal["documented", "consistent"] = "documented"
