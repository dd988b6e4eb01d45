"""The app's manifest, which says what people can do with the app.

https://docs.slack.dev/reference/app-manifest
"""

from enum import StrEnum
from pathlib import Path
from typing import Self

import yaml
from pydantic import AliasPath, BaseModel, ConfigDict, Field

_FROZEN = ConfigDict(frozen=True, populate_by_name=True)
_SANDBOX = Path(__file__).parents[1]
# In a clone it is at the root; in a wheel it is inside this package.
PLACES = (_SANDBOX.parent / "manifest.yml", _SANDBOX / "manifest.yml")


class SlashCommand(BaseModel):
    """A command such as "/campaign"; with `should_escape`, names in its text become ids."""

    model_config = _FROZEN

    command: str
    description: str
    usage_hint: str = ""
    should_escape: bool = False


class ShortcutType(StrEnum):
    """Where people find a shortcut: in Slack's own menu, or in the menu of each message."""

    GLOBAL = "global"
    MESSAGE = "message"


class Shortcut(BaseModel):
    """A shortcut; `name` is what people see."""

    model_config = _FROZEN

    name: str
    type: ShortcutType
    callback_id: str
    description: str


class Manifest(BaseModel):
    """The parts of a manifest that decide what Slack sends to the bot and what the bot may do."""

    model_config = _FROZEN

    name: str = Field("", validation_alias=AliasPath("display_information", "name"))
    description: str = Field("", validation_alias=AliasPath("display_information", "description"))
    long_description: str = Field(
        "", validation_alias=AliasPath("display_information", "long_description")
    )
    slash_commands: tuple[SlashCommand, ...] = Field(
        (), validation_alias=AliasPath("features", "slash_commands")
    )
    shortcuts: tuple[Shortcut, ...] = Field((), validation_alias=AliasPath("features", "shortcuts"))
    home_tab_enabled: bool = Field(
        False, validation_alias=AliasPath("features", "app_home", "home_tab_enabled")
    )
    messages_tab_enabled: bool = Field(
        True, validation_alias=AliasPath("features", "app_home", "messages_tab_enabled")
    )
    messages_tab_read_only: bool = Field(
        False, validation_alias=AliasPath("features", "app_home", "messages_tab_read_only_enabled")
    )
    bot_events: frozenset[str] = Field(
        frozenset(), validation_alias=AliasPath("settings", "event_subscriptions", "bot_events")
    )
    bot_scopes: frozenset[str] = Field(
        frozenset(), validation_alias=AliasPath("oauth_config", "scopes", "bot")
    )

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the manifest in a YAML file.

        Raises:
            ValueError: The file is not a manifest, or a part has the wrong shape.
        """
        return cls.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))

    def slash_command(self, name: str) -> SlashCommand | None:
        """Return the command with this name, which includes the "/"."""
        return next((each for each in self.slash_commands if each.command == name), None)

    def shortcuts_in(self, menu: ShortcutType) -> list[Shortcut]:
        """Return the shortcuts in one of the two menus, in order."""
        return [each for each in self.shortcuts if each.type is menu]

    def shortcut(self, menu: ShortcutType, callback_id: str) -> Shortcut:
        """Return one shortcut of a menu.

        Raises:
            LookupError: The shortcut is not in that menu.
        """
        found = self.shortcuts_in(menu)
        for each in found:
            if each.callback_id == callback_id:
                return each
        known = ", ".join(each.callback_id for each in found)
        raise LookupError(f"no {menu} shortcut {callback_id!r}; there are: {known or 'none'}")


def project_manifest() -> Manifest:
    """Return this project's manifest, from a clone or from an installed wheel.

    Raises:
        FileNotFoundError: There is no manifest in either place.
    """
    found = next((path for path in PLACES if path.exists()), None)
    if found is None:
        raise FileNotFoundError(f"no manifest.yml at {' or '.join(map(str, PLACES))}")
    return Manifest.read(found)
