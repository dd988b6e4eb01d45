"""The emergency stop: an admin stops every running campaign, and one report says what stopped."""

from collections.abc import Iterator

import pytest

from bot.campaigns.policy import Policy
from bot.campaigns.roles import Grants
from sandbox.kore import FaultKind, Operation
from sandbox.kore.state import Campaign, Status
from sandbox.slack import Modal
from tests.flows.annex import annex
from tests.flows.conftest import Author, end_all_runs
from tests.flows.homes import opened_home
from tests.flows.office import opened
from tests.reviewing import confirm_review, wait_review
from tests.world import World


@pytest.fixture
def admin(world: World) -> Iterator[Author]:
    """Ana as an admin; nothing runs, and nothing needs approval."""
    author = Author(world)
    end_all_runs(author)
    with opened(world) as office:
        office.set(Grants(admins=(author.person.user.id,)), Policy())
        yield author
    world.slack.state.views.clear(author.person.user.id)


async def running(ana: Author, *bases: str) -> list[Campaign]:
    names = [ana.world.name(base) for base in bases]
    found = []
    for name in names:
        await ana.sms(name)
        found.append(ana.world.kore.state.campaigns[ana.campaign_id(name)])
    for each in found:
        each.status = Status.ACTIVE
    return found


async def asked(ana: Author, command: str = "/campaign stop all") -> Modal:
    await ana.person.command(command)
    return await wait_review(ana.person)


async def test_every_running_campaign_is_stopped_after_the_name_is_typed(admin: Author) -> None:
    one, two = await running(admin, "One", "Two")
    review = await asked(admin)
    assert "2 running campaigns" in review.text
    assert one.name in review.text
    await review.fill({"Type the name to confirm": "sandbox"})
    await review.submit()
    assert one.status is Status.ACTIVE
    await review.fill({"Type the name to confirm": "Production"})
    await confirm_review(admin.person)
    report = await admin.card(one.name, "2 of 2 running campaigns stopped.")
    assert report.says(two.name)
    assert not report.says("Not stopped")
    assert {one.status, two.status} == {Status.STOPPED}


async def test_the_others_stop_if_one_fails_and_the_report_names_it(admin: Author) -> None:
    one, two = await running(admin, "One", "Two")
    admin.world.kore.faults.add(Operation.STOP, FaultKind.FAILURE_200, times=1)
    review = await asked(admin, "/campaign stop-all")
    await review.fill({"Type the name to confirm": "production"})
    await confirm_review(admin.person)
    report = await admin.card("Not stopped", "1 of 2 running campaigns stopped.")
    left = [each for each in (one, two) if each.status is Status.ACTIVE]
    assert len(left) == 1
    said = report.words.partition("Not stopped")[2].partition("*Stopped*")[0]
    assert left[0].name in said
    assert "console now" in said


async def test_a_lost_answer_counts_as_stopped_if_the_campaign_is(admin: Author) -> None:
    (one,) = await running(admin, "One")
    admin.world.kore.faults.add(Operation.STOP, FaultKind.RESET, times=1)
    review = await asked(admin)
    await review.fill({"Type the name to confirm": "production"})
    await confirm_review(admin.person)
    await admin.card(one.name, "Emergency stop")


async def test_nothing_to_stop_is_said(admin: Author) -> None:
    review = await asked(admin)
    assert "No campaign runs in this environment." in review.text
    assert not review.submit_text


async def test_only_admins_may_stop_everything(ana: Author) -> None:
    await ana.person.command("/campaign stop all")
    assert "You may not stop all campaigns at once here." in ana.person.messages()[-1].words
    assert ana.person.modal() is None


async def test_the_environment_must_be_clear(admin: Author) -> None:
    await running(admin, "One")
    with annex(admin.world, Grants(admins=(admin.person.user.id,))):
        await admin.person.command("/campaign stop-all")
        said = admin.person.messages()[-1].words
        assert "stop-all production" in said
        assert "stop-all annex" in said
        review = await asked(admin, "/campaign stop all annex")
        await review.fill({"Type the name to confirm": "production"})
        await review.submit()
        assert review.errors == {"Type the name to confirm": "To confirm it, type: annex"}


async def test_a_campaign_called_all_is_stopped_alone_if_it_is_in_quotes(admin: Author) -> None:
    await admin.person.command('/campaign stop "all"')
    review = await wait_review(admin.person)
    assert "Kore.ai has no campaign named “all”" in review.text


async def test_an_admin_stops_everything_from_the_home_tab(admin: Author) -> None:
    (one,) = await running(admin, "One")
    home = await opened_home(admin.person)
    await home.click("Stop all campaigns in 🔴 Production")
    review = await wait_review(admin.person)
    await review.fill({"Type the name to confirm": "production"})
    await confirm_review(admin.person)
    await admin.card(one.name, "1 of 1 running campaign stopped.", "@campaign-bot")


async def test_the_home_tab_of_others_has_no_such_button(ana: Author) -> None:
    home = await opened_home(ana.person)
    assert not [each for each in home.buttons if each.startswith("Stop all")]
