"""Settings: where they come from, how mistakes are reported, and that secrets are not shown."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.environments import KoreVariables
from bot.settings import CONFIG, Settings, SettingsFault, load_settings

GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1111-pretend-bot",
    "SLACK_SIGNING_SECRET": "pretend-signing-secret",
    "KORE_HOST": "https://kore.example",
    "KORE_STREAM_ID": "st-1",
    "KORE_ACCOUNT_ID": "acc-1",
    "KORE_CLIENT_ID": "cs-1",
    "KORE_CLIENT_SECRET": "pretend-client-secret",
}
SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-1111-pretend-bot",
    "SLACK_SIGNING_SECRET": "pretend-signing-secret",
    "SLACK_APP_TOKEN": "xapp-1-pretend-app",
    "KORE_CLIENT_SECRET": "pretend-client-secret",
}
REQUIRED = GOOD.keys() - {"SLACK_SIGNING_SECRET"}
DESCRIPTIONS = {
    name.upper(): field.description for name, field in Settings.model_fields.items()
} | {
    f"KORE_{name}".upper(): field.description for name, field in KoreVariables.model_fields.items()
}


@pytest.fixture(autouse=True)
def _nothing_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = {*DESCRIPTIONS, CONFIG}
    for variable in [name for name in os.environ if name.upper() in names]:
        monkeypatch.delenv(variable)


@pytest.fixture
def good(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Set all variables that the bot needs to start; a test changes some of them."""
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def host(settings: Settings) -> str:
    return settings.environments[0].account.host


def faults() -> dict[str, str]:
    """Return the error of each variable."""
    with pytest.raises(SettingsFault) as fault:
        load_settings(None)
    return dict(line.split(": ", 1) for line in str(fault.value).splitlines())


@pytest.mark.usefixtures("good")
def test_defaults() -> None:
    settings = load_settings(None)
    assert settings.model_dump(exclude={"environments", *(name.lower() for name in GOOD)}) == {
        "slack_app_token": None,
        "slack_api_url": "https://slack.com/api/",
        "database_url": SecretStr("sqlite:///campaign-bot.sqlite"),
        "default_region": None,
        "executor_id": None,
        "executor_lease_seconds": 90,
        "host": "127.0.0.1",
        "port": 3000,
        "log_level": "INFO",
        "log_format": "console",
    }
    (only,) = settings.environments
    assert only.choices.model_dump() == {"voice_version": "auto", "paths": "documented"}
    assert only.calls_per_minute == 50


@pytest.mark.usefixtures("good")
def test_variables_are_read() -> None:
    settings = load_settings(None)
    assert settings.slack_bot_token.get_secret_value() == GOOD["SLACK_BOT_TOKEN"]
    (only,) = settings.environments
    assert only.account.client_secret.get_secret_value() == GOOD["KORE_CLIENT_SECRET"]
    assert (only.account.host, only.account.stream_id) == ("https://kore.example", "st-1")


def test_all_missing_variables_are_reported_at_once() -> None:
    told = faults()
    assert told.keys() >= REQUIRED
    for name in REQUIRED:
        assert told[name] == f"is not set ({DESCRIPTIONS[name]})"


def test_a_missing_signing_secret_is_reported_with_the_other_faults() -> None:
    with pytest.raises(SettingsFault) as fault:
        load_settings(None)
    assert "SLACK_SIGNING_SECRET" in str(fault.value)


def test_a_signing_secret_or_an_app_token_is_needed(good: pytest.MonkeyPatch) -> None:
    good.delenv("SLACK_SIGNING_SECRET")
    with pytest.raises(SettingsFault) as fault:
        load_settings(None)
    assert "SLACK_SIGNING_SECRET: is not set, nor SLACK_APP_TOKEN for Socket Mode" in str(
        fault.value
    )
    good.setenv("SLACK_APP_TOKEN", "xapp-1-pretend-app")
    assert load_settings(None).slack_signing_secret is None


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1111-of-a-user", "must begin with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-1111-pretend-bot", "must begin with xapp-"),
        ("SLACK_SIGNING_SECRET", "", "should have at least 1 item"),
        ("KORE_HOST", "", "value error, not the address of a host"),
        ("KORE_CLIENT_SECRET", "", "should have at least 1 item"),
        ("KORE_VOICE_VERSION", "v3", "input should be 'auto', 'v1' or 'v2'"),
        ("KORE_PATHS", "other", "input should be 'documented' or 'consistent'"),
        ("DATABASE_URL", "mysql://localhost/bot", "must begin with sqlite:/// or postgresql://"),
        ("DEFAULT_REGION", "UK", "must be a country's two letters, such as US or GB"),
        (
            "EXECUTOR_LEASE_SECONDS",
            "59",
            "must be at least 60, longer than a call to Kore.ai",
        ),
        ("PORT", "-1", "input should be greater than or equal to 0"),
        ("PORT", "65536", "input should be less than or equal to 65535"),
        ("PORT", "http", "input should be a valid integer"),
        ("LOG_LEVEL", "LOUD", "input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("LOG_FORMAT", "xml", "input should be 'console' or 'json'"),
    ],
)
def test_a_fault_is_reported_with_its_variable(
    good: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    good.setenv(name, value)
    told = faults()
    assert list(told) == [name]
    assert sentence in told[name]


def test_several_faults_are_reported_at_once(good: pytest.MonkeyPatch) -> None:
    good.setenv("PORT", "http")
    good.setenv("SLACK_BOT_TOKEN", "nonsense")
    good.delenv("KORE_HOST")
    assert faults().keys() == {"PORT", "SLACK_BOT_TOKEN", "KORE_HOST"}


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_never_shown(good: pytest.MonkeyPatch, name: str) -> None:
    good.setenv(name, SECRETS[name])
    settings = load_settings(None)
    shown = f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert SECRETS[name] not in shown


def test_the_databases_password_is_never_shown(good: pytest.MonkeyPatch) -> None:
    good.setenv("DATABASE_URL", "postgresql://bot:pretend-password@db.example/bot")
    good.setenv("EXECUTOR_ID", "bot-1")
    settings = load_settings(None)
    assert "pretend-password" not in f"{settings} {settings!r}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "pretend-but-wrong"),
        ("SLACK_APP_TOKEN", "pretend-but-wrong"),
        ("DATABASE_URL", "mysql://bot:pretend-but-wrong@db.example/bot"),
    ],
)
def test_a_fault_never_repeats_the_value(good: pytest.MonkeyPatch, name: str, value: str) -> None:
    good.setenv(name, value)
    with pytest.raises(SettingsFault) as fault:
        load_settings(None)
    assert "pretend-but-wrong" not in f"{fault.value} {fault.value!r}"
    assert fault.value.__suppress_context__


def env_file(folder: Path, values: dict[str, str]) -> Path:
    path = folder / "some.env"
    path.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    return path


def test_an_env_file_is_read(tmp_path: Path) -> None:
    path = env_file(tmp_path, GOOD | {"PORT": "8080", "OF_SOMETHING_ELSE": "1"})
    settings = load_settings(path)
    assert (settings.port, host(settings)) == (8080, "https://kore.example")


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "9090")
    settings = load_settings(env_file(tmp_path, GOOD | {"PORT": "8080"}))
    assert settings.port == 9090


def test_the_env_file_in_the_working_folder_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file(tmp_path, GOOD).rename(tmp_path / ".env")
    monkeypatch.chdir(tmp_path)
    assert host(load_settings()) == "https://kore.example"


@pytest.mark.usefixtures("good")
def test_a_missing_env_file_is_not_an_error(tmp_path: Path) -> None:
    assert host(load_settings(tmp_path / "none.env")) == "https://kore.example"


def test_a_process_on_postgresql_needs_an_executor_id(good: pytest.MonkeyPatch) -> None:
    good.setenv("DATABASE_URL", "postgresql://bot@127.0.0.1/bot")
    assert faults()["EXECUTOR_ID"].startswith("is not set, and is needed with PostgreSQL")
    good.setenv("EXECUTOR_ID", "bot-1")
    assert load_settings(None).executor_id == "bot-1"
