"""Planned faults of the bot's calls and of deliveries to the bot."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import DELIVERY, FaultPlan, Person, PretendSlack

TROUBLE = "We had some trouble connecting. Try again?"
ORDERS = st.lists(st.tuples(st.sampled_from("ab"), st.text("xyz", min_size=1), st.integers(1, 3)))


@given(ORDERS)
def test_faults_happen_in_order_and_as_often_as_planned(orders: list[tuple[str, str, int]]) -> None:
    plan = FaultPlan()
    for method, kind, times in orders:
        plan.add(method, kind, times)
    listed = [(each.method, each.fault.kind, each.left) for each in plan.orders]
    assert listed == orders
    for wanted in "ab":
        due = [kind for method, kind, times in orders if method == wanted for _ in range(times)]
        taken = [plan.take(wanted) for _ in range(len(due) + 1)]
        assert [fault.kind if fault else None for fault in taken] == [*due, None]
    assert plan.orders == ()


async def test_a_fault_lasts_until_it_is_canceled(slack: PretendSlack, web: AsyncWebClient) -> None:
    slack.faults.add("auth.test", "fatal_error", None)
    slack.faults.add("chat.update", "fatal_error", None)
    for _ in range(5):
        with pytest.raises(SlackApiError, match="fatal_error"):
            await web.auth_test()
    slack.faults.call_off("auth.test", "ratelimited")
    assert [each.left for each in slack.faults.orders] == [None, None]
    slack.faults.call_off("auth.test", "fatal_error")
    assert (await web.auth_test())["ok"] is True
    assert [each.method for each in slack.faults.orders] == ["chat.update"]
    slack.faults.clear()
    assert slack.faults.orders == ()


async def test_calls_are_recorded_with_their_duration_and_success(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    channel = slack.workspace.channel_named("campaigns").id
    slack.faults.add("auth.test", "hang", seconds=0.05)
    slack.faults.add("chat.postMessage", "fatal_error", carried_out=True)
    with pytest.raises(SlackApiError):
        await web.auth_test()
    with pytest.raises(SlackApiError):
        await web.chat_postMessage(channel=channel, text="Posted")
    await web.auth_test()
    hung, posted, well = slack.calls
    assert (hung.ok, posted.ok, well.ok) == (False, False, True)
    assert hung.took_ms >= 50
    assert well.took_ms > 0
    assert posted.answer["message"]["text"] == "Posted"


async def test_a_delivery_can_fail(slack: PretendSlack, bot: AsyncApp, ana: Person) -> None:
    assert bot is not None
    slack.faults.add(DELIVERY, "dispatch_failed", 2)
    await ana.command("/campaign")
    await ana.shortcut("new_campaign")
    assert ana.notices == ["/campaign failed with the error “dispatch_failed”", TROUBLE]
    assert ana.modal() is None
    assert [each.error for each in slack.deliveries] == ["dispatch_failed"] * 2
    await ana.command("/campaign")
    assert (await ana.wait_modal()).title == "Campaign"


@pytest.mark.parametrize("kind", ["operation_timeout", "dispatch_failed"])
async def test_a_delivery_reported_as_failed_can_still_reach_the_bot(
    slack: PretendSlack,
    over_http: AsyncApp,
    ana: Person,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    arrived = asyncio.Event()
    told: list[list[str]] = []

    @over_http.command("/campaign")
    async def _(ack: AsyncAck, client: AsyncWebClient, body: dict[str, Any]) -> None:
        told.append(list(ana.notices))
        await ack("Nobody reads this")
        await client.chat_postMessage(channel=body["channel_id"], text="Done all the same")
        arrived.set()

    monkeypatch.setattr("sandbox.slack.courier.ACK_LIMIT", timedelta(milliseconds=30))
    slack.faults.add(DELIVERY, kind, carried_out=True)
    await ana.command("/campaign")
    monkeypatch.undo()
    async with asyncio.timeout(5):
        await arrived.wait()
    notice = f"/campaign failed with the error “{kind}”"
    assert told == [[notice]]
    assert [each.text for each in ana.messages()] == ["Done all the same"]
    (delivery,) = slack.deliveries
    assert delivery.error == kind
    assert (delivery.ack_ms >= 30) is (kind == "operation_timeout")


async def test_a_form_stays_open_if_its_delivery_is_reported_as_failed(
    slack: PretendSlack,
    trigger: Callable[[], str],
    web: AsyncWebClient,
    ana: Person,
    form: Any,  # noqa: ANN401 # a fixture that returns a function
) -> None:
    slack.deliver_to("http://127.0.0.1:9/slack/events")
    await web.views_open(trigger_id=trigger(), view=form())
    modal = await ana.wait_modal()
    await modal.fill({"Campaign name": "Spring sale"})
    slack.faults.add(DELIVERY, "dispatch_failed", carried_out=True)
    await modal.submit()
    assert modal.is_open
    assert ana.notices == [TROUBLE]
