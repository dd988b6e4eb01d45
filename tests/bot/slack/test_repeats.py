"""After a dropped connection, nothing is repeated that Slack could show twice."""

import contextlib

import pytest

from bot.slack import Method, NoAnswer, Refused, SlackClient, TriggerUsed, Unreachable
from bot.slack.transport import Transport
from sandbox.server import base_url, listen
from sandbox.slack import PretendSlack
from tests.bot.slack.asking import ASKS, MESSAGE, MODAL, ana, channel, trigger

UNSAFE = {
    Method.POST_MESSAGE,
    Method.RESPONSE_URL,
    Method.UPLOAD,
    Method.COMPLETE_UPLOAD,
}
ONE_VIEW = {Method.OPEN_VIEW, Method.PUSH_VIEW}


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("method", Method, ids=lambda method: method.value.name)
async def test_after_a_dropped_connection_only_safe_calls_are_repeated(
    method: Method, client: SlackClient, slack: PretendSlack
) -> None:
    slack.faults.add(method.value.name, "reset", carried_out=True)
    with contextlib.suppress(NoAnswer, Refused):
        await ASKS[method](client, slack)
    calls = [call.method for call in slack.calls]
    if method in UNSAFE:
        assert calls == [method.value.name]
    elif method in ONE_VIEW:
        assert calls == [method.value.name, "views.update"]
    else:
        assert calls == [method.value.name] * 2


async def test_a_message_whose_answer_was_lost_is_posted_once(
    client: SlackClient, slack: PretendSlack
) -> None:
    slack.faults.add("chat.postMessage", "reset", carried_out=True)
    with pytest.raises(NoAnswer) as lost:
        await client.post_message(channel(slack), MESSAGE)
    assert lost.value.may_be_done
    assert [each.text for each in slack.person("Ana Lopez").messages()] == ["Hello"]


@pytest.mark.usefixtures("no_pauses")
async def test_a_view_whose_answer_was_lost_is_found_open(
    client: SlackClient, slack: PretendSlack
) -> None:
    slack.faults.add("views.open", "reset", carried_out=True)
    shown = await client.open_view(trigger(slack), MODAL)
    (view,) = slack.state.views.stack(ana(slack))
    assert (shown.id, shown.hash) == (view.id, view.hash)


@pytest.mark.usefixtures("no_pauses")
async def test_a_view_that_was_not_opened_is_opened_by_the_second_try(
    client: SlackClient, slack: PretendSlack
) -> None:
    slack.faults.add("views.open", "reset")
    shown = await client.open_view(trigger(slack), MODAL)
    assert [view.id for view in slack.state.views.stack(ana(slack))] == [shown.id]
    assert slack.count("views.open") == 2


async def test_a_used_trigger_has_an_error_of_its_own(
    client: SlackClient, slack: PretendSlack
) -> None:
    used = trigger(slack)
    await client.open_view(used, MODAL)
    with pytest.raises(TriggerUsed):
        await client.open_view(used, MODAL)


@pytest.mark.usefixtures("no_pauses")
async def test_if_no_server_listens_the_call_was_certainly_not_made() -> None:
    bound = listen()
    address = base_url(bound)
    bound.close()
    async with SlackClient("xoxb-none", f"{address}/api/") as client:
        with pytest.raises(Unreachable) as refused:
            await client.post_message("C1", MESSAGE)
    assert not refused.value.may_be_done


async def test_slacks_own_client_repeats_nothing() -> None:
    transport = Transport("xoxb-none", "http://127.0.0.1:9/api/")
    assert transport.web.retry_handlers == []
    await transport.close()
