"""All settings of the operator: variables, a `.env` file, and a file of environments."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
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

from bot.campaigns.regions import Region
from bot.environments import (
    EnvironmentSettings,
    EnvironmentsFile,
    EnvironmentTable,
    KoreVariables,
    read_table,
)
from bot.kore import LONGEST_CALL_SECONDS

SLACK_API_URL = "https://slack.com/api/"
# The variable that names the file of environments, and the file's default name.
CONFIG = "CAMPAIGN_BOT_CONFIG"
CONFIG_FILE = "campaign-bot.toml"
SHORTEST_LEASE_SECONDS = int(LONGEST_CALL_SECONDS) + 15
_KORE_VARIABLES = {f"KORE_{name}".upper() for name in KoreVariables.model_fields}


class SettingsFault(Exception):
    """The settings prevent the bot from starting. The message has one line per fault."""


def _with_prefix(prefix: str) -> AfterValidator:
    """Require a secret to begin with `prefix`; the error never repeats the secret."""

    def check(secret: SecretStr) -> SecretStr:
        if not secret.get_secret_value().startswith(prefix):
            raise PydanticCustomError("prefix", "must begin with {prefix}", {"prefix": prefix})
        return secret

    return AfterValidator(check)


def _database(url: SecretStr) -> SecretStr:
    """Validate the URL, which is treated as a secret because it may contain a password."""
    if not url.get_secret_value().startswith(("sqlite:///", "postgresql://")):
        raise PydanticCustomError("database", "must begin with sqlite:/// or postgresql://")
    return url


Text = Annotated[str, Field(min_length=1)]
Secret = Annotated[SecretStr, Field(min_length=1)]


class DatabaseSettings(BaseSettings):
    """The settings for commands that only need the database."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)

    database_url: Annotated[SecretStr, AfterValidator(_database)] = Field(
        SecretStr("sqlite:///campaign-bot.sqlite"),
        description="a SQLite file or a PostgreSQL database",
    )


class Settings(DatabaseSettings):
    """The bot's settings. Each variable is the field's name in capitals."""

    slack_bot_token: Annotated[SecretStr, _with_prefix("xoxb-")] = Field(
        description="the bot token from OAuth & Permissions"
    )
    slack_app_token: Annotated[SecretStr, _with_prefix("xapp-")] | None = Field(
        None, description="an app-level token with connections:write; turns Socket Mode on"
    )
    slack_signing_secret: Secret | None = Field(
        None,
        validate_default=True,
        description="the signing secret from Basic Information; Socket Mode needs none",
    )
    slack_api_url: Text = Field(SLACK_API_URL, description="Slack's Web API")
    environments: tuple[EnvironmentSettings, ...] = Field(
        min_length=1, description="where campaigns are made, the oldest first"
    )
    default_region: Region | None = Field(
        None, description="the country of numbers without a country code, such as US"
    )
    executor_id: Text | None = Field(
        None,
        validate_default=True,
        description="a name for this process, its own among all and the same after a restart",
    )
    executor_lease_seconds: int = Field(
        90, description="how long a process may be silent before others take its work over"
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
            # Two processes of the same name would both carry out the same work.
            raise PydanticCustomError("executor", "is not set, and is needed with PostgreSQL")
        return name

    @field_validator("executor_lease_seconds")
    @classmethod
    def _is_longer_than_a_call(cls, seconds: int) -> int:
        # A process sends only what surely ends within its lease, and must have time to renew it.
        if seconds < SHORTEST_LEASE_SECONDS:
            told = "must be at least {least}, longer than a call to Kore.ai"
            raise PydanticCustomError("lease", told, {"least": SHORTEST_LEASE_SECONDS})
        return seconds

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
    """Load the settings from the environment, `env_file` and the file of environments.

    Raises:
        SettingsFault: it lists every fault with its remedy.
    """
    environments, faults = _environments(env_file)
    try:
        return Settings(_env_file=env_file, environments=environments)
    except ValidationError as error:
        others = [each for each in error.errors() if each["loc"][0] != "environments"]
        faults += [_fault_line(Settings, each) for each in others]
    raise SettingsFault("\n".join(faults)) from None


def load_database_url(env_file: Path | None = Path(".env")) -> str:
    """Load only DATABASE_URL, regardless of other settings.

    Raises:
        SettingsFault: it is invalid.
    """
    try:
        return DatabaseSettings(_env_file=env_file).database_url.get_secret_value()
    except ValidationError as error:
        lines = [_fault_line(DatabaseSettings, fault) for fault in error.errors()]
        raise SettingsFault("\n".join(lines)) from None


def _environments(env_file: Path | None) -> tuple[tuple[EnvironmentSettings, ...], list[str]]:
    """Return the environments from variables or the file, and the faults; none if faulty."""
    variables = _variables(env_file)
    named = variables.get(CONFIG)
    path = Path(named or CONFIG_FILE)
    if not (named or path.exists()):
        return _from_variables(env_file)
    found, faults = _from_file(path, variables)
    beside = sorted(variables.keys() & _KORE_VARIABLES)
    faults += [f"{name}: is set beside {path}; remove it, or the file" for name in beside]
    return (() if faults else found), faults


def _from_variables(env_file: Path | None) -> tuple[tuple[EnvironmentSettings, ...], list[str]]:
    try:
        return (KoreVariables(_env_file=env_file).settings(),), []
    except ValidationError as error:
        return (), [_fault_line(KoreVariables, fault) for fault in error.errors()]


def _from_file(
    path: Path, variables: Mapping[str, str]
) -> tuple[tuple[EnvironmentSettings, ...], list[str]]:
    try:
        file = EnvironmentsFile.model_validate(read_table(path), context=variables)
    except ValidationError as error:
        return (), [f"{path}, {_table_fault_line(fault)}" for fault in error.errors()]
    except ValueError as error:
        return (), [f"{path}: {error}"]
    return file.settings(), []


def _variables(env_file: Path | None) -> dict[str, str]:
    """Return every nonempty variable; the environment takes precedence over the file."""
    in_file = dotenv_values(env_file) if env_file else {}
    return {name: value for name, value in (in_file | dict(os.environ)).items() if value}


def _fault_line(kind: type[BaseSettings], fault: ErrorDetails) -> str:
    name = str(fault["loc"][0])
    description = kind.model_fields[name].description
    variable = f"{kind.model_config['env_prefix']}{name}".upper()
    return f"{variable}: {_what(fault)} ({description})"


def _table_fault_line(fault: ErrorDetails) -> str:
    """Describe a fault by its key, such as `environments.sandbox.host`."""
    keys = [str(key) for key in fault["loc"] if key != "[key]"]
    fields = EnvironmentTable.model_fields
    known = fields.get(keys[2]) if len(keys) > len(("environments", "name")) else None
    meaning = f" ({known.description})" if known else ""
    return f"{'.'.join(keys)}: {_what(fault)}{meaning}"


def _what(fault: ErrorDetails) -> str:
    if fault["type"] == "missing":
        return "is not set"
    return fault["msg"][0].lower() + fault["msg"][1:]
