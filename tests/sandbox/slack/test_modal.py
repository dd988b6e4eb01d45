"""A person uses a modal of a real Bolt app."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp

from sandbox.slack import FormError, Modal, Person, PretendSlack

Body = dict[str, Any]
Form = Callable[..., Body]


def plain(text: str) -> Body:
    return {"type": "plain_text", "text": text}


async def test_a_choice_adds_a_field_and_keeps_what_was_typed(modal: Modal) -> None:
    await modal.fill({"Campaign name": "Spring sale", "Format": "Message"})
    assert modal.labels[-1] == "Message"
    assert modal.value("Campaign name") == "Spring sale"
    assert modal.value("Format") == "Message"
    assert modal.value("Priority") == "5"
    assert modal.value("Message") is None


async def test_the_bot_is_asked_for_suggestions(slack: PretendSlack, modal: Modal) -> None:
    assert await modal.suggestions("Contact lists", "Sp") == ["Spring customers", "Spring leads"]
    body = slack.deliveries[-1].packet.payload
    assert body["type"] == "block_suggestion"
    assert (body["block_id"], body["action_id"], body["value"]) == ("lists", "answer", "Sp")
    assert body["container"] == {"type": "view", "view_id": modal.view.id}
    asked = len(slack.deliveries)
    assert await modal.suggestions("Contact lists", "S") == []
    assert len(slack.deliveries) == asked


async def test_an_option_is_found_by_any_text_that_the_bot_understands(
    slack: PretendSlack, modal: Modal
) -> None:
    await modal.enter("Contact lists", ["Spring leads"], typed="Sp")
    assert modal.value("Contact lists") == ["Spring leads"]
    assert slack.deliveries[-1].packet.payload["value"] == "Sp"
    with pytest.raises(FormError, match="'Spring leads' is not offered"):
        await modal.enter("Contact lists", ["Spring leads"], typed="VIP")


async def test_only_offered_options_can_be_chosen(modal: Modal) -> None:
    with pytest.raises(FormError, match="Contact lists: 'Winter' is not offered"):
        await modal.fill({"Contact lists": ["Winter"]})
    with pytest.raises(FormError, match="Format: 'Fax' is not offered; these are: Message, Temp"):
        await modal.fill({"Format": "Fax"})


async def test_all_errors_of_the_form_are_reported_together(modal: Modal) -> None:
    await modal.fill({"Priority": "12"})
    assert modal.troubles == {
        "Campaign name": "Campaign name is required.",
        "Format": "Format is required.",
        "Contact lists": "Contact lists is required.",
        "Priority": "Priority takes a number from 1 to 9.",
    }
    with pytest.raises(FormError, match=r"^Campaign name is required\.$"):
        await modal.submit()


async def test_an_update_by_the_bot_changes_the_version(modal: Modal) -> None:
    before = modal.version
    await modal.fill({"Format": "Message"})
    assert modal.version != before


async def test_an_unknown_field_is_named(modal: Modal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.slack.modal.PATIENCE", 0)
    with pytest.raises(FormError, match="no field 'Color'; there are: Campaign name, Format"):
        await modal.fill({"Color": "Red"})


async def test_closing_a_view_notifies_a_bot_that_asked_for_it(
    slack: PretendSlack, over_http: AsyncApp, modal: Modal
) -> None:
    seen: list[Body] = []

    @over_http.view_closed("create")
    async def _(ack: AsyncAck, body: Body) -> None:
        seen.append(body)
        await ack()

    delivered = len(slack.deliveries)
    modal.view.content["notify_on_close"] = True
    await modal.close()
    assert not modal.is_open
    assert len(slack.deliveries) == delivered + 1
    assert seen[0]["view"]["id"] == modal.view.id
    assert seen[0]["is_cleared"] is False


async def test_the_x_closes_the_whole_stack(
    slack: PretendSlack, ana: Person, completed: Modal, acks: list[Body], form: Form
) -> None:
    acks.append({"response_action": "push", "view": form(title=plain("Review"))})
    await completed.submit()
    completed.view.content["notify_on_close"] = True
    await (await ana.wait_modal("Review")).close(all_views=True)
    assert ana.modal() is None
    payload = slack.deliveries[-1].packet.payload
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", True)
    assert payload["view"]["id"] == completed.view.id


async def test_faulty_suggestions_are_not_shown(
    slack: PretendSlack, modal: Modal, lists: list[str]
) -> None:
    lists.append("Wi" + "x" * 75)
    assert await modal.suggestions("Contact lists", "Wi") == []
    assert slack.complaints[0].startswith("block_suggestion: [ERROR] ")
    slack.complaints.clear()


async def test_a_click_in_a_view_has_the_view(
    slack: PretendSlack, over_http: AsyncApp, modal: Modal
) -> None:
    seen: list[Body] = []

    @over_http.action("check")
    async def _(ack: AsyncAck, body: Body) -> None:
        seen.append(body)
        await ack()

    button = {"type": "button", "action_id": "check", "text": plain("Check"), "value": "now"}
    modal.blocks.append({"type": "actions", "block_id": "row", "elements": [button]})
    await modal.click("Check")
    assert seen[0]["actions"][0]["value"] == "now"
    assert seen[0]["container"] == {"type": "view", "view_id": modal.view.id}
    assert seen[0]["view"]["state"]["values"]["priority"]["answer"]["value"] == "5"
    assert slack.deliveries[-1].status == "acknowledged"


async def test_an_ambiguous_label_is_refused(modal: Modal) -> None:
    modal.blocks.append({**modal.blocks[0], "block_id": "again"})
    with pytest.raises(FormError, match="2 fields are called 'Campaign name'"):
        await modal.fill({"Campaign name": "Spring sale"})
