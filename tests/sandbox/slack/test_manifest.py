"""Reading the manifest, and finding its file."""

import tomllib
from pathlib import Path

import pytest
import yaml

from sandbox.slack import Manifest, ShortcutType, project_manifest
from sandbox.slack import manifest as module

ROOT = Path(__file__).parents[3]
TEXT = """
display_information:
  name: Campaign bot
features:
  app_home:
    home_tab_enabled: true
    messages_tab_enabled: true
    messages_tab_read_only_enabled: true
  slash_commands:
    - command: /campaign
      url: https://example.com/slack/events
      description: Campaigns
      usage_hint: "[sms | voice]"
      should_escape: true
  shortcuts:
    - {name: New campaign, type: global, callback_id: new, description: Create one}
    - {name: Use these words, type: message, callback_id: use, description: In a campaign}
oauth_config:
  scopes:
    bot: [commands, chat:write]
settings:
  event_subscriptions:
    bot_events: [app_home_opened]
"""


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    path = tmp_path / "manifest.yml"
    path.write_text(TEXT)
    return Manifest.read(path)


def test_a_manifest_is_read_from_its_file(manifest: Manifest) -> None:
    (command,) = manifest.slash_commands
    assert command.description == "Campaigns"
    assert command.usage_hint == "[sms | voice]"
    assert command.should_escape
    assert manifest.slash_command("/campaign") == command
    assert manifest.slash_command("/other") is None
    assert manifest.home_tab_enabled
    assert manifest.messages_tab_enabled
    assert manifest.messages_tab_read_only
    assert manifest.bot_events == {"app_home_opened"}
    assert manifest.bot_scopes == {"commands", "chat:write"}


def test_each_menu_has_its_own_shortcuts(manifest: Manifest) -> None:
    assert [each.name for each in manifest.shortcuts_in(ShortcutType.GLOBAL)] == ["New campaign"]
    assert manifest.shortcut(ShortcutType.MESSAGE, "use").name == "Use these words"
    with pytest.raises(LookupError, match="no message shortcut 'new'; there are: use"):
        manifest.shortcut(ShortcutType.MESSAGE, "new")


def test_missing_features_are_off() -> None:
    bare = Manifest.model_validate({"features": {"bot_user": {"display_name": "bot"}}})
    assert (bare.slash_commands, bare.shortcuts) == ((), ())
    assert (bare.bot_events, bare.bot_scopes) == (frozenset(), frozenset())
    assert not bare.home_tab_enabled
    with pytest.raises(LookupError, match="there are: none"):
        bare.shortcut(ShortcutType.GLOBAL, "new")


@pytest.mark.parametrize("text", ["", "- a list", "features: {slash_commands: [{url: no}]}"])
def test_an_invalid_manifest_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text(text)
    with pytest.raises(ValueError, match="validation error"):
        Manifest.read(path)


def test_the_project_manifest_is_read_from_the_repository() -> None:
    written = yaml.safe_load((ROOT / "manifest.yml").read_text())
    read = project_manifest()
    assert sorted(read.bot_scopes) == written["oauth_config"]["scopes"]["bot"]
    assert [each.command for each in read.slash_commands] == ["/campaign"]


def test_a_wheel_has_the_manifest_in_the_second_place_of_the_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    carried = wheel["targets"]["wheel"]["force-include"]["manifest.yml"]
    assert (ROOT / "manifest.yml", ROOT / carried) == module.PLACES
    places = (tmp_path / "none.yml", tmp_path / "second.yml")
    monkeypatch.setattr(module, "PLACES", places)
    with pytest.raises(FileNotFoundError, match=r"none\.yml or .*second\.yml"):
        project_manifest()
    places[1].write_text(TEXT)
    assert project_manifest().slash_command("/campaign")


def test_a_manifest_can_be_built_with_keywords(manifest: Manifest) -> None:
    built = Manifest(
        name=manifest.name,
        description=manifest.description,
        long_description=manifest.long_description,
        slash_commands=manifest.slash_commands,
        shortcuts=manifest.shortcuts,
        home_tab_enabled=True,
        messages_tab_read_only=True,
        bot_events=frozenset({"app_home_opened"}),
        bot_scopes=frozenset({"chat:write", "commands"}),
    )
    assert built == manifest
