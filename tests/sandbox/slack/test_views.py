"""views.open, views.push and views.update."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.slack import Modal, Person, PretendSlack

Form = Callable[..., dict[str, Any]]
Trigger = Callable[[], str]


def top(person: Person) -> Modal:
    modal = person.modal()
    assert modal is not None
    return modal


def within(slack: PretendSlack, person: Person) -> str:
    """Return a trigger of something done in the topmost modal."""
    view = top(person).view
    return slack.state.triggers.issue(view.user, view_id=view.id)


async def test_an_opened_view_is_shown_and_described(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, form: Form, trigger: Trigger
) -> None:
    view = (await web.views_open(trigger_id=trigger(), view=form()))["view"]
    assert top(ana).title == "Campaign"
    assert view["id"] == view["root_view_id"] == top(ana).view.id
    assert view["previous_view_id"] is None
    assert view["private_metadata"] == ""
    assert view["state"]["values"]["name"]["answer"]["value"] is None
    assert view["app_id"] == slack.workspace.app_id


async def test_a_trigger_is_valid_for_one_use(
    web: AsyncWebClient, form: Form, trigger: Trigger
) -> None:
    once = trigger()
    await web.views_open(trigger_id=once, view=form())
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await web.views_open(trigger_id=once, view=form())


async def test_a_trigger_is_valid_for_three_seconds(
    web: AsyncWebClient, clock: Clock, form: Form, trigger: Trigger
) -> None:
    late = trigger()
    clock.forward(timedelta(seconds=3.1))
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await web.views_open(trigger_id=late, view=form())


async def test_an_unknown_trigger_is_refused(web: AsyncWebClient, form: Form) -> None:
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await web.views_open(trigger_id="1.2.3", view=form())


async def test_three_views_are_the_maximum(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, form: Form, trigger: Trigger
) -> None:
    root = (await web.views_open(trigger_id=trigger(), view=form()))["view"]
    second = (await web.views_push(trigger_id=within(slack, ana), view=form()))["view"]
    third = (await web.views_open(trigger_id=within(slack, ana), view=form()))["view"]
    assert third["root_view_id"] == root["id"]
    assert third["previous_view_id"] == second["id"]
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await web.views_push(trigger_id=within(slack, ana), view=form())


async def test_a_push_needs_a_trigger_from_inside_a_view(
    web: AsyncWebClient, form: Form, trigger: Trigger
) -> None:
    await web.views_open(trigger_id=trigger(), view=form())
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await web.views_push(trigger_id=trigger(), view=form())


async def test_an_invalid_view_is_refused_with_pointers(
    slack: PretendSlack, web: AsyncWebClient, form: Form, trigger: Trigger
) -> None:
    title = {"type": "plain_text", "text": "A title far too long for a modal"}
    with pytest.raises(SlackApiError) as refused:
        await web.views_open(trigger_id=trigger(), view=form(title=title))
    assert refused.value.response["error"] == "invalid_arguments"
    (message,) = refused.value.response["response_metadata"]["messages"]
    assert message.startswith("[ERROR] ")
    assert "[json-pointer:/view/title" in message
    assert slack.complaints == [f"views.open: invalid_arguments {message}"]
    slack.complaints.clear()


async def test_only_modals_can_be_opened(
    slack: PretendSlack, web: AsyncWebClient, trigger: Trigger
) -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await web.views_open(trigger_id=trigger(), view=home)
    slack.complaints.clear()


async def test_missing_ids_are_filled_in(
    web: AsyncWebClient, ana: Person, form: Form, trigger: Trigger
) -> None:
    words = {"type": "plain_text", "text": "Refresh"}
    button = {"type": "button", "text": words}
    blocks = [
        {"type": "section", "text": words, "accessory": button},
        {"type": "actions", "elements": [button]},
        {"type": "input", "label": words, "element": {"type": "plain_text_input"}},
    ]
    await web.views_open(trigger_id=trigger(), view=form(blocks=blocks))
    modal = top(ana)
    assert modal.buttons == ["Refresh", "Refresh"]
    await modal.fill({"Refresh": "Now"})
    assert modal.value("Refresh") == "Now"


async def test_a_view_beyond_250_kb_is_too_large(
    slack: PretendSlack, web: AsyncWebClient, form: Form, trigger: Trigger
) -> None:
    with pytest.raises(SlackApiError, match="view_too_large"):
        await web.views_open(trigger_id=trigger(), view=form(private_metadata="x" * 250_001))
    slack.complaints.clear()


async def test_an_external_id_is_unique_and_finds_the_view(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, form: Form, trigger: Trigger
) -> None:
    view = form(external_id="draft-1")
    await web.views_open(trigger_id=trigger(), view=view)
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await web.views_open(trigger_id=trigger(), view=view)
    slack.complaints.clear()
    title = {"type": "plain_text", "text": "Found"}
    await web.views_update(external_id="draft-1", view=form(external_id="draft-1", title=title))
    assert top(ana).title == "Found"


async def test_an_update_needs_the_latest_hash(
    web: AsyncWebClient, form: Form, trigger: Trigger
) -> None:
    first = (await web.views_open(trigger_id=trigger(), view=form()))["view"]
    second = (await web.views_update(view_id=first["id"], hash=first["hash"], view=form()))["view"]
    assert second["hash"] != first["hash"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await web.views_update(view_id=first["id"], hash=first["hash"], view=form())


async def test_a_closed_view_is_not_found(
    web: AsyncWebClient, ana: Person, form: Form, trigger: Trigger
) -> None:
    view = (await web.views_open(trigger_id=trigger(), view=form()))["view"]
    await top(ana).close()
    assert ana.modal() is None
    with pytest.raises(SlackApiError, match="not_found"):
        await web.views_update(view_id=view["id"], view=form())


async def test_an_update_keeps_what_was_typed_under_unchanged_ids(
    web: AsyncWebClient, ana: Person, form: Form, field: Form, trigger: Trigger
) -> None:
    view = (await web.views_open(trigger_id=trigger(), view=form()))["view"]
    modal = top(ana)
    await modal.fill({"Campaign name": "Spring sale"})
    started = {"type": "plain_text_input", "initial_value": "From the bot"}
    blocks = [field("name", "Name", started), field("other", "Other", started)]
    await web.views_update(view_id=view["id"], view=form(blocks=blocks))
    assert modal.value("Name") == "Spring sale"
    assert modal.value("Other") == "From the bot"
    blocks = [field("name_2", "Name", started)]
    await web.views_update(view_id=view["id"], view=form(blocks=blocks))
    assert modal.value("Name") == "From the bot"


async def test_a_select_can_start_with_the_current_conversation(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, form: Form, field: Form
) -> None:
    select = {"type": "conversations_select", "default_to_current_conversation": True}
    channel = slack.workspace.channel_named("marketing").id
    trigger = slack.state.triggers.issue(ana.user.id, channel=channel)
    await web.views_open(trigger_id=trigger, view=form(blocks=[field("to", "Post in", select)]))
    assert top(ana).value("Post in") == "#marketing"
