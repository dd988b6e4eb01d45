"""The bot answers Slack before it calls anything over the network."""

from collections.abc import Iterator

import pytest

from sandbox.slack import OutcomeKind
from tests.filling import fill_in
from tests.flows.conftest import SIMPLE, Author
from tests.reviewing import confirm_review, wait_review
from tests.world import World


@pytest.fixture
def slow_network(world: World) -> Iterator[World]:
    """A world in which Kore.ai takes longer than Slack waits for the bot's answer."""
    world.kore.latency_seconds = 4.0
    yield world
    world.kore.latency_seconds = 0.0


# The Slack methods that a command calls; other calls belong to earlier work.
ASKED = {"views.open", "users.info"}


def calls(world: World) -> list[str]:
    """Return the Slack methods that commands called, in order."""
    return [call.method for call in world.slack.calls if call.method in ASKED]


@pytest.mark.parametrize(
    "command", ["sms", "voice", "schedule", "unschedule X", "status cd-1", "list", "help", ""]
)
async def test_commands_are_answered_while_slack_and_kore_hang(
    slow_network: World, command: str
) -> None:
    slack = slow_network.slack
    await slow_network.idle()
    for method in ("views.open", "chat.postMessage", "users.info"):
        slack.faults.add(method, "hang", seconds=1)
    before = calls(slow_network)
    person = slack.person("Ravi Iyer")
    await person.command(f"/campaign {command}")
    assert slack.deliveries[-1].error is None
    assert calls(slow_network) == before
    await slow_network.services.tasks.drain()
    slack.faults.clear()
    if modal := person.modal():
        await modal.close()


async def test_a_known_persons_form_opens_with_one_call_and_no_look_up_before_it(
    ana: Author,
) -> None:
    await (await ana.form("/campaign sms", "New SMS campaign")).close()
    await ana.world.services.tasks.drain()
    before = len(calls(ana.world))
    form = await ana.form("/campaign voice", "New voice campaign")
    await ana.world.services.tasks.drain()
    assert calls(ana.world)[before:] == ["views.open", "users.info"]
    await form.close()


async def test_a_submission_is_answered_while_kore_hangs(ana: Author, slow_network: World) -> None:
    name = slow_network.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    await fill_in(form, SIMPLE)
    outcome = await form.submit()
    assert outcome.kind is OutcomeKind.PUSHED
    assert not [c for c in slow_network.kore.state.campaigns.values() if c.name == name]
    slow_network.kore.latency_seconds = 0.0
    await wait_review(ana.person)
    slow_network.kore.latency_seconds = 4.0
    await confirm_review(ana.person)
    assert ana.world.slack.deliveries[-1].error is None
    assert not [c for c in slow_network.kore.state.campaigns.values() if c.name == name]
    slow_network.kore.latency_seconds = 0.0
    await ana.person.wait_message(containing=name, within=20)
