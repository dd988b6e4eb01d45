"""A form submitted twice has one review, which is drawn whichever answer Slack shows."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from handlers import review
from sandbox.slack import DELIVERY, Delivery, Modal, OutcomeKind
from tests.filling import fill_in
from tests.flows.conftest import SIMPLE, Author
from tests.flows.test_split import SPLIT, Series, next_change
from tests.reviewing import confirm_review, wait_review
from tests.world import World


@pytest.fixture(autouse=True)
def _short_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up early on views that Slack does not show."""
    monkeypatch.setattr(review, "UNTIL_SHOWN", (0.0, 0.05, 0.05))


@pytest.fixture
def name(world: World) -> Iterator[str]:
    """Return a campaign name, and check afterwards that the campaign was made once."""
    named = world.name()
    yield named
    assert [c.name for c in world.kore.state.campaigns.values()].count(named) == 1


async def filled(ana: Author, name: str) -> Modal:
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    await fill_in(form, SIMPLE)
    return form


def pressed_again(world: World, delivery: Delivery) -> Delivery:
    """Return the same view in the same state, submitted by another press."""
    trigger = world.slack.state.triggers.issue("U1")
    packet = delivery.packet
    again = replace(packet, payload=packet.payload | {"trigger_id": trigger})
    return replace(delivery, packet=again)


@pytest.mark.parametrize("is_drawn_before", [False, True])
async def test_a_form_submitted_again_after_a_lost_answer_gets_its_review(
    ana: Author, name: str, *, is_drawn_before: bool
) -> None:
    form = await filled(ana, name)
    ana.world.slack.faults.add(DELIVERY, "dispatch_failed", carried_out=True)
    assert (await form.submit()).kind is OutcomeKind.FAILED
    if is_drawn_before:
        await ana.world.settled(lambda: ana.world.slack.count("views.update") >= 2)
        await ana.world.services.tasks.drain()
    assert (await form.submit()).kind is OutcomeKind.PUSHED
    assert (await wait_review(ana.person)).submit_text == "Create"
    await confirm_review(ana.person)
    await ana.card(name, "Created by")


async def test_a_form_whose_envelope_is_redelivered_gets_its_review(ana: Author, name: str) -> None:
    form = await filled(ana, name)
    async with ana.world.sockets(), ana.world.sockets():
        ana.world.slack.sockets.lost_acks = 1
        assert (await form.submit()).kind is OutcomeKind.PUSHED
        assert (await wait_review(ana.person)).submit_text == "Create"
        ana.world.slack.sockets.lost_acks = 1
        await confirm_review(ana.person)
    await ana.card(name, "Created by")


@pytest.mark.parametrize("is_pressed_again", [False, True])
async def test_a_form_redelivered_while_it_is_checked_gets_its_review(
    author: Author, name: str, *, is_pressed_again: bool
) -> None:
    form, slack = await filled(author, name), author.world.slack
    author.world.kore.latency_seconds = 0.2
    assert (await form.submit()).kind is OutcomeKind.PUSHED
    submitted = slack.deliveries[-1]
    again = pressed_again(author.world, submitted) if is_pressed_again else submitted
    await slack.redeliver(again, copies=2)
    author.world.kore.latency_seconds = 0.0
    assert (await wait_review(author.person)).submit_text == "Create"
    await confirm_review(author.person)
    await author.card(name, "Created by")


async def test_a_redelivered_form_leaves_its_review_unchanged(ana: Author, name: str) -> None:
    shown = await ana.review(await filled(ana, name), {})
    submitted, slack = ana.world.slack.deliveries[-1], ana.world.slack
    before = shown.text, shown.view.content["private_metadata"]
    for again in (submitted, pressed_again(ana.world, submitted)):
        answers = await slack.redeliver(again, copies=3)
        assert len({each.answer["view"]["external_id"] for each in answers}) == 1  # type: ignore[index] # any JSON
        await ana.world.services.tasks.drain()
        assert (shown.text, shown.view.content["private_metadata"]) == before
    await confirm_review(ana.person)
    await ana.card(name, "Created by")


async def test_repeats_after_the_confirmation_change_nothing(ana: Author, name: str) -> None:
    await ana.review(await filled(ana, name), {})
    submitted, slack = ana.world.slack.deliveries[-1], ana.world.slack
    await confirm_review(ana.person)
    confirmed = slack.deliveries[-1]
    await ana.card(name, "Created by")
    for form in (submitted, pressed_again(ana.world, submitted)):
        # By now the name is in use, so a new review could not be confirmed.
        await slack.redeliver(form)
        await ana.world.services.tasks.drain()
        for confirmation in (confirmed, pressed_again(ana.world, confirmed)):
            (answer,) = await slack.redeliver(confirmation)
            assert answer.answer == {"response_action": "clear"}
    await ana.world.idle()
    assert ana.person.modal() is None


async def test_an_earlier_version_of_the_form_does_not_replace_the_current_one(
    ana: Author, name: str
) -> None:
    other = ana.world.name("Other")
    form = await filled(ana, other)
    await (await ana.review(form, {})).close()
    earlier = next(
        each for each in reversed(ana.world.slack.deliveries) if each.name == "view_submission"
    )
    await ana.review(form, {"Campaign name": name})
    await ana.world.slack.redeliver(earlier, copies=2)
    await ana.world.services.tasks.drain()
    await confirm_review(ana.person)
    await ana.card(name, "Created by")
    assert other not in {c.name for c in ana.world.kore.state.campaigns.values()}


async def test_a_split_review_stays_split_when_its_form_is_redelivered(ana: Author) -> None:
    series = Series(ana, ana.world.name(), next_change())
    shown = await series.review()
    submitted = ana.world.slack.deliveries[-1]
    await shown.click(SPLIT)
    await ana.person.wait_change(lambda: SPLIT in shown.buttons, before=True)
    halved = (await wait_review(ana.person)).text
    await ana.world.slack.redeliver(submitted, copies=2)
    await ana.world.services.tasks.drain()
    assert shown.text == halved
    assert "Not scheduled yet" in shown.text
    await confirm_review(ana.person)
    await ana.card(series.name, "Scheduled by")
    assert series.scheduled
    assert series.scheduled.end == series.end
