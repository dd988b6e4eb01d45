"""The Home tab: opened by a person, published by the bot."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Person, PretendSlack
from tests.sandbox.stage import MANIFEST

Body = dict[str, Any]
Form = Callable[..., Body]


def home(text: str = "Welcome", **more: object) -> Body:
    words = {"type": "plain_text", "text": text}
    button = {"type": "button", "action_id": "new", "value": "sms", "text": words | {"text": "New"}}
    section = {"type": "section", "block_id": "top", "text": words, "accessory": button}
    return {"type": "home", "blocks": [section], **more}


def publishing(app: AsyncApp) -> list[Body]:
    """Publish a Home tab each time it is opened, and return the list of the events."""
    seen: list[Body] = []

    @app.event("app_home_opened")
    async def _(body: Body, client: AsyncWebClient) -> None:
        seen.append(body)
        text = f"Opened {len(seen)} times"
        await client.views_publish(user_id=body["event"]["user"], view=home(text))

    return seen


async def test_an_opened_home_tab_is_published_by_the_bot(
    slack: PretendSlack, over_http: AsyncApp, ana: Person
) -> None:
    seen = publishing(over_http)
    assert ana.home is None
    await ana.open_home()
    shown = await ana.wait_home(containing="Opened 1 times")
    assert shown.buttons == ["New"]
    first = shown.version
    await ana.open_home()
    assert shown.text == "Opened 2 times\nNew"
    assert shown.version != first
    assert slack.person("ravi").home is None
    assert [each.name for each in slack.deliveries] == ["app_home_opened"] * 2
    assert [each.status for each in slack.deliveries] == ["acknowledged"] * 2
    assert "view" not in seen[0]["event"]
    assert seen[1]["event"]["view"]["id"] == shown.id


async def test_the_event_has_slacks_format(
    slack: PretendSlack, over_http: AsyncApp, ana: Person
) -> None:
    seen = publishing(over_http)
    await ana.open_home()
    body, workspace = seen[0], slack.workspace
    assert body["type"] == "event_callback"
    assert body["team_id"] == workspace.id
    assert body["api_app_id"] == workspace.app_id
    assert body["event_id"].startswith("Ev")
    assert body["authorizations"][0]["user_id"] == workspace.bot.id
    assert body["event"]["user"] == ana.user.id
    assert body["event"]["tab"] == "home"
    assert body["event"]["channel"] == workspace.direct(ana.user.id).id


async def test_a_click_on_the_home_tab_can_open_a_modal(
    over_http: AsyncApp, web: AsyncWebClient, ana: Person, form: Form
) -> None:
    seen: list[Body] = []

    @over_http.action("new")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        seen.append(body)
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    published = await web.views_publish(user_id=ana.user.id, view=home())
    shown = await ana.wait_home(containing="Welcome")
    await shown.click("New")
    modal = await ana.wait_modal("Campaign")
    assert modal.view.root_id == modal.id
    (body,) = seen
    assert body["container"] == {"type": "view", "view_id": published["view"]["id"]}
    assert body["view"]["type"] == "home"
    assert body["view"]["hash"] == shown.version
    assert body["actions"][0]["value"] == "sms"
    assert "channel" not in body
    assert "response_url" not in body


async def test_a_trigger_of_the_home_tab_cannot_push_a_view(
    over_http: AsyncApp, web: AsyncWebClient, ana: Person, form: Form
) -> None:
    @over_http.action("new")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        with pytest.raises(SlackApiError, match="invalid_trigger_id"):
            await client.views_push(trigger_id=body["trigger_id"], view=form())
        await ack()

    await web.views_publish(user_id=ana.user.id, view=home())
    await (await ana.wait_home()).click("New")
    assert ana.notices == []
    assert ana.modal() is None


async def test_a_published_view_keeps_its_id_and_needs_the_latest_hash(
    web: AsyncWebClient, ana: Person
) -> None:
    user = ana.user.id
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await web.views_publish(user_id=user, view=home(), hash="unknown")
    first = (await web.views_publish(user_id=user, view=home(private_metadata="kept")))["view"]
    assert first["private_metadata"] == "kept"
    second = (await web.views_publish(user_id=user, view=home("New"), hash=first["hash"]))["view"]
    assert second["id"] == first["id"] == first["root_view_id"]
    assert second["hash"] != first["hash"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await web.views_publish(user_id=user, view=home("Newer"), hash=first["hash"])


@pytest.mark.parametrize(
    ("user", "view", "message"),
    [
        ("U0000000000", home(), "invalid `user_id`"),
        ("ana", home(title={"type": "plain_text", "text": "Home"}), "property: title"),
        ("ana", home(submit={"type": "plain_text", "text": "Send"}), "property: submit"),
        ("ana", {"type": "home", "blocks": [{"type": "divider"}] * 101}, "/view/blocks"),
    ],
)
async def test_an_invalid_home_tab_is_refused(
    slack: PretendSlack, web: AsyncWebClient, user: str, view: Body, message: str
) -> None:
    user_id = slack.person(user).user.id if user == "ana" else user
    with pytest.raises(SlackApiError) as refused:
        await web.views_publish(user_id=user_id, view=view)
    assert refused.value.response["error"] == "invalid_arguments"
    assert message in refused.value.response["response_metadata"]["messages"][0]
    assert slack.complaints[0].startswith("views.publish: invalid_arguments")
    slack.complaints.clear()


async def test_a_modal_or_a_large_view_as_a_home_tab_is_refused(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, form: Form
) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await web.views_publish(user_id=ana.user.id, view=form())
    with pytest.raises(SlackApiError, match="view_too_large"):
        await web.views_publish(user_id=ana.user.id, view=home(private_metadata="x" * 250_001))
    assert ana.home is None
    slack.complaints.clear()


async def test_a_home_tab_cannot_share_its_external_id(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, form: Form, trigger: Callable[[], str]
) -> None:
    ravi = slack.person("ravi").user.id
    await web.views_publish(user_id=ana.user.id, view=home(external_id="home"))
    await web.views_publish(user_id=ana.user.id, view=home(external_id="home"))
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await web.views_publish(user_id=ravi, view=home(external_id="home"))
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await web.views_open(trigger_id=trigger(), view=form(external_id="home"))
    with pytest.raises(SlackApiError, match="not_found"):
        await web.views_update(external_id="home", view=form())
    slack.complaints.clear()


async def test_a_failed_wait_for_the_home_tab_says_so(ana: Person) -> None:
    with pytest.raises(TimeoutError, match="no Home tab with 'Welcome'"):
        await ana.wait_home(containing="Welcome", within=0.01)


@pytest.mark.parametrize("manifest", [MANIFEST.model_copy(update={"home_tab_enabled": False})])
async def test_an_app_without_a_home_tab_has_none(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    with pytest.raises(SlackApiError, match="not_enabled"):
        await web.views_publish(user_id=ana.user.id, view=home())
    assert slack.complaints == ["views.publish: not_enabled"]
    slack.complaints.clear()
    with pytest.raises(LookupError, match="the app has no Home tab"):
        await ana.open_home()
    assert not slack.deliveries


@pytest.mark.parametrize("manifest", [MANIFEST.model_copy(update={"bot_events": frozenset()})])
async def test_an_app_without_a_subscription_gets_no_event(
    slack: PretendSlack, over_http: AsyncApp, ana: Person
) -> None:
    seen = publishing(over_http)
    await ana.open_home()
    assert not slack.deliveries
    assert seen == []
