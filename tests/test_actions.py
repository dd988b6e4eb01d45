"""Each action has a command, texts, a permission, and a way to request it."""

from dataclasses import fields
from typing import get_args

import pytest

from blocks.actions import WORDS
from bot.campaigns.actions import ACTIONS, Action
from bot.campaigns.base_command import BaseCommand
from bot.campaigns.commands import AnyCommand
from bot.campaigns.policy import APPROVABLE
from bot.campaigns.statuses import FITS
from handlers import COMMANDS, PRESSES

TYPES: tuple[type[BaseCommand], ...] = get_args(AnyCommand)


def test_every_action_is_in_both_tables() -> None:
    assert list(ACTIONS) == list(WORDS) == list(Action)


@pytest.mark.parametrize("action", Action)
def test_each_action_has_its_own_commands(action: Action) -> None:
    types = [each for each in TYPES if each.action is action]
    assert types
    assert all(each.model_fields["type"].default.startswith(action.value) for each in types)


@pytest.mark.parametrize("action", Action)
def test_each_action_has_all_the_texts_it_needs(action: Action) -> None:
    words, row = WORDS[action], ACTIONS[action]
    assert all([words.usages, words.wants, words.done])
    not_done = words.not_done
    unsaid = {each.name for each in fields(not_done) if not getattr(not_done, each.name)}
    # A look-up changes nothing, so its texts need not say what exists in Kore.ai.
    assert unsaid == (set() if row.audited else {"exists", "may_exist"})
    assert bool(words.heading) is bool(words.confirm) is row.audited
    # The card's button for a schedule has two names.
    assert bool(words.button) is (action in FITS and action is not Action.SCHEDULE)


@pytest.mark.parametrize("action", Action)
def test_only_audited_actions_can_need_approval(action: Action) -> None:
    row = ACTIONS[action]
    assert row.audited or not row.approvable
    assert row.permission in APPROVABLE or not row.approvable


@pytest.mark.parametrize("table", [COMMANDS, PRESSES], ids=["commands", "buttons"])
@pytest.mark.parametrize("action", Action)
def test_each_action_has_a_command_and_a_button(
    table: dict[str, tuple[object, object]], action: Action
) -> None:
    assert ACTIONS[action].permission in {needed for _, needed in table.values()}
