"""The content of a submission, including the response_urls of chosen channels."""

from collections.abc import Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.slack import Person, PretendSlack
from sandbox.slack.payloads import view_submission

Form = Callable[..., dict[str, Any]]


async def test_a_submission_has_all_fields(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, form: Form, trigger: Callable[[], str]
) -> None:
    opened = await web.views_open(trigger_id=trigger(), view=form(private_metadata="draft"))
    modal = await ana.wait_modal()
    await modal.fill({"Campaign name": "Spring sale"})
    payload = view_submission(slack.state, ana.user, modal.view).payload
    assert payload["type"] == "view_submission"
    assert payload["team"] == {"id": slack.workspace.id, "domain": "sandbox"}
    assert payload["user"]["id"] == ana.user.id
    assert payload["enterprise"] is None
    assert payload["is_enterprise_install"] is False
    assert payload["response_urls"] == []
    assert payload["view"]["id"] == opened["view"]["id"]
    assert payload["view"]["hash"] == opened["view"]["hash"]
    assert payload["view"]["private_metadata"] == "draft"
    assert payload["view"]["callback_id"] == "create"
    assert payload["view"]["state"]["values"] == {
        "name": {"answer": {"type": "plain_text_input", "value": "Spring sale"}}
    }


async def test_a_chosen_channel_has_a_response_url(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, form: Form, field: Form
) -> None:
    select = {"type": "conversations_select", "response_url_enabled": True}
    trigger = slack.state.triggers.issue(ana.user.id)
    await web.views_open(trigger_id=trigger, view=form(blocks=[field("to", "Post in", select)]))
    modal = await ana.wait_modal()
    await modal.fill({"Post in": "#leads"})
    (url,) = view_submission(slack.state, ana.user, modal.view).payload["response_urls"]
    assert url["channel_id"] == slack.workspace.channel_named("leads").id
    assert (url["block_id"], url["action_id"]) == ("to", "answer")
    webhook = AsyncWebhookClient(url["response_url"], session=web.session)
    await webhook.send(text="Hello", response_type="in_channel")
    assert [each.text for each in ana.messages("leads")] == ["Hello"]
