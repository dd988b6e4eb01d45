"""Environments: variables set one, a file sets several, and each mistake in them is reported."""

import os
from datetime import time
from pathlib import Path

import pytest

from bot.environments import KoreVariables
from bot.settings import CONFIG, Settings, SettingsFault, load_settings

ROOT = Path(__file__).parents[2]
SLACK = {
    "SLACK_BOT_TOKEN": "xoxb-1111-pretend-bot",
    "SLACK_SIGNING_SECRET": "pretend-signing-secret",
}
SECRET = "pretend-client-secret"
PRODUCTION = """
[environments.production]
host = "kore.example"
stream_id = "st-1"
account_id = "acc-1"
client_id = "cs-1"
client_secret_env = "PRODUCTION_SECRET"
"""
SANDBOX = """
[environments.sandbox]
host = "https://sandbox.kore.example"
stream_id = "st-2"
account_id = "acc-2"
client_id = "cs-2"
client_secret_file = "sandbox.secret"
voice_version = "v2"
paths = "consistent"
calls_per_minute = 20
channels = ["C123", "G456"]
production = false

[environments.sandbox.policy]
approval_for = ["create"]
approvers_channel = "C0APPROVE"

[environments.sandbox.roles]
authors = ["U1"]

[environments.sandbox.rules.calling_hours]
latest = 20:00:00
owner = "Compliance"
reviewed = 2026-10-01
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with only the settings and secrets that these tests need."""
    names = {name.upper() for name in Settings.model_fields}
    names |= {f"KORE_{name}".upper() for name in KoreVariables.model_fields}
    for variable in [name for name in os.environ if name.upper() in names | {CONFIG}]:
        monkeypatch.delenv(variable)
    for name, value in (SLACK | {"PRODUCTION_SECRET": SECRET}).items():
        monkeypatch.setenv(name, value)
    (tmp_path / "sandbox.secret").write_text(f"{SECRET}-2\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load(text: str) -> Settings:
    Path("campaign-bot.toml").write_text(text)
    return load_settings(None)


def faults(text: str) -> list[str]:
    """Return the lines of the error that a settings file with this text causes."""
    with pytest.raises(SettingsFault) as fault:
        load(text)
    return str(fault.value).splitlines()


def with_line(line: str) -> str:
    """Return the production table with this line added, or in place of the line for its key."""
    key = line.partition(" ")[0]
    kept = [each for each in PRODUCTION.splitlines() if not each.startswith(f"{key} ")]
    return "\n".join([*kept, line])


def test_a_file_sets_several_environments() -> None:
    production, sandbox = load(PRODUCTION + SANDBOX).environments
    assert (production.environment.name, sandbox.environment.name) == ("production", "sandbox")
    assert production.environment.looks_like_production
    assert not sandbox.environment.looks_like_production
    assert production.account.host == "https://kore.example"
    assert production.account.client_secret.get_secret_value() == SECRET
    assert production.calls_per_minute == 50
    assert sandbox.account.client_secret.get_secret_value() == f"{SECRET}-2"
    assert sandbox.environment.channels == {"C123", "G456"}
    assert sandbox.choices.model_dump() == {"voice_version": "v2", "paths": "consistent"}
    assert sandbox.calls_per_minute == 20
    assert sandbox.environment.policy.approval_for == {"create"}
    assert sandbox.environment.policy.approvers_channel == "C0APPROVE"
    assert sandbox.environment.grants.authors == ("U1",)
    assert sandbox.environment.rules.calling_hours.latest == time(20)
    assert sandbox.environment.rules.calling_hours.owner == "Compliance"


def test_environments_keep_the_order_of_the_file() -> None:
    names = [each.environment.name for each in load(SANDBOX + PRODUCTION).environments]
    assert names == ["sandbox", "production"]


def test_the_file_can_have_another_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "other.toml").write_text(PRODUCTION)
    monkeypatch.setenv(CONFIG, str(folder / "other.toml"))
    assert len(load_settings(None).environments) == 1


def test_a_file_whose_path_is_set_must_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONFIG, "none.toml")
    with pytest.raises(SettingsFault) as fault:
        load_settings(None)
    assert str(fault.value).startswith("none.toml: cannot be read: ")


def test_the_env_file_may_set_the_variable_of_a_secret(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PRODUCTION_SECRET")
    (folder / "campaign-bot.toml").write_text(PRODUCTION)
    (folder / ".env").write_text("PRODUCTION_SECRET=from-the-env-file\n")
    (only,) = load_settings().environments
    assert only.account.client_secret.get_secret_value() == "from-the-env-file"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (with_line("hots = 'x'"), "production.hots: extra inputs are not permitted"),
        (
            with_line("host = 'a b'"),
            (
                "production.host: value error, not the address of a host "
                "(Kore.ai's host, such as platform.kore.ai)"
            ),
        ),
        (
            with_line("voice_version = 'v3'"),
            (
                "production.voice_version: input should be 'auto', 'v1' or 'v2' "
                "(the API version for voice: auto takes v2 when a DNC list is given)"
            ),
        ),
        (
            with_line("calls_per_minute = 4"),
            (
                "production.calls_per_minute: input should be greater than or equal to 5 "
                "(the bot's share of Kore.ai's 60 requests a minute)"
            ),
        ),
        (
            with_line("channels = ['campaigns']"),
            (
                "production.channels.0: string should match pattern '^[CGD][A-Z0-9]{2,}$' "
                "(IDs of the Slack channels in which it is the one meant)"
            ),
        ),
        (
            with_line("production = 'perhaps'"),
            (
                "production.production: input should be a valid boolean, unable to interpret input "
                "(whether it is to look like production)"
            ),
        ),
        (
            with_line("policy = 1"),
            (
                "production.policy: input should be a valid dictionary or instance of Policy "
                "(what a second person must approve)"
            ),
        ),
        (
            with_line("client_secret_env = 'NOWHERE'"),
            (
                "production.client_secret_env: names the variable NOWHERE, which is not set "
                "(the variable that holds the JWT app's client secret)"
            ),
        ),
        (
            with_line("client_secret_file = 'sandbox.secret'"),
            (
                "production.client_secret_file: exactly one of client_secret_env and "
                "client_secret_file is needed (a file that holds the JWT app's client secret)"
            ),
        ),
        (
            SANDBOX.replace("sandbox.secret", "none.secret"),
            (
                "sandbox.client_secret_file: names none.secret, which cannot be read or is empty "
                "(a file that holds the JWT app's client secret)"
            ),
        ),
        (
            PRODUCTION.replace("client_secret_env", "client_secret"),
            (
                "production.client_secret: a secret must not stand in this file: name its variable "
                "in client_secret_env, or its own file in client_secret_file "
                "(the JWT app's client secret)"
            ),
        ),
        (
            PRODUCTION.replace("environments.production", "environments.Production"),
            "Production: string should match pattern '^[a-z][a-z0-9_-]{0,29}$'",
        ),
        (
            PRODUCTION
            + SANDBOX.replace("acc-2", "acc-1")
            .replace("st-2", "st-1")
            .replace("sandbox.kore", "kore"),
            ": production and sandbox are the same Kore.ai app",
        ),
        (
            with_line("channels = ['C123', 'C99']") + SANDBOX,
            ": production and sandbox are both meant in C123",
        ),
    ],
)
def test_a_fault_is_reported_with_its_key(text: str, told: str) -> None:
    place = "environments" if told.startswith(":") else "environments."
    assert faults(text) == [f"campaign-bot.toml, {place}{told}"]


@pytest.mark.parametrize("key", ["host", "stream_id", "account_id", "client_id"])
def test_a_missing_key_is_reported(key: str) -> None:
    (told,) = faults(PRODUCTION.replace(key, "#"))
    assert told.startswith(f"campaign-bot.toml, environments.production.{key}: is not set (")


def test_an_environment_must_say_where_its_secret_is() -> None:
    (told,) = faults(PRODUCTION.replace("client_secret_env", "#"))
    assert "exactly one of client_secret_env and client_secret_file is needed" in told


def test_a_file_without_environments_is_refused() -> None:
    (told,) = faults("[environment.production]\n")[:1]
    assert told == "campaign-bot.toml, environments: is not set"
    assert faults("")[0] == told


def test_a_file_that_is_not_toml_is_refused() -> None:
    (told,) = faults("environments")
    assert told.startswith("campaign-bot.toml: cannot be read: Expected '='")


def test_all_faults_in_the_file_and_variables_are_reported_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PORT", "many")
    monkeypatch.setenv("KORE_HOST", "kore.example")
    text = PRODUCTION.replace("host", "#") + SANDBOX.replace("consistent", "other")
    assert [line.split(":")[0] for line in faults(text)] == [
        "campaign-bot.toml, environments.production.host",
        "campaign-bot.toml, environments.sandbox.paths",
        "KORE_HOST",
        "PORT",
    ]


def test_variables_beside_a_file_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KORE_HOST", "kore.example")
    monkeypatch.setenv("KORE_CLIENT_SECRET", SECRET)
    assert faults(PRODUCTION) == [
        "KORE_CLIENT_SECRET: is set beside campaign-bot.toml; remove it, or the file",
        "KORE_HOST: is set beside campaign-bot.toml; remove it, or the file",
    ]


def test_a_secret_in_the_file_is_not_repeated() -> None:
    told = faults(PRODUCTION + 'client_secret = "pretend-but-wrong"\n')
    assert "pretend-but-wrong" not in str(told)


def test_the_secrets_are_never_shown() -> None:
    settings = load(PRODUCTION + SANDBOX)
    shown = f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert SECRET not in shown


def test_variables_set_one_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STREAM_ID", "ACCOUNT_ID", "CLIENT_ID", "CLIENT_SECRET"):
        monkeypatch.setenv(f"KORE_{name}", "x-1")
    monkeypatch.setenv("KORE_HOST", "kore.example")
    (only,) = load_settings(None).environments
    assert (only.environment.name, only.environment.looks_like_production) == ("production", True)
    monkeypatch.setenv("KORE_ENVIRONMENT", "sandbox")
    monkeypatch.setenv("KORE_PRODUCTION", "false")
    (only,) = load_settings(None).environments
    assert (only.environment.name, only.environment.looks_like_production) == ("sandbox", False)
