"""The settings of environments: one from variables KORE_*, or several from a TOML file."""

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.campaigns.environment import Environment, EnvironmentName
from bot.campaigns.policy import Policy
from bot.campaigns.review import Rules
from bot.campaigns.roles import Grants
from bot.campaigns.values import Frozen
from bot.kore import Account, BaseUrl, Choices, HeaderText

# More would not fit into a form's metadata.
ENVIRONMENTS_MAX = 20
ChannelId = Annotated[str, Field(pattern=r"^[CGD][A-Z0-9]{2,}$")]


class EnvironmentSettings(Frozen):
    """An environment with its Kore.ai account. `set_by` names each field's setting."""

    environment: Environment
    account: Account
    choices: Choices
    calls_per_minute: int
    set_by: dict[str, str]


class _Shared(BaseModel):
    """The settings of an environment common to variables and file."""

    host: BaseUrl = Field(description="Kore.ai's host, such as platform.kore.ai")
    stream_id: HeaderText = Field(description="the app's id (st-…) from its App Settings page")
    account_id: HeaderText = Field(description="the account's id")
    client_id: HeaderText = Field(description="the JWT app's client id (cs-…)")
    voice_version: Literal["auto", "v1", "v2"] = Field(
        "auto", description="the API version for voice: auto takes v2 when a DNC list is given"
    )
    paths: Literal["documented", "consistent"] = Field(
        "documented", description="which of Kore.ai's differing paths to ask first"
    )
    calls_per_minute: int = Field(
        50, ge=5, le=10_000, description="the bot's share of Kore.ai's 60 requests a minute"
    )
    production: bool = Field(True, description="whether it is to look like production")

    def _settings(
        self,
        name: str,
        secret: SecretStr,
        set_by: dict[str, str],
        **more: frozenset[str] | Grants | Policy | Rules,
    ) -> EnvironmentSettings:
        return EnvironmentSettings(
            environment=Environment.model_validate(
                {"name": name, "looks_like_production": self.production, **more}
            ),
            account=Account(
                host=self.host,
                stream_id=self.stream_id,
                account_id=self.account_id,
                client_id=self.client_id,
                client_secret=secret,
            ),
            choices=Choices(voice_version=self.voice_version, paths=self.paths),
            calls_per_minute=self.calls_per_minute,
            set_by=set_by,
        )


class KoreVariables(_Shared, BaseSettings):
    """The only environment, set by variables: KORE_ and the field's name."""

    model_config = SettingsConfigDict(
        env_prefix="KORE_", env_file=".env", extra="ignore", hide_input_in_errors=True
    )

    client_secret: Annotated[SecretStr, Field(min_length=1)] = Field(
        description="the JWT app's client secret"
    )
    environment: EnvironmentName = Field("production", description="what to call the environment")

    def settings(self) -> EnvironmentSettings:
        """Return the environment's settings."""
        set_by = {each: f"KORE_{each}".upper() for each in Account.model_fields}
        return self._settings(self.environment, self.client_secret, set_by)


def _from_variable(name: object, info: ValidationInfo) -> SecretStr:
    """Return the secret in a variable from the validation's context."""
    secret = str((info.context or {}).get(name) or "")
    if not secret:
        raise PydanticCustomError(
            "secret", "names the variable {name}, which is not set", {"name": str(name)}
        )
    return SecretStr(secret)


def _from_file(path: object) -> SecretStr:
    try:
        secret = Path(str(path)).read_text().strip()
    except (OSError, ValueError):
        secret = ""
    if not secret:
        raise PydanticCustomError(
            "secret", "names {path}, which cannot be read or is empty", {"path": str(path)}
        )
    return SecretStr(secret)


def _refused(_secret: object) -> None:
    raise PydanticCustomError(
        "secret",
        "a secret must not stand in this file: name its variable in client_secret_env, "
        "or its own file in client_secret_file",
    )


class EnvironmentTable(_Shared):
    """One table of the file. Secrets are read from their variable or file during validation."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    client_secret: Annotated[None, BeforeValidator(_refused)] = Field(
        None, description="the JWT app's client secret"
    )
    client_secret_env: Annotated[SecretStr, BeforeValidator(_from_variable)] | None = Field(
        None, description="the variable that holds the JWT app's client secret"
    )
    client_secret_file: Annotated[SecretStr, BeforeValidator(_from_file)] | None = Field(
        None, validate_default=True, description="a file that holds the JWT app's client secret"
    )
    channels: frozenset[ChannelId] = Field(
        frozenset(), description="IDs of the Slack channels in which it is the one meant"
    )
    policy: Policy = Field(Policy(), description="what a second person must approve")
    roles: Grants = Field(Grants(), description="who may do what")
    rules: Rules = Field(Rules(), description="the rules that reviews go by")

    @field_validator("client_secret_file")
    @classmethod
    def _has_one_secret(cls, file: SecretStr | None, others: ValidationInfo) -> SecretStr | None:
        """Report nothing if one of the other fields already has a fault."""
        known = others.data.keys() >= {"client_secret", "client_secret_env"}
        if known and (file is None) is (others.data["client_secret_env"] is None):
            raise PydanticCustomError(
                "one_secret", "exactly one of client_secret_env and client_secret_file is needed"
            )
        return file

    @property
    def app(self) -> tuple[str, str, str]:
        """Return what identifies the Kore.ai app."""
        return self.host, self.account_id, self.stream_id

    def settings(self, name: str) -> EnvironmentSettings:
        """Return the environment's settings under this name."""
        secret = self.client_secret_env or self.client_secret_file
        if secret is None:  # never, once validated
            raise TypeError(name)
        set_by = {each: f"environments.{name}.{each}" for each in Account.model_fields}
        return self._settings(
            name,
            secret,
            set_by,
            channels=self.channels,
            grants=self.roles,
            policy=self.policy,
            rules=self.rules,
        )


class EnvironmentsFile(BaseModel):
    """The whole file; its first table is the oldest environment."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    environments: Annotated[
        dict[EnvironmentName, EnvironmentTable],
        Field(min_length=1, max_length=ENVIRONMENTS_MAX, description="[environments.NAME] tables"),
    ]

    @field_validator("environments")
    @classmethod
    def _are_distinct(cls, tables: dict[str, EnvironmentTable]) -> dict[str, EnvironmentTable]:
        for (one, first), (other, second) in combinations(tables.items(), 2):
            both = {"one": one, "other": other}
            if first.app == second.app:
                raise PydanticCustomError("app", "{one} and {other} are the same Kore.ai app", both)
            if shared := first.channels & second.channels:
                raise PydanticCustomError(
                    "channel",
                    "{one} and {other} are both meant in {channel}",
                    both | {"channel": min(shared)},
                )
        return tables

    def settings(self) -> tuple[EnvironmentSettings, ...]:
        """Return the settings of the environments in order."""
        return tuple(table.settings(name) for name, table in self.environments.items())


def read_table(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        ValueError: it cannot be read; the message says why.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"cannot be read: {error}") from None
