"""Contact lists can be seen by everybody with a role, and changed by authors alone."""

import pytest

from blocks.ids import View, opens
from bot.campaigns.actions import Action
from bot.campaigns.roles import Grants
from sandbox.slack import OutcomeKind
from tests.flows.conftest import Author
from tests.flows.forging import check_no_effect, press_in
from tests.flows.listing import (
    DELETE,
    NEW,
    RENAME,
    add_list,
    named,
    opened_form,
    shown,
)
from tests.flows.office import opened

pytestmark = pytest.mark.usefixtures("lists")


@pytest.mark.parametrize("action", [Action.RENAME_LIST, Action.DELETE_LIST, Action.ADD_CONTACTS])
async def test_without_the_role_a_list_can_be_seen_but_not_changed(
    ana: Author, action: Action
) -> None:
    name = ana.world.name("Closed")
    made = add_list(ana.world, name)
    with opened(ana.world) as office:
        office.set(office.grants(), office.world.services.environments.first.policy)
        tom = Author(ana.world)
        tom.person = office.tom
        view = await shown(tom, name)
        assert view.buttons == []
        await tom.person.command("/campaign lists")
        assert "New contact list" not in tom.person.messages()[-1].buttons
        value = f"production/{made.id} {name}"
        await check_no_effect(
            ana.world, tom.person, press_in(tom.person, view, opens(action), value)
        )
        await tom.person.wait_modal(containing="You may not change contact lists here")
        office.world.slack.state.views.clear(tom.person.user.id)


@pytest.mark.parametrize("view", [View.CREATE_LIST, View.RENAME_LIST, View.DELETE_LIST])
async def test_a_role_that_is_lost_before_the_submission_counts(ana: Author, view: View) -> None:
    name = ana.world.name("Lost role")
    made = add_list(ana.world, name)
    commands = {
        View.CREATE_LIST: (f"/campaign new-list {name} 2", NEW, {"Description": "Mine"}),
        View.RENAME_LIST: (f"/campaign rename-list {name}", RENAME, {"New name": "Mine"}),
        View.DELETE_LIST: (f"/campaign delete-list {name}", DELETE, {"Type its name": name}),
    }
    command, title, answers = commands[view]
    form = await opened_form(ana, command, title)
    await form.fill(answers)
    review = await ana.review(form, {})
    with opened(ana.world) as office:
        office.set(Grants(admins=("U0ELSEWHERE",)), office.world.services.environments.first.policy)
        assert (await review.submit()).kind is OutcomeKind.PUSHED
        assert "You may not change contact lists here" in ana.person.modal().text  # type: ignore[union-attr] # just pushed
    await ana.world.idle()
    assert made.name == name
    assert named(ana.world, name) == [made]
