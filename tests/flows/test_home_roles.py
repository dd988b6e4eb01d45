"""App Home shows each person what they may see, and lets them do what they may do."""

import contextlib
from collections.abc import Iterator

import pytest

from blocks.ids import Button
from bot.campaigns.environment import Environment
from bot.campaigns.policy import Policy
from bot.campaigns.roles import Grants
from sandbox.slack import Message, Person, View
from tests.flows.conftest import Author
from tests.flows.forging import check_no_effect, press_in
from tests.flows.homes import asked_for, opened_home, own
from tests.flows.office import Office, opened
from tests.world import World

ANNEX = "annex"
EVERYBODY = Grants(authors=("everyone",))
NOBODY = Grants(admins=("U0ELSEWHERE",))


@pytest.fixture
def office(world: World) -> Iterator[Office]:
    with opened(world) as made:
        yield made


async def test_two_people_see_what_each_asked_for(office: Office) -> None:
    hers, his = office.world.name("Hers"), office.world.name("His")
    await asked_for(office.ana, office.world, hers)
    await asked_for(office.ravi, office.world, his)
    assert his not in own(await opened_home(office.ana, hers))
    assert hers not in own(await opened_home(office.ravi, his))


async def waiting(office: Office, name: str) -> Message:
    """Submit a campaign as Ana, and return its card once the bot has informed her."""
    card = await office.asked(name)
    await office.ana.wait_message(containing=name, also="needs approval")
    return card


async def test_approvers_see_the_requests_that_wait(office: Office) -> None:
    name = office.world.name()
    policy = office.world.services.environments.first.policy
    approvers = (office.ana.user.id, office.zoe.user.id)
    office.set(Grants(authors=("everyone",), approvers=approvers), policy)
    card = await waiting(office, name)
    home = await opened_home(office.zoe, f"*“{name}”*")
    asks = f"<@{office.ana.user.id}> wants to create this campaign"
    assert f"{asks}. Answer in <#{office.channel.id}>, until <!date^" in home.text
    # Ana asked for it, and Ravi may only author.
    for person in (office.ana, office.ravi):
        assert name not in own(await opened_home(person, "Help"))
    await office.zoe.click(card, "Approve")
    await Author(office.world).card(name, "Created by")
    assert name not in own(await opened_home(office.zoe, "Help"))


async def test_members_of_an_approver_group_see_them_too(office: Office) -> None:
    name = office.world.name()
    await office.world.services.access.refresh(now=True)
    await waiting(office, name)
    await opened_home(office.zoe, f"*“{name}”*")


async def test_a_person_without_a_role_sees_no_buttons(office: Office) -> None:
    office.set(office.grants(viewers=()), Policy())
    home = await opened_home(office.tom, "You have no role here, so there is nothing to show.")
    assert home.buttons == []
    assert f"Ask <@{office.ana.user.id}> or <@{office.ravi.user.id}>" in home.text


async def test_a_role_from_a_channel_does_not_count_on_the_tab(office: Office) -> None:
    channel = office.world.slack.workspace.channel_named("campaigns").id
    office.set(Grants(authors=(channel,)), Policy())
    await opened_home(
        office.ana, f"You have no role here, so there is nothing to show. Ask in <#{channel}>"
    )


# Buttons on the tab, and in the modals that it opens.
PRESSED = [
    Button.OPEN_SMS,
    Button.OPEN_VOICE,
    Button.OPEN_IMPORT,
    Button.NEW_SCHEDULE,
    Button.LIST,
    Button.SHOW_STATUS,
]


@pytest.mark.parametrize("action", PRESSED)
async def test_a_press_without_a_role_is_refused(office: Office, action: Button) -> None:
    """Ana lost her role. Tom never had one, and forges a press on a button he cannot see."""
    seen = await asked_for(office.ana, office.world, office.world.name())
    office.set(office.grants(viewers=()), Policy())
    homes = [await opened_home(person, "") for person in (office.tom, office.ana)]
    office.set(NOBODY, Policy())
    for person, home in zip((office.tom, office.ana), homes, strict=True):
        await check_no_effect(office.world, person, refused(person, home, action, seen.id))
        assert "You have no role here" in home.text


async def refused(person: Person, view: View, action: Button, value: str) -> None:
    await press_in(person, view, action, value)
    notice = await person.wait_modal("Campaigns", containing="You may not")
    assert notice.buttons == []
    await notice.close()


@pytest.mark.parametrize("action", [Button.LIST_PREVIOUS, Button.LIST_NEXT, Button.SHOW_STATUS])
async def test_a_press_in_a_list_is_refused_after_the_role_is_lost(
    office: Office, action: Button
) -> None:
    seen = await asked_for(office.ana, office.world, office.world.name())
    await (await opened_home(office.ana, seen.name)).click("List")
    page = await office.ana.wait_modal("Campaigns", containing=seen.name)
    office.set(NOBODY, Policy())
    value = seen.id if action is Button.SHOW_STATUS else "1"
    await check_no_effect(office.world, office.ana, refused(office.ana, page, action, value))
    assert office.ana.modal() == page


@contextlib.contextmanager
def second_environment(office: Office, grants: Grants = EVERYBODY) -> Iterator[None]:
    """Add a second environment with these grants; in the first, only Ana has a role."""
    office.set(Grants(authors=(office.ana.user.id,)), Policy())
    environments = office.world.services.environments
    first = environments.all
    annex = Environment(name=ANNEX, looks_like_production=False, grants=grants)
    object.__setattr__(environments, "all", (*first, annex))
    try:
        yield
    finally:
        object.__setattr__(environments, "all", first)


async def test_people_see_only_the_environments_they_may_look_at(office: Office) -> None:
    here, there = office.world.name("Here"), office.world.name("There")
    for person in (office.ana, office.tom):
        await asked_for(person, office.world, here)
        secret = await asked_for(person, office.world, there, environment=ANNEX)
    with second_environment(office):
        hers = (await opened_home(office.ana, here)).text
        his = await opened_home(office.tom, there)
        assert here not in his.text
        await press_in(office.tom, his, Button.SHOW_STATUS, secret.id)
        facts = await office.tom.wait_modal("Campaigns", containing="*Environment*\nAnnex")
        await facts.close()
    assert f"*{here}*\n🔴 Production · Campaign" in hers
    assert f"*{there}*\nAnnex · Campaign" in hers


async def test_approvers_do_not_see_another_environments_requests(
    office: Office,
) -> None:
    name = office.world.name()
    await waiting(office, name)
    with second_environment(office, Grants(approvers=(office.ravi.user.id,))):
        assert name not in (await opened_home(office.ravi, "Help")).text
        office.set(office.grants(), Policy())
        await opened_home(office.ravi, f"*🔴 Production: “{name}”*")


async def test_another_environments_campaign_is_not_shown(office: Office) -> None:
    seen = await asked_for(office.ana, office.world, office.world.name())
    with second_environment(office):
        home = await opened_home(office.tom)
        pressing = refused(office.tom, home, Button.SHOW_STATUS, seen.id)
        await check_no_effect(office.world, office.tom, pressing)
