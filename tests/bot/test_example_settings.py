"""The example of a settings file is complete, and the bot accepts it."""

import tomllib
from pathlib import Path

import pytest

from bot.campaigns.policy import Policy
from bot.campaigns.review.rules import Rules
from bot.campaigns.roles import Grants
from bot.settings import load_settings

EXAMPLE = (Path(__file__).parents[2] / "campaign-bot.example.toml").read_text()
SECRET = "pretend-client-secret"


def test_the_example_shows_every_key_of_roles_policy_and_rules() -> None:
    shown = tomllib.loads(EXAMPLE)["environments"]["production"]
    assert shown["roles"].keys() == Grants.model_fields.keys()
    assert shown["policy"].keys() == Policy.model_fields.keys()
    assert shown["rules"].keys() == Rules.model_fields.keys()


def test_the_example_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1111-pretend-bot")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "pretend-signing-secret")
    monkeypatch.setenv("CAMPAIGNS_PRODUCTION_SECRET", SECRET)
    Path("kore-sandbox").write_text(SECRET)
    Path("campaign-bot.toml").write_text(EXAMPLE.replace("/run/secrets/", f"{tmp_path}/"))
    production, sandbox = load_settings(None).environments
    assert production.environment.looks_like_production
    assert sandbox.environment.channels
    assert not sandbox.environment.looks_like_production
