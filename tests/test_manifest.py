"""The app manifest matches what the code registers and calls."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from blocks import messages
from blocks.actions import USAGES
from blocks.fields import LookupField
from blocks.forms import FORMS
from blocks.ids import COMMAND, Button, Shortcut, View, opens
from bot.app import SLACK_PATH
from bot.campaigns.actions import ON_LISTS, Action
from bot.slack import SCOPES, Method
from handlers import COMMANDS, EARLIER_START, EVENTS, PRESSES, SUBMITS
from handlers.actions import ON_CAMPAIGN

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "manifest.yml").read_text()
MANIFEST: dict[str, Any] = yaml.safe_load(TEXT)
ADDRESS = f"https://YOUR-HOST{SLACK_PATH}"


@dataclass(frozen=True, slots=True)
class Text:
    """A text with between `least` and `most` characters."""

    least: int
    most: int


URL = Text(1, 3000)
# The keys that the app uses, by section, with their limits:
# docs.slack.dev/reference/app-manifest.
SCHEMA: dict[str, Any] = {
    "display_information": {
        "name": Text(1, 35),
        "description": Text(1, 140),
        "background_color": Text(4, 7),
        "long_description": Text(175, 4000),
    },
    "features": {
        "app_home": {
            "home_tab_enabled": bool,
            "messages_tab_enabled": bool,
            "messages_tab_read_only_enabled": bool,
        },
        "bot_user": {"display_name": Text(1, 80), "always_online": bool},
        "slash_commands": [
            {
                "command": Text(2, 32),
                "url": URL,
                "description": Text(1, 2000),
                "usage_hint": Text(1, 1000),
                "should_escape": bool,
            }
        ],
        "shortcuts": [
            {
                "name": Text(1, 24),
                "type": Text(1, 7),
                "callback_id": Text(1, 255),
                "description": Text(1, 150),
            }
        ],
    },
    "oauth_config": {"scopes": {"bot": [Text(1, 100)]}},
    "settings": {
        "event_subscriptions": {"request_url": URL, "bot_events": [Text(1, 100)]},
        "interactivity": {
            "is_enabled": bool,
            "request_url": URL,
            "message_menu_options_url": URL,
        },
        "org_deploy_enabled": bool,
        "socket_mode_enabled": bool,
        "token_rotation_enabled": bool,
    },
}


# The bot token scopes that each method needs: docs.slack.dev/reference/methods.
_HISTORY = {"channels:history", "groups:history", "im:history"}
NEEDED: dict[str, set[str]] = {
    "apps.connections.open": set(),
    "auth.test": set(),
    "chat.postMessage": {"chat:write", "chat:write.public"},
    "chat.update": {"chat:write"},
    "chat.getPermalink": set(),
    "conversations.history": _HISTORY,
    "conversations.open": {"im:write"},
    "conversations.replies": _HISTORY,
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "files.info": {"files:read"},
    "response_url": set(),
    "upload_url": set(),
    "url_private_download": set(),
    "usergroups.users.list": {"usergroups:read"},
    "users.info": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
    "views.push": set(),
    "views.update": set(),
}


def faults(found: object, schema: object, at: str = "") -> Iterator[str]:
    """Yield what Slack would refuse, each with its place."""
    match schema:
        case dict() if isinstance(found, Mapping):
            yield from (f"{at}/{key} is unknown here" for key in found.keys() - schema.keys())
            yield from (f"{at}/{key} is missing" for key in schema.keys() - found.keys())
            for key in found.keys() & schema.keys():
                yield from faults(found[key], schema[key], f"{at}/{key}")
        case [each] if isinstance(found, list):
            for place, item in enumerate(found):
                yield from faults(item, each, f"{at}/{place}")
        case Text() if isinstance(found, str):
            if not schema.least <= len(found) <= schema.most:
                yield f"{at} has {len(found)} characters"
        case type() if isinstance(found, schema):
            return
        case _:
            yield f"{at} is of another kind"


def test_every_key_is_in_its_section_and_within_slacks_limits() -> None:
    assert list(faults(MANIFEST, SCHEMA)) == []


@pytest.mark.parametrize(
    ("section", "change", "fault"),
    [
        ("settings", {"app_home": {}}, "/settings/app_home is unknown here"),
        ("display_information", {"name": "n" * 36}, "/display_information/name has 36 characters"),
        ("features", {"slash_commands": [{}]}, "/features/slash_commands/0/command is missing"),
        ("oauth_config", {"scopes": []}, "/oauth_config/scopes is of another kind"),
        (
            "settings",
            {"socket_mode_enabled": "no"},
            "/settings/socket_mode_enabled is of another kind",
        ),
    ],
)
def test_the_schema_check_finds_faults(section: str, change: dict[str, Any], fault: str) -> None:
    assert fault in list(faults(MANIFEST | {section: MANIFEST[section] | change}, SCHEMA))


def test_the_manifest_has_the_registered_command() -> None:
    (command,) = MANIFEST["features"]["slash_commands"]
    assert command["command"] == COMMAND
    assert command["url"] == ADDRESS
    assert command["should_escape"] is True


def test_the_hint_names_every_sub_command() -> None:
    (command,) = MANIFEST["features"]["slash_commands"]
    named, _, _ = command["usage_hint"].strip("[").partition("]")
    assert named.split(" | ") == list(USAGES)


def test_every_sub_command_has_a_usage_and_a_handler() -> None:
    assert COMMANDS.keys() - {""} == USAGES.keys()


def test_every_button_and_form_leads_to_a_handler() -> None:
    on_cards = {each.button for each in ON_CAMPAIGN.values()}
    assert PRESSES.keys() == {*Button, *Shortcut, *on_cards, *map(opens, ON_LISTS), EARLIER_START}
    assert SUBMITS.keys() == {*View, *ON_CAMPAIGN}
    assert FORMS.keys() <= SUBMITS.keys()


def test_slack_delivers_interactions_and_asks_for_options() -> None:
    assert any(
        isinstance(field, LookupField)
        for form in FORMS.values()
        for field in form.fields().values()
    )
    assert MANIFEST["settings"]["interactivity"] == {
        "is_enabled": True,
        "request_url": ADDRESS,
        "message_menu_options_url": ADDRESS,
    }


def test_each_shortcut_is_a_button_of_the_menu_or_has_its_own_name_and_needs_a_role() -> None:
    shortcuts = MANIFEST["features"]["shortcuts"]
    menu = {each.action_id for block in messages.menu().blocks for each in elements(block)}
    named = {each["callback_id"] for each in shortcuts}
    others = {
        Button.OPEN_IMPORT,
        Button.LIST,
        Button.CONTACT_LISTS,
        Button.SAVED_FORMS,
        Button.HELP,
    }
    assert named == {*menu, *Shortcut} - others
    assert all(PRESSES[each["callback_id"]][1] for each in shortcuts)


def test_only_the_shortcut_that_takes_a_text_is_on_messages() -> None:
    types = {each["callback_id"]: each["type"] for each in MANIFEST["features"]["shortcuts"]}
    assert types.pop(Shortcut.FROM_MESSAGE) == "message"
    assert set(types.values()) == {"global"}


def elements(block: Block) -> list[ButtonElement]:
    """Return the buttons of an actions block."""
    found = block.elements if isinstance(block, ActionsBlock) else []
    return [each for each in found if isinstance(each, ButtonElement)]


def test_each_shortcut_is_named_like_its_form() -> None:
    # These are rare, and Slack shows an app's shortcuts among those of all others.
    rare = {*ON_LISTS, Action.EDIT, Action.IMPORT}
    unlisted = {form for form in FORMS.values() if form.action in rare}
    titles = {form.title for form in FORMS.values() if form not in unlisted}
    shortcuts = MANIFEST["features"]["shortcuts"]
    named = {each["name"] for each in shortcuts if each["callback_id"] not in {*Shortcut}}
    assert named == titles


def test_the_app_subscribes_to_the_events_with_a_handler() -> None:
    subscribed = MANIFEST["settings"]["event_subscriptions"]
    assert subscribed["bot_events"] == list(EVENTS)
    assert subscribed["request_url"] == ADDRESS


def test_the_home_and_messages_tabs_are_enabled() -> None:
    assert MANIFEST["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": True,
    }


def test_the_scopes_of_every_called_method_are_known() -> None:
    assert {each.value.name: each.value.scopes for each in Method} == NEEDED


def test_the_app_asks_for_exactly_the_scopes_it_needs() -> None:
    needed = {"commands"}.union(*NEEDED.values())
    asked = MANIFEST["oauth_config"]["scopes"]["bot"]
    assert needed == SCOPES
    assert sorted(needed) == asked


def test_the_manifest_explains_how_to_use_socket_mode() -> None:
    assert MANIFEST["settings"]["socket_mode_enabled"] is False
    assert "`socket_mode_enabled: true`" in TEXT
    assert "connections:write" in TEXT
    assert TEXT.count(ADDRESS) == 4
    assert "the four lines with YOUR-HOST" in TEXT
