"""Everything an operator can set, from the environment or a `.env` file."""

from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.kore.account import BaseUrl, HeaderText

SLACK_API_URL = "https://slack.com/api/"


Loaded = TypeVar("Loaded", bound=BaseSettings)


class SettingsFault(Exception):
    """The settings do not let the bot start. Its text has one line for each fault."""


def _begins(prefix: str) -> AfterValidator:
    """A secret that must begin so; the refusal never repeats it."""

    def check(secret: SecretStr) -> SecretStr:
        if not secret.get_secret_value().startswith(prefix):
            raise PydanticCustomError("prefix", "must begin with {prefix}", {"prefix": prefix})
        return secret

    return AfterValidator(check)


def _database(url: SecretStr) -> SecretStr:
    """The URL; it is kept like a secret, as it may hold a password."""
    if not url.get_secret_value().startswith(("sqlite:///", "postgresql://")):
        raise PydanticCustomError("database", "must begin with sqlite:/// or postgresql://")
    return url


Text = Annotated[str, Field(min_length=1)]
Secret = Annotated[SecretStr, Field(min_length=1)]


class DatabaseSettings(BaseSettings):
    """What the commands need that only read or copy the database."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)

    database_url: Annotated[SecretStr, AfterValidator(_database)] = Field(
        SecretStr("sqlite:///campaign-bot.sqlite"),
        description="a SQLite file or a PostgreSQL database",
    )


class Settings(DatabaseSettings):
    """The bot's settings. Each field's name in capitals is the variable to set."""

    slack_bot_token: Annotated[SecretStr, _begins("xoxb-")] = Field(
        description="the bot token from OAuth & Permissions"
    )
    slack_app_token: Annotated[SecretStr, _begins("xapp-")] | None = Field(
        None, description="an app-level token with connections:write; turns Socket Mode on"
    )
    slack_signing_secret: Secret | None = Field(
        None,
        validate_default=True,
        description="the signing secret from Basic Information; Socket Mode needs none",
    )
    slack_api_url: Text = Field(SLACK_API_URL, description="Slack's Web API")
    kore_host: BaseUrl = Field(description="Kore.ai's host, such as platform.kore.ai")
    kore_stream_id: HeaderText = Field(description="the app's id (st-…) from its App Settings page")
    kore_account_id: HeaderText = Field(description="the account's id")
    kore_client_id: HeaderText = Field(description="the JWT app's client id (cs-…)")
    kore_client_secret: Secret = Field(description="the JWT app's client secret")
    kore_voice_version: Literal["auto", "v1", "v2"] = Field(
        "auto", description="the API version for voice: auto takes v2 when a DNC list is given"
    )
    kore_paths: Literal["documented", "consistent"] = Field(
        "documented", description="which of Kore.ai's differing paths to ask first"
    )
    kore_calls_per_minute: int = Field(
        50, ge=5, le=10_000, description="the bot's share of Kore.ai's 60 requests a minute"
    )
    executor_id: Text | None = Field(
        None,
        validate_default=True,
        description="a name for this process, its own among all and the same after a restart",
    )
    executor_lease_seconds: int = Field(
        90, ge=2, description="how long a process may be silent before others take its work over"
    )
    host: Text = Field("127.0.0.1", description="the address to listen on")
    port: int = Field(3000, ge=0, le=65535, description="the port to listen on")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="how much")
    log_format: Literal["console", "json"] = Field("console", description="for people or machines")

    @field_validator("executor_id")
    @classmethod
    def _has_its_own_name(cls, name: str | None, others: ValidationInfo) -> str | None:
        url = others.data.get("database_url")
        if name is None and url and url.get_secret_value().startswith("postgresql"):
            # Two processes of one name would carry out each other's work: each thing twice.
            raise PydanticCustomError("executor", "is not set, and is needed with PostgreSQL")
        return name

    @field_validator("slack_signing_secret")
    @classmethod
    def _can_trust_requests(
        cls, secret: SecretStr | None, others: ValidationInfo
    ) -> SecretStr | None:
        if secret is None and others.data.get("slack_app_token") is None:
            raise PydanticCustomError(
                "transport", "is not set, nor SLACK_APP_TOKEN for Socket Mode"
            )
        return secret


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """The settings as the environment and `env_file` give them.

    Raises:
        SettingsFault: with every fault at once, each beside the variable that mends it.
    """
    return _load(Settings, env_file)


def load_database_url(env_file: Path | None = Path(".env")) -> str:
    """The one setting DATABASE_URL, whether or not the others are there.

    Raises:
        SettingsFault: it is not one.
    """
    return _load(DatabaseSettings, env_file).database_url.get_secret_value()


def _load(kind: type[Loaded], env_file: Path | None) -> Loaded:
    try:
        return kind(_env_file=env_file)
    except ValidationError as error:
        raise SettingsFault("\n".join(_fault_line(fault) for fault in error.errors())) from None


def _fault_line(fault: ErrorDetails) -> str:
    name = str(fault["loc"][0])
    what = (
        "is not set" if fault["type"] == "missing" else fault["msg"][0].lower() + fault["msg"][1:]
    )
    return f"{name.upper()}: {what} ({Settings.model_fields[name].description})"
