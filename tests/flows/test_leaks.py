"""The check for secrets in logs finds each kind of secret."""

import structlog

from bot.logs import MASK, masked
from tests.flows.conftest import Author
from tests.secrets import leaks
from tests.world import SECRETS


def test_each_kind_of_secret_would_be_found() -> None:
    jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"
    for secret in (*SECRETS.values(), jwt, "+12025550123", "https://x/response/0123456789abcdef"):
        assert leaks(f"said {secret} aloud") != []


async def test_a_typed_number_never_reaches_the_log(ana: Author) -> None:
    await ana.person.command("/campaign status +12025550123")
    await ana.person.wait_message(containing="could not be looked up")
    structlog.get_logger("x").warning("said", number="+1 202 555 0123")
    assert masked("call +1 202 555 0123 now") == f"call {MASK} now"
