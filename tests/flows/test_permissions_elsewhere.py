"""A role in one environment is none in another: the campaign's environment counts."""

import contextlib
from collections.abc import Iterator

import pytest

from blocks.ids import Button, opens
from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.policy import Policy
from bot.campaigns.roles import Grants
from bot.work import job
from tests.flows.annex import ANNEX, annex
from tests.flows.buttons import MESSAGE_WITH, card
from tests.flows.conftest import Author
from tests.flows.forging import check_no_effect, press, private_texts
from tests.flows.office import Office, opened
from tests.world import World

# Buttons for campaigns that are already in an environment.
BUTTONS = [
    Button.EDIT_AGAIN,
    Button.CHECK_AGAIN,
    Button.CREATE_NOW,
    Button.OPEN_SCHEDULE,
    opens(Action.UNSCHEDULE),
    opens(Action.START),
    opens(Action.STOP),
    Button.REFRESH,
    Button.SHOW_STATUS,
]
COMMANDS = ["schedule", "unschedule", "start", "stop", "status"]


@pytest.fixture
def office(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(job, "LOOKS", (0.01,))
    monkeypatch.setattr(job, "LATEST_SECONDS", 0.0)
    with opened(world) as made:
        made.set(made.grants(), Policy())
        yield made


@contextlib.contextmanager
def only_in_the_annex(office: Office) -> Iterator[None]:
    """Make everybody an author in the annex, and leave nobody a role in production."""
    office.set(Grants(admins=("U0ELSEWHERE",)), Policy())
    with annex(office.world, Grants(authors=("everyone",))):
        yield


@pytest.mark.parametrize("action", BUTTONS)
async def test_buttons_of_another_environments_campaign_are_refused(
    office: Office, action: str
) -> None:
    message = await MESSAGE_WITH[action](office)
    await office.world.idle()
    with only_in_the_annex(office):
        await check_no_effect(office.world, office.ana, press(office.ana, message, action))
    assert "You may not" in private_texts(office.ana, message)[-1]
    assert office.ana.modal() is None


@pytest.mark.parametrize("word", COMMANDS)
async def test_commands_about_another_environments_campaign_are_refused(
    office: Office, word: str
) -> None:
    shown, tom = await card(office), office.tom
    (campaign_id,) = [
        each.id for each in office.world.kore.state.campaigns.values() if each.id in shown.words
    ]
    for named in (f"production/{campaign_id}", campaign_id):
        with only_in_the_annex(office):
            await check_no_effect(office.world, tom, tom.command(f"/campaign {word} {named}"))
        assert "You may not" in private_texts(tom, shown)[-1]
        assert tom.modal() is None


async def test_a_list_has_only_environments_the_person_may_look_at(office: Office) -> None:
    author, ana = Author(office.world), office.ana
    name = office.world.name("Secret")
    await author.sms(name)
    await office.world.services.records.campaigns.remember(
        Snapshot(id="cd-annex-1", name=f"{name} too", status="Ready", environment=ANNEX)
    )
    with only_in_the_annex(office):
        await ana.command(f"/campaign list {name}")
        listed = ana.messages()[-1].words
    assert f"*{name} too*" in listed
    assert f"*{name}*" not in listed
